"""The forecast goes through the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from certifications.rules.counting import count
from certifications.rules.forecast import Forecast, even_pace, forecast, history_days, series

from .generating import document
from .people import DANA, NICET, case, done, pack, worked

STARTS, ENDS = date(2024, 4, 1), date(2027, 3, 31)


def of(one, *planned, document=NICET) -> Forecast:  # type: ignore[no-untyped-def]
    return forecast(document, one, count(document, one), planned)


def test_classes_go_on_but_their_category_is_full() -> None:
    found = of(DANA)
    assert (found.total, found.too_early, found.basis) == (8100, False, "Based on your last 12 months.")


def test_the_pace_alone_would_say_that_all_is_well() -> None:
    assert even_pace(DANA, 9000) == 7500
    assert count(NICET, DANA).counted > 7500


def test_a_plan_replaces_the_last_twelve_months() -> None:
    plan = worked(date(2026, 10, 1), ENDS)
    assert of(DANA, plan).total == 9300
    assert of(DANA, plan).basis == "Based on your saved plan."
    assert of(DANA, plan, done(date(2026, 11, 20), 8)).total == 9300
    assert of(DANA, done(date(2026, 11, 20), 8)).total == 8100


def test_under_ninety_days_of_history_is_too_early() -> None:
    first = date(2026, 10, 1) - timedelta(days=89)
    assert of(case(NICET, STARTS, ENDS, done(first, 8))).total is None
    assert of(case(NICET, STARTS, ENDS, done(first - timedelta(days=1), 8))).total is not None


def test_a_year_ahead_is_worth_the_year_behind_whichever_has_a_leap_day() -> None:
    for starts, ends in ((date(2024, 1, 1), date(2025, 12, 31)), (date(2023, 1, 1), date(2024, 12, 31))):
        today = date(starts.year, 12, 31)
        half = case(NICET, starts, ends, done(date(starts.year, 6, 1), 12), as_of=today)
        assert of(half).total == 2400


def test_caps_by_kind_hold_what_is_logged_by_category_alone_in_a_forecast_too() -> None:
    talks = {"key": "talk", "name": "Talk", "kind": "presentation", "category": "b", "points": 1}
    cap = {"key": "talks", "name": "Talks", "select": {"kind": "presentation"}, "points": 12}
    rules = document(kinds=[talks], caps=[cap], need={"points": 40})
    one = case(rules, STARTS, ENDS, done(date(2026, 3, 1), 10, kind="", category="b"))
    assert of(one, document=rules).total == 1200


def test_work_over_time_begins_with_its_first_day() -> None:
    year = case(NICET, STARTS, ENDS, worked(date(2025, 10, 1), date(2026, 9, 30)))
    assert history_days(year, count(NICET, year)) == 365
    assert of(year).total == 2400 + 1100  # 181 days more at 24 in 365


def test_what_was_refused_is_no_history() -> None:
    early = case(NICET, STARTS, ENDS, done(date(2023, 1, 1), 8), done(date(2025, 1, 1), 8, "volunteering"))
    assert of(early).too_early


def test_what_comes_on_top_is_rounded_down_and_what_is_there_stays() -> None:
    document = pack("california-cpa/2014")
    half = done(date(2024, 1, 1), "10.5", unit="point", category="technical")
    one = case(document, date(2023, 6, 1), date(2025, 5, 31), half, as_of=date(2025, 5, 1))
    assert of(one, document=document).total == 1050
    recent = replace(one, entries=(replace(half, on=date(2024, 12, 1)),))
    found = of(recent, document=document)
    assert found.outcome is not None
    assert found.total == 1050 + (found.outcome.counted - 1050) // 100 * 100


def test_a_plan_that_is_just_enough_is_enough() -> None:
    document = pack("california-cpa/2014")
    half = done(date(2024, 1, 1), "10.5", unit="point", category="technical")
    one = case(document, date(2023, 6, 1), date(2025, 5, 31), half, as_of=date(2025, 5, 1))
    assert of(one, done(date(2025, 5, 2), "69.5", unit="point", category="technical"), document=document).total == 8000
    assert of(one, done(date(2025, 5, 2), "69", unit="point", category="technical"), document=document).total == 7950


def test_an_exam_passed_is_not_expected_again() -> None:
    exam = case(NICET, STARTS, ENDS, done(date(2026, 1, 5), 60, "special-exam", unit="each"))
    assert of(exam).total == count(NICET, exam).counted


def test_on_the_last_day_and_after() -> None:
    assert of(replace(DANA, as_of=ENDS)).basis == "Today is the last day to earn."
    after = of(replace(DANA, as_of=date(2027, 4, 2)))
    assert (after.total, after.basis) == (8100, "The last day to earn was 31 Mar 2027.")


def test_the_pace_is_nothing_before_the_period_and_all_after_it() -> None:
    assert even_pace(replace(DANA, as_of=date(2020, 1, 1)), 9000) == 0
    assert even_pace(replace(DANA, as_of=date(2030, 1, 1)), 9000) == 9000


def test_the_line_of_the_chart() -> None:
    found = series(count(NICET, DANA))
    assert found[0] == (date(2024, 9, 10), 1600)
    assert found[-1] == (date(2026, 8, 14), 8100)
    assert [day for day, _ in found] == sorted({day for day, _ in found})
