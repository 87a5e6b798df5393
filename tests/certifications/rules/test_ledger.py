"""The ledger: each lost point has a reason, the cap that took it, and a sentence with its numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from certifications.rules.counting import count, count_many
from certifications.rules.document import Document
from certifications.rules.words import Reason
from tests.certifications.rules.generating import case, document, entry

A = {"select": {"category": "a"}}


def rules(*caps: dict[str, Any], **parts: Any) -> Document:
    made = [{"key": f"cap-{place}", "name": f"Cap {place}"} | cap for place, cap in enumerate(caps)]
    return document(**({"caps": made} | parts))


def test_the_narrowest_cap_that_is_full_is_named() -> None:
    both = rules(A | {"points": 45}, A | {"window": "year", "points": 24})
    first, second = entry("1", date(2024, 6, 1), 30), entry("2", date(2025, 6, 1), 30)
    lines = count(both, case(first, second)).lines
    assert [(loss.points, loss.reason, loss.rule) for loss in lines[0].losses] == [
        (600, Reason.YEARLY_CAP, "cap-1"),
    ]  # fmt: skip
    assert [(loss.points, loss.reason, loss.rule) for loss in lines[1].losses] == [
        (600, Reason.YEARLY_CAP, "cap-1"), (300, Reason.CATEGORY_CAP, "cap-0"),
    ]  # fmt: skip


def test_of_several_categories_the_cap_that_holds_in_all_of_them_is_named() -> None:
    free = {"key": "free", "name": "Free", "kind": "class", "category": ["a", "b"], "points": 1}
    both = {"select": {"category": ["a", "b"]}, "points": 6}
    outcome = count(rules(A | {"window": "year", "points": 0}, both, kinds=[free]), case(entry(amount=10)))
    [loss] = outcome.lines[0].losses
    assert (loss.points, loss.rule) == (400, "cap-1")  # more in the year would not help: b has room there


def test_of_a_limit_with_hundredths_whole_points_have_no_more_to_give() -> None:
    caps = [{"points": "5.5"}, A | {"points": 12}]
    [loss] = count(rules(*caps, whole_points=True), case(entry(amount=9))).lines[0].losses
    assert (loss.points, loss.rule, loss.text) == (400, "cap-0", "Cap 0 counts up to 5.5 in this period. You are at 5.")


def test_sentences_have_their_numbers() -> None:
    both = rules(A | {"points": 45}, A | {"window": "year", "points": 24})
    lines = count(both, case(entry("1", date(2024, 6, 1), 30), entry("2", date(2025, 6, 1), 30))).lines
    assert lines[0].losses[0].text == "A counts up to 24 a year. You logged 30 for Apr 2024 to Mar 2025."
    assert lines[0].losses[0].year == (date(2024, 4, 1), date(2025, 3, 31))
    assert lines[1].losses[1].text == "A counts up to 45 in this period. You are at 45."
    assert lines[1].losses[1].limit == 4500


def test_other_windows_have_sentences_of_their_own() -> None:
    def text(**cap: Any) -> str:
        return count(rules(cap | {"points": 2}), case(entry(amount=9))).lines[0].losses[0].text

    assert text(window="day") == "Cap 0 counts up to 2 a day."
    assert text(window="activity") == "One activity of this kind counts up to 2."
    assert text(window="last-36-months") == "Cap 0 counts up to 2 from 1 Apr 2024 to 31 Mar 2027. You are at 2."
    assert text(select={"kind": "class"}) == "Cap 0 counts up to 2 in this period. You are at 2."


def test_a_cap_that_another_one_keeps_from_being_full_says_what_was_logged() -> None:
    kinds = [
        {"key": "class", "name": "Class", "kind": "class", "category": ["a"], "points": 1},
        {"key": "teaching", "name": "Teaching", "kind": "teaching", "category": ["b"], "points": 1},
    ]
    crossing = rules(A | {"points": 40}, {"select": {"topic": "soft"}, "points": 40}, kinds=kinds)
    soft: dict[str, Any] = {"topics": frozenset({"soft"})}
    both, other = entry("1", date(2024, 9, 1), 40, **soft), entry("2", date(2024, 7, 1), 10)
    talk = entry("3", date(2024, 8, 1), 12, kind="teaching", **soft)
    [line] = [one for one in count(crossing, case(both, other, talk)).lines if one.key == "1"]
    assert line.counted == 2800
    assert [(loss.points, loss.text) for loss in line.losses] == [
        (1000, "A counts up to 40 in this period. You logged 50."),
        (200, "Cap 1 counts up to 40 in this period. You are at 40."),
    ]


def test_steps_tell_the_whole_way() -> None:
    rounding = {"key": "class", "name": "Class", "kind": "class", "category": ["a"], "points": 1,
                "rounding": {"step": 1, "mode": "down"}}  # fmt: skip
    [line] = count(rules(A | {"points": 3}, kinds=[rounding]), case(entry(amount="4.5"))).lines
    assert line.steps == (
        "Kind: Class, 1 an hour.",
        "4.5 hours at 1 an hour. 4.5 asked.",
        "Points are rounded to steps of 1.",
        "A counts up to 3 in this period. You are at 3.",
        "Counted as A 3.",
    )
    assert (line.asked, line.counted, line.lost) == (450, 300, 150)


def test_one_entry_over_two_years_names_each_loss_once() -> None:
    work = {"key": "work", "name": "Work", "kind": "field-time", "category": ["a"], "points": 4, "per": "month",
            "over_time": True}  # fmt: skip
    long = entry("w", date(2026, 3, 31), kind="field-time", since=date(2024, 4, 1), unit="month")
    [line] = count(rules(A | {"window": "year", "points": 24}, kinds=[work]), case(long)).lines
    assert [(loss.points, loss.year) for loss in line.losses] == [
        (2400, (date(2024, 4, 1), date(2025, 3, 31))), (2400, (date(2025, 4, 1), date(2026, 3, 31))),
    ]  # fmt: skip


def test_a_repetition_names_the_other() -> None:
    once = [{"key": "class", "name": "Class", "kind": "class", "category": ["a"], "points": 1, "once": "period"}]
    lines = count(rules(kinds=once), case(entry("1", course="A"), entry("2", date(2025, 6, 1), course="A"))).lines
    assert (lines[1].losses[0].other, lines[1].losses[0].rule) == ("1", "")


def test_what_is_left_out_keeps_its_reason_even_without_points() -> None:
    [line] = count(document(), case(entry(kind="reading", unit="ceu"))).lines
    assert [(loss.points, loss.reason) for loss in line.losses] == [(0, Reason.KIND)]


def test_full_caps_are_the_proof() -> None:
    outcome = count(rules(A | {"points": 10}, {"points": 50}), case(entry(amount=12)))
    assert {cap.key: (cap.used, cap.limit, cap.full) for cap in outcome.caps} == {
        "cap-0": (1000, 1000, True), "cap-1": (1000, 5000, False),
    }  # fmt: skip


def test_reasons_are_summed_largest_first() -> None:
    outcome = count(rules(A | {"points": 2}), case(entry("1", amount=9), entry("2", date(2020, 1, 1), amount=1)))
    assert list(outcome.lost_by_reason().items()) == [(Reason.CATEGORY_CAP, 700), (Reason.BEFORE_PERIOD, 100)]
    assert (outcome.asked, outcome.counted, outcome.not_counted) == (1000, 200, 800)


def test_many_are_counted_like_one() -> None:
    tight = rules(A | {"points": 2})
    cases = [case(entry(amount=amount)) for amount in (1, 2, 3)]
    assert count_many(tight, cases) == [count(tight, one) for one in cases]
