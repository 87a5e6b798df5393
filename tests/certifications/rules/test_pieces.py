"""Pieces: the parts of entries that fall into different windows."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from certifications.rules.cases import Carried, Projection, Term
from certifications.rules.counting import count
from certifications.rules.dates import Span
from certifications.rules.document import Document
from certifications.rules.words import Reason
from tests.certifications.rules.generating import START, case, document, entry
from tests.certifications.rules.tables import open_book

WORK = {"key": "work", "name": "Work", "kind": "field-time", "category": ["a"], "points": 2, "per": "month",
        "over_time": True}  # fmt: skip


def work(**parts: Any) -> Document:
    return document(kinds=[WORK], **parts)


def cut(rules: Document, *entries: Any, **parts: Any) -> list[tuple[date, int]]:
    """Day and points of each piece."""
    return [(piece.day, piece.points) for piece in open_book(rules, case(*entries, **parts)).pieces]


def worked(since: date, on: date, **parts: Any) -> Any:
    return entry("w", on, kind="field-time", since=since, unit="month", **parts)


def test_work_is_cut_at_the_years_and_counts_in_each() -> None:
    found = cut(work(), worked(date(2024, 10, 1), date(2025, 9, 30)))
    assert found == [(date(2024, 12, 31), 600), (date(2025, 3, 31), 600), (date(2025, 9, 30), 1200)]
    assert sum(points for _, points in found) == 2400


def test_whole_years_and_months_are_worth_whole_points_whatever_days_follow_them() -> None:
    # 22 days of November come to 1.466...; the hundredths cut off there are no loss of the years before.
    found = cut(work(), worked(date(2024, 4, 1), date(2026, 11, 22)))
    assert found == [
        (date(2024, 12, 31), 1800), (date(2025, 3, 31), 600), (date(2025, 12, 31), 1800), (date(2026, 3, 31), 600),
        (date(2026, 11, 22), 1546),
    ]  # fmt: skip
    capped = work(
        caps=[{"key": "yearly", "name": "Yearly", "points": 24, "window": "year", "select": {"kind": "field-time"}}]
    )
    outcome = count(capped, case(worked(date(2024, 4, 1), date(2026, 11, 22)), as_of=date(2026, 11, 22)))
    assert (outcome.counted, outcome.lost_by_reason()) == (6346, {})


def test_work_beyond_the_period_and_today_counts_by_its_share() -> None:
    long = worked(date(2024, 1, 1), date(2027, 6, 30))
    outcome = count(work(), case(long, as_of=date(2027, 4, 30)))
    assert outcome.counted == 7200
    assert dict(outcome.lost_by_reason().items()) == {
        Reason.BEFORE_PERIOD: 600, Reason.AFTER_PERIOD: 600,
    }  # fmt: skip
    early = count(work(), case(long, as_of=date(2025, 3, 31)))
    assert early.counted == 2400
    assert early.lost_by_reason()[Reason.NOT_YET] == 4800


def test_work_counts_up_to_today() -> None:
    outcome = count(work(), case(worked(date(2024, 4, 1), date(2025, 3, 31)), as_of=date(2024, 8, 31)))
    assert (outcome.counted, outcome.lost_by_reason()) == (1000, {Reason.NOT_YET: 1400})


def test_work_wholly_outside_is_left_out() -> None:
    [line] = count(work(), case(worked(date(2022, 1, 1), date(2023, 12, 31)))).lines
    assert line.excluded
    assert line.losses[0].text == "The days before this period began on 1 Apr 2024 do not count."


def test_stated_points_for_work_are_spread_as_well() -> None:
    stated = entry("w", date(2025, 9, 30), kind="field-time", since=date(2024, 10, 1), unit="point", amount=30)
    assert sum(points for _, points in cut(work(), stated)) == 3000


def test_parts_of_work_lose_nothing_to_rounding() -> None:
    odd = worked(date(2024, 4, 11), date(2027, 3, 7))
    exact = Span(date(2024, 4, 11), date(2027, 3, 8)).months() * 200
    assert sum(points for _, points in cut(work(), odd)) == int(exact)


def test_whole_points_are_cut_whole() -> None:
    found = cut(work(whole_points=True), worked(date(2024, 10, 11), date(2025, 9, 30)))
    assert all(points % 100 == 0 for _, points in found)
    outcome = count(work(whole_points=True), case(worked(date(2024, 10, 11), date(2025, 9, 30))))
    assert outcome.lines[0].asked == outcome.counted + outcome.lost_by_reason()[Reason.ROUNDING]


def test_a_class_over_several_days_is_not_spread() -> None:
    assert cut(document(), entry(since=date(2024, 12, 30), on=date(2025, 1, 2), amount=8)) == [(date(2025, 1, 2), 800)]


def test_days_of_early_earning_and_grace_belong_to_the_edges() -> None:
    span = Span(START, date(2027, 4, 1))
    term = Term(span, Span(date(2024, 1, 1), date(2027, 7, 1)))
    wide = case(entry("1", date(2024, 2, 1)), entry("2", date(2027, 6, 30)), as_of=date(2027, 7, 1))
    book = open_book(document(), type(wide)(term, wide.as_of, wide.entries))
    assert [piece.day for piece in book.pieces] == [START, date(2027, 3, 31)]


def test_a_part_of_an_exam_carries_its_topic() -> None:
    exam = {"key": "exam", "name": "Exam", "kind": "exam", "category": ["a"], "points": 40, "per": "each",
            "topic_parts": [{"topic": "ethics", "points": 2}]}  # fmt: skip
    book = open_book(document(kinds=[exam]), case(entry(kind="exam", unit="each")))
    assert [(piece.points, set(piece.topics)) for piece in book.pieces] == [(200, {"ethics"}), (3800, set())]
    short = open_book(document(kinds=[exam | {"points": 1}]), case(entry(kind="exam", unit="each")))
    assert [(piece.points, set(piece.topics)) for piece in short.pieces] == [(100, {"ethics"})]


def test_carried_points_come_first_and_into_their_category() -> None:
    rules = document(carry_over={"points": 10, "arrives_as": "b"}, caps=[{"key": "all", "name": "All", "points": 12}])
    outcome = count(rules, case(entry(amount=5), carried=(Carried(500), Carried(400, "c", frozenset({"law"})))))
    assert [(line.key, line.counted) for line in outcome.lines] == [("carried-0", 500), ("carried-1", 400), ("1", 300)]
    assert [line.by_category for line in outcome.lines[:2]] == [(("b", 500),), (("c", 400),)]
    nowhere = count(document(), case(carried=(Carried(500),)))
    assert nowhere.lines[0].by_category == (("", 500),)


def test_carried_points_grow_too_old() -> None:
    rules = document(carry_over={"points": 30, "most_months_old": 36})
    old, young = Carried(500, earned_on=date(2021, 4, 1)), Carried(400, earned_on=date(2021, 4, 2))
    outcome = count(rules, case(carried=(old, young)))
    assert [line.counted for line in outcome.lines] == [0, 400]
    assert outcome.lines[0].losses[0].reason is Reason.BEFORE_PERIOD


def test_expected_points_pass_every_check() -> None:
    expected = Projection(worked(date(2026, 10, 1), date(2027, 3, 31), category="a", evidence=False), 1200)
    outcome = count(work(), case(as_of=date(2027, 3, 31), projected=(expected,)))
    assert outcome.counted == 1200


@pytest.mark.parametrize("unit", ["hour", "each", "minute", "day"])
def test_what_no_rule_counts_is_shown_with_its_face_value(unit: str) -> None:
    outcome = count(document(), case(entry(kind="reading", unit=unit, amount=6)))
    face = {"hour": 600, "each": 600, "minute": 10, "day": 0}[unit]
    assert outcome.lines[0].asked == face
    assert outcome.lines[0].losses[0].reason is Reason.KIND
    assert outcome.lost_by_reason() == ({Reason.KIND: face} if face else {})


def test_entries_of_one_day_stand_in_order_of_their_keys() -> None:
    day = date(2024, 6, 1)
    rules = document(caps=[{"key": "all", "name": "All", "points": 1}])
    for order in (("9", "10"), ("10", "9")):
        outcome = count(rules, case(*[entry(key, day) for key in order]))
        assert [(line.key, line.counted) for line in outcome.lines] == [("9", 100), ("10", 0)]


def test_amounts_that_are_no_whole_hundredths_are_cut_down() -> None:
    outcome = count(document(), case(entry(amount=Fraction(1, 3))))
    assert (outcome.lines[0].asked, outcome.counted) == (33, 33)


A_DAY = [{"key": "day", "name": "A day", "points": 8, "window": "day"}]
THREE_DAYS = entry("c", date(2024, 6, 3), 24, since=date(2024, 6, 1))


def test_a_course_over_several_days_stands_on_each_where_a_day_has_a_limit() -> None:
    daily = document(caps=A_DAY)
    assert cut(daily, THREE_DAYS) == [(date(2024, 6, day), 800) for day in (1, 2, 3)]
    assert cut(document(), THREE_DAYS) == [(date(2024, 6, 3), 2400)]
    assert count(daily, case(THREE_DAYS)).counted == 2400
    fuller = count(daily, case(THREE_DAYS, entry("d", date(2024, 6, 2), 2)))
    assert [(line.key, line.lost) for line in fuller.lines] == [("d", 0), ("c", 200)]
    assert cut(daily, entry("c", date(2024, 6, 3), 1, since=date(2024, 6, 1))) == [
        (date(2024, 6, 1), 33), (date(2024, 6, 2), 33), (date(2024, 6, 3), 34),
    ]  # fmt: skip
    whole = cut(document(caps=A_DAY, whole_points=True), entry("c", date(2024, 6, 3), 2, since=date(2024, 6, 1)))
    assert whole == [(date(2024, 6, 2), 100), (date(2024, 6, 3), 100)]


def test_a_course_over_months_stands_on_some_of_its_days() -> None:
    long = cut(document(caps=A_DAY), entry("c", date(2025, 5, 31), 310, since=date(2024, 6, 1)))
    assert (len(long), {points for _, points in long}) == (31, {1000})
    assert (long[0][0], long[-1][0] > date(2025, 5, 1)) == (date(2024, 6, 1), True)


def test_it_still_belongs_to_its_last_day() -> None:
    over_the_end = entry("c", date(2027, 4, 1), 24, since=date(2027, 3, 30))
    [line] = count(document(caps=A_DAY), case(over_the_end, as_of=date(2027, 4, 2))).lines
    assert (line.counted, line.losses[0].reason) == (0, Reason.AFTER_PERIOD)
    from_before = entry("c", START, 24, since=date(2024, 3, 30))
    assert cut(document(caps=A_DAY), from_before) == [(START, 800)] * 3  # of days before it, the first one stands in


def test_what_brings_no_points_says_what_it_is_good_for() -> None:
    exam = entry("x", kind="exam", unit="each")
    parts: dict[str, Any] = {
        "events": [{"key": "again", "name": "Exam passed again", "select": {"kind": "exam"}}],
        "minimums": [{"key": "talk", "name": "A talk", "select": {"kind": "presentation"}, "times": 1}],
    }
    for one, text in (
        (exam, "It brings no points. It counts for: Exam passed again."),
        (entry("y", kind="presentation"), "It brings no points. It counts for: A talk."),
        (entry("z", kind="career-day"), 'Made up does not count "Career Day presenter".'),
    ):
        [line] = count(document(**parts), case(one)).lines
        assert [loss.text for loss in line.losses] == [text]
    elsewhere = [{**parts["events"][0], "when": [{"fact": "level", "is": "II"}]}]
    [line] = count(document(events=elsewhere), case(exam)).lines
    assert line.losses[0].text == 'Made up does not count "Exam passed".'
