"""The standing, its sub-line and its next step: what every page says first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from certifications.rules.cases import Case, Entry
from certifications.rules.counting import count
from certifications.rules.dates import DAY
from certifications.rules.document import Document
from certifications.rules.examples import case_of
from certifications.rules.plain import plain_document
from certifications.rules.standing import Standing, judge
from certifications.rules.words import StandingWord

from .generating import case as made_case
from .generating import document as made
from .people import DANA, NICET, TODAY, case, done, pack, worked

STARTS, ENDS = date(2024, 4, 1), date(2027, 3, 31)


def dana_on(day: date, *more: object) -> Case:
    return replace(DANA, as_of=day, entries=(*DANA.entries, *more))  # type: ignore[arg-type]


def said(standing: Standing) -> tuple[str, str, str]:
    return standing.label, standing.sub_line, standing.next_step.text


def test_the_worked_example_is_at_risk_nine_short() -> None:
    standing = judge(NICET, DANA)
    assert said(standing) == (
        "At risk", "9 points short", "log field time since 1 Oct 2025. Up to 36 can count.",
    )  # fmt: skip
    assert (standing.counted, standing.needed, standing.to_go, standing.short) == (8100, 9000, 900, 900)
    assert (standing.days_left, standing.ends_on) == (181, ENDS)
    assert (standing.next_step.action, standing.next_step.since, standing.next_step.room) == (
        "field-time", date(2025, 10, 1), 3600,
    )  # fmt: skip


def test_a_plan_of_six_months_in_the_field_puts_it_on_track() -> None:
    plan = worked(date(2026, 10, 1), ENDS)
    standing = judge(NICET, DANA, planned=[plan])
    assert standing.label == "On track"
    assert standing.forecast.total == 9300
    assert standing.sub_line == "9 to go"


def test_due_from_the_day_the_window_opens() -> None:
    assert judge(NICET, dana_on(date(2026, 10, 1))).label == "At risk"
    due = judge(NICET, dana_on(date(2026, 10, 2)))
    assert said(due)[:2] == ("Due", "9 points short")


def test_one_point_is_a_point() -> None:
    almost = dana_on(date(2026, 10, 2), done(date(2026, 9, 1), 8, "teaching", unit="point"))
    assert judge(NICET, almost).sub_line == "1 point short"


def test_complete_and_ready() -> None:
    enough = dana_on(date(2026, 9, 30), done(date(2026, 9, 1), 9, "presentation", unit="point"))
    assert said(judge(NICET, enough)) == ("On track", "Complete", "nothing to do before 2 Oct 2026.")
    ready = judge(NICET, replace(enough, as_of=date(2026, 10, 2)))
    assert said(ready) == ("Due", "Ready to submit", "send the renewal by 31 Mar 2027, then record it here.")
    assert ready.ready
    assert ready.next_step.action == "renew"


def test_where_the_body_takes_the_renewal_at_any_time_it_can_be_sent_at_once() -> None:
    document = pack("pmi/2015")
    example = next(one for one in document.examples if one.say.startswith("PMI-01"))
    early = replace(case_of(document, example), as_of=date(2024, 6, 30))
    full = replace(early, entries=tuple(replace(one, on=min(one.on, date(2024, 6, 1))) for one in early.entries))
    standing = judge(document, full)
    assert standing.complete
    assert standing.next_step.text == "send the renewal any day until 2 Feb 2025. The dates stay the same."


def test_lapsed_the_day_after_the_last_one() -> None:
    assert judge(NICET, dana_on(ENDS)).label == "Due"
    lapsed = judge(NICET, dana_on(ENDS + DAY))
    assert said(lapsed) == (
        "Lapsed", "Ended 31 Mar 2027",
        "ask the certifying body how to reinstate it. If you already renewed, record it.",
    )  # fmt: skip
    assert lapsed.days_left == -1


def test_lapsed_says_until_when_it_can_be_reinstated() -> None:
    document = pack("iicrc/technician-one-hour")
    gone = case(document, date(2021, 3, 15), date(2025, 3, 14), as_of=date(2025, 6, 1))
    assert "how to reinstate it by 14 Mar 2027." in judge(document, gone).next_step.text
    long_gone = replace(gone, as_of=date(2027, 3, 15))
    assert "how to reinstate it. If" in judge(document, long_gone).next_step.text


def test_in_a_grace_that_only_submits_nothing_more_can_be_earned() -> None:
    document = pack("asis/2020")
    short = case(document, date(2021, 7, 1), date(2024, 6, 30), as_of=date(2024, 8, 1))
    standing = judge(document, short)
    assert standing.label == "Due"
    assert standing.next_step.text == "ask the certifying body by 30 Sep 2024. The last day to earn was 30 Jun 2024."
    assert standing.forecast.basis == "The last day to earn was 30 Jun 2024."


def test_a_period_that_has_not_begun() -> None:
    waiting = case(NICET, date(2027, 4, 1), date(2030, 3, 31))
    standing = judge(NICET, waiting)
    assert said(standing) == ("On track", "Begins 1 Apr 2027", "nothing to do before 1 Apr 2027.")
    assert standing.forecast.total is None
    assert standing.forecast.basis == "This period begins on 1 Apr 2027."


def test_nothing_logged_yet() -> None:
    fresh = case(NICET, date(2026, 9, 1), date(2029, 8, 31))
    standing = judge(NICET, fresh)
    assert said(standing) == ("On track", "90 to go", "log field time since 1 Sep 2026. Up to 72 can count.")


def test_a_gap_in_field_time_that_brings_more_than_what_is_ahead_is_named_with_its_days() -> None:
    late = case(NICET, STARTS, ENDS, worked(date(2026, 1, 1), TODAY), done(date(2026, 9, 1), 4))
    step = judge(NICET, late).next_step
    assert step.text == "log field time from 1 Apr 2024 to 31 Dec 2025. Up to 42 can count."
    assert (step.action, step.since, step.until) == ("field-time", date(2024, 4, 1), date(2025, 12, 31))
    between = case(NICET, STARTS, ENDS, worked(STARTS, date(2024, 5, 31)), worked(date(2026, 1, 1), TODAY))
    assert judge(NICET, between).next_step.since == date(2024, 6, 1)


def test_field_time_that_is_logged_up_to_today_goes_on() -> None:
    all_of_it = worked(STARTS, TODAY)
    short = case(NICET, STARTS, ENDS, all_of_it, done(date(2026, 9, 1), 20))
    step = judge(NICET, short).next_step
    assert step.text == "keep logging field time. Up to 11 more can count by 31 Mar 2027."
    assert (step.action, step.since, step.room) == ("field-time", None, 1100)


def test_where_going_on_in_the_field_is_not_enough_the_room_elsewhere_is_named() -> None:
    standing = judge(NICET, case(NICET, STARTS, ENDS, worked(STARTS, TODAY), done(date(2026, 9, 1), 4)))
    assert standing.next_step.text == "log an activity. Advance Profession has room for 45 points."


@pytest.mark.parametrize(("day", "word"), [(date(2024, 6, 29), "On track"), (date(2024, 6, 30), "At risk")])
def test_a_period_of_under_ninety_days_is_not_behind_a_pace(day: date, word: str) -> None:
    assert judge(NICET, case(NICET, STARTS, ENDS, as_of=day)).label == word


def test_too_early_to_forecast_is_judged_by_pace() -> None:
    late = case(NICET, STARTS, ENDS, done(date(2026, 9, 1), 10))
    standing = judge(NICET, late)
    assert said(standing)[:2] == ("At risk", "80 to go, 65 behind an even pace")


def test_a_second_category_is_missing() -> None:
    one_category = pack_with_room()
    standing = judge(one_category, case(one_category, STARTS, ENDS, done(date(2024, 6, 1), 90)))
    assert said(standing) == (
        "At risk", "Points from two or more categories: 1 of 2",
        "log something in another category. You have 1 of 2.",
    )  # fmt: skip


def pack_with_room() -> Document:
    """The NICET rules without the cap of Additional Education."""
    return NICET.model_copy(update={"caps": tuple(cap for cap in NICET.caps if cap.key != "additional-education")})


def test_every_category_is_full() -> None:
    day = date(2026, 6, 1)
    capped = NICET.model_copy(update={"kinds": tuple(rule for rule in NICET.kinds if rule.key == "class")})
    standing = judge(capped, case(capped, STARTS, ENDS, done(day, 60)))
    assert standing.next_step.text == "every category is full. Passing a higher level meets all 90."


def test_no_field_time_in_these_rules_names_the_room_or_what_is_left() -> None:
    no_work = NICET.model_copy(update={"kinds": tuple(r for r in NICET.kinds if r.key in ("class", "career-day"))})
    standing = judge(no_work, case(no_work, STARTS, ENDS, done(date(2024, 6, 1), 40)))
    assert standing.next_step.text == "log an activity. Advance Profession has room for 45 points."
    iicrc = pack("iicrc/technician-one-hour")
    sam = judge(iicrc, case(iicrc, date(2024, 6, 1), date(2028, 5, 31), done(date(2025, 2, 20), 6)))
    assert sam.next_step.text == "log an activity. 8 CECs to go."


def test_the_minimum_that_most_of_it_must_meet_is_named() -> None:
    document = pack("pmi/2015")
    standing = judge(document, case(document, date(2026, 1, 1), date(2028, 12, 31)))
    assert standing.next_step.text == "log an activity. 60 PDUs to go, 35 of them for Education."


def test_enough_points_but_one_minimum_left() -> None:
    document = pack("pmi/2015")
    example = next(one for one in document.examples if one.say.startswith("PMI-03"))
    standing = judge(document, case_of(document, example))
    assert said(standing)[1:] == (
        "Business Acumen: 6 of 8 PDUs", "2 more PDUs for Business Acumen. You have 6 of 8.",
    )  # fmt: skip


def test_a_minimum_of_a_year_that_is_over() -> None:
    document = pack("california-cpa/2014")
    starts, ends = date(2023, 6, 1), date(2025, 5, 31)
    work = done(date(2024, 7, 1), 80, category="technical"), done(date(2024, 8, 1), 4, topics=frozenset({"ethics"}))
    standing = judge(document, case(document, starts, ends, *work, as_of=date(2025, 1, 15)))
    assert standing.label == "At risk"
    assert standing.sub_line == "Hours a year, Jun 2023 to May 2024: 0 of 20 hours"
    assert standing.next_step.text == (
        "20 more hours for Hours a year, Jun 2023 to May 2024. You have 0 of 20. "
        "Only activities from that time can fill it."
    )


class TestWithoutPoints:
    """Certifications that only end, never end, or want an exam."""

    def test_an_end_date_and_nothing_to_earn(self) -> None:
        document = pack("micro-credentials/dated")
        term = date(2024, 5, 1), date(2027, 4, 30)
        assert said(judge(document, case(document, *term))) == (
            "On track", "No points needed", "nothing to do before 30 Jan 2027.",
        )  # fmt: skip
        due = judge(document, case(document, *term, as_of=date(2027, 3, 1)))
        assert said(due) == ("Due", "Ready to renew", "renew it by 30 Apr 2027, then record it here.")

    def test_never_ends(self) -> None:
        document = pack("micro-credentials/no-end")
        standing = judge(document, case(document, date(2025, 5, 1), date(2199, 12, 31)))
        assert said(standing) == ("On track", "Does not end", "nothing to do.")
        assert standing.forecast.total is None
        assert standing.forecast.basis == "This certification does not end."

    def test_an_own_certification_that_never_ends_and_wants_points(self) -> None:
        document = plain_document(name="Crane operator", need=4000, never_ends=True)
        some = case(document, date(2025, 5, 1), date(2199, 12, 31), done(date(2026, 2, 1), 10))
        assert said(judge(document, some)) == ("On track", "30 to go", "log an activity. 30 points to go.")

    def test_an_exam_that_is_due(self) -> None:
        document = pack("aws-cloud/associate-2018")
        term = date(2024, 2, 1), date(2027, 1, 31)
        assert said(judge(document, case(document, *term, as_of=date(2025, 6, 1))))[1] == "No points needed"
        due = judge(document, case(document, *term, as_of=date(2026, 11, 1)))
        assert said(due) == (
            "Due", "Renewal exam passed: to do", "still to do: renewal exam passed, by 31 Jan 2027.",
        )  # fmt: skip
        passed = done(date(2026, 10, 20), 1, "exam", unit="each")
        ready = judge(document, case(document, *term, passed, as_of=date(2026, 11, 1)))
        assert said(ready)[1] == "Ready to submit"


def test_the_worst_comes_first() -> None:
    lapsed = judge(NICET, dana_on(ENDS + timedelta(days=9)))
    due_short = judge(NICET, dana_on(date(2026, 10, 9)))
    at_risk = judge(NICET, DANA)
    full = done(date(2026, 9, 1), 9, "presentation", unit="point")
    due_ready = judge(NICET, dana_on(date(2026, 10, 9), full))
    on_track = judge(NICET, dana_on(date(2026, 9, 30), full))
    given = [on_track, due_ready, at_risk, due_short, lapsed]
    assert sorted(given, key=lambda one: one.order) == given[::-1]
    assert {one.word for one in given} == set(StandingWord)


def test_among_equals_fewer_days_left_come_first_then_more_points_short() -> None:
    near, far = judge(NICET, dana_on(date(2027, 3, 1))), judge(NICET, dana_on(date(2027, 2, 1)))
    assert near.order < far.order
    more_short = judge(NICET, replace(dana_on(date(2027, 3, 1)), entries=DANA.entries[:-1]))
    assert more_short.order < near.order


@pytest.mark.parametrize("days", range(0, 1200, 37))
def test_no_day_is_without_words(days: int) -> None:
    standing = judge(NICET, dana_on(date(2024, 1, 1) + timedelta(days=days)))
    text = f"{standing.sub_line} {standing.next_step.text} {standing.forecast.basis}"
    assert standing.sub_line
    assert standing.next_step.text.endswith(".")
    assert "None" not in text
    assert "0 of 0" not in text
    assert count(NICET, DANA).asked == 9900


@pytest.mark.parametrize(
    ("talks", "text"),
    [
        ([], "log an activity. A has room for 4 points."),  # of 12 in all: two years are over
        ([done(date(2027, 3, 1), 4)], "log an activity of an earlier year. A has room for 8 points."),
    ],
)
def test_the_room_of_years_that_are_over_is_not_advised_while_there_is_other(talks: list[Entry], text: str) -> None:
    yearly = {"key": "year", "name": "A year", "select": {"category": "a"}, "window": "year", "points": 4}
    rules = made(need={"points": 30}, categories=[{"key": "a", "name": "A"}], caps=[yearly])
    assert judge(rules, made_case(*talks, as_of=date(2027, 3, 2))).next_step.text == text
