"""Ends that a body's own calendar decides: the birthday itself, and years that come round for everybody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certifications.rules.dates import DAY, add_months
from certifications.rules.document import PeriodExample
from certifications.rules.period_examples import span_asked
from certifications.rules.periods import Holder, first_period, next_period, period_ending
from certifications.rules.sense import contradictions

from .generating import document
from .test_periods import days, rules

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
BIRTHS = st.one_of(st.dates(date(1930, 1, 1), date(2005, 12, 31)), st.just(date(1980, 2, 29)))


@pytest.mark.parametrize(
    ("period", "awarded", "birth", "ends", "next_ends"),
    [
        ({}, date(2024, 1, 10), date(1980, 6, 15), date(2025, 6, 15), date(2027, 6, 15)),
        ({}, date(2024, 6, 15), date(1980, 6, 15), date(2026, 6, 15), date(2028, 6, 15)),  # awarded on a birthday
        ({"expiry_day_counts": False}, date(2024, 1, 10), date(1980, 6, 15), date(2025, 6, 14), date(2027, 6, 14)),
        ({"snap": "forward"}, date(2024, 1, 10), date(1980, 6, 15), date(2026, 6, 15), date(2028, 6, 15)),
        ({}, date(2022, 3, 10), date(1980, 2, 29), date(2024, 2, 29), date(2026, 2, 28)),
        ({}, date(2024, 1, 10), date(1980, 2, 29), date(2025, 2, 28), date(2027, 2, 28)),
        ({"leap_day": "1-march"}, date(2022, 3, 10), date(1980, 2, 29), date(2024, 2, 29), date(2026, 3, 1)),
    ],
)
def test_it_ends_on_the_birthday(
    period: dict[str, Any], awarded: date, birth: date, ends: date, next_ends: date
) -> None:
    holder, body = Holder(awarded, birth), rules(months=24, ends="birthday", **period)
    first = first_period(body, holder)
    assert days(first) == (awarded, ends)
    assert days(next_period(body, first, holder)) == (ends + DAY, next_ends)


@given(awarded=DAYS, birth=BIRTHS, leap=st.sampled_from(["28-february", "1-march"]), years=st.integers(1, 4))
def test_every_period_ends_on_a_birthday_and_is_as_long_as_it_should_be(
    awarded: date, birth: date, leap: str, years: int
) -> None:
    body, holder = rules(months=12 * years, ends="birthday", leap_day=leap), Holder(awarded, birth)
    span = first_period(body, holder)
    assert span.start < span.end <= add_months(span.start, 12 * years) + 2 * DAY
    for _ in range(6):
        stand_in = (2, 28) if leap == "28-february" else (3, 1)
        assert (span.last.month, span.last.day) in {(birth.month, birth.day), stand_in}
        following = next_period(body, span, holder)
        assert (following.start, following.last.year) == (span.end, span.last.year + years)
        assert days(period_ending(body, following.last, holder)) == days(following)
        span = following


def test_a_birthday_must_be_known() -> None:
    with pytest.raises(ValueError, match="birth"):
        first_period(rules(ends="birthday"), Holder(date(2024, 1, 1)))


GROUP = {"months": 36, "ends": "fixed", "fixed_end": "03-29", "end_year": 2027}


@pytest.mark.parametrize(
    ("awarded", "ends"),
    [
        (date(2025, 7, 15), date(2027, 3, 29)), (date(2027, 3, 29), date(2027, 3, 29)),
        (date(2027, 3, 30), date(2030, 3, 29)), (date(2020, 1, 1), date(2021, 3, 29)),
        (date(2024, 3, 30), date(2027, 3, 29)),
    ],
)  # fmt: skip
def test_everybody_of_a_group_ends_in_the_same_years(awarded: date, ends: date) -> None:
    body = rules(**GROUP)
    first = first_period(body, Holder(awarded))
    assert days(first) == (awarded, ends)
    assert days(next_period(body, first, Holder(awarded))) == (ends + DAY, add_months(ends, 36))


@given(awarded=DAYS, years=st.integers(1, 10), year=st.integers(1950, 2150))
def test_ends_of_a_group_are_whole_periods_apart(awarded: date, years: int, year: int) -> None:
    body = rules(months=12 * years, ends="year-end", end_year=year)
    first = first_period(body, Holder(awarded))
    assert (first.last.year - year) % years == 0
    assert first.end <= add_months(date(awarded.year, 1, 1), 12 * years)
    later = rules(months=12 * years, ends="year-end", end_year=year, snap="forward")
    assert first_period(later, Holder(awarded)).end >= first.end


@pytest.mark.parametrize(
    ("period", "where"),
    [
        ({"months": 36, "ends": "month-end", "end_year": 2027}, "period.end_year"),
        ({"months": 18, "ends": "year-end", "end_year": 2027}, "period.end_year"),
        ({"months": 24, "ends": "year-end", "end_year": 2027, "end_parity": "odd"}, "period.end_parity"),
    ],
)
def test_years_that_cannot_be_meant(period: dict[str, Any], where: str) -> None:
    assert [path for path, _ in contradictions(document(period=period))] == [where]


def test_an_example_may_be_about_a_later_period() -> None:
    asked = {"say": "Third", "awarded": date(2021, 11, 30), "number": 3, "expect": {}}
    contractor = rules(months=24, ends="fixed", fixed_end="08-31", end_parity="even", snap="back")
    found = span_asked(contractor, PeriodExample.model_validate(asked))
    assert days(found) == (date(2024, 9, 1), date(2026, 8, 31))
