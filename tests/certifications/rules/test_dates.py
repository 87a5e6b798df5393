"""Dates: months that clamp, spans that are half open, parts that add up."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certifications.rules.dates import (
    DAY,
    Span,
    add_months,
    after_month,
    calendar_years_of,
    whole_months,
    written,
    year_words,
    years_of,
)

days = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "anchor", "expected"),
    [
        (date(2024, 1, 31), 1, None, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, None, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, None, date(2025, 2, 28)),
        (date(2025, 2, 28), 36, 29, date(2028, 2, 29)),  # the anchor comes back
        (date(2024, 3, 15), -3, None, date(2023, 12, 15)),
        (date(2024, 12, 1), 1, None, date(2025, 1, 1)),
    ],
)
def test_months_later(day: date, months: int, anchor: int | None, expected: date) -> None:
    assert add_months(day, months, anchor=anchor) == expected


@given(days, st.integers(0, 400))
def test_whole_months_count_back_what_was_added(day: date, months: int) -> None:
    assert whole_months(day, add_months(day, months)) == months


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2024, 1, 15), date(2025, 6, 1), 16),
        (date(2024, 1, 15), date(2024, 2, 14), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 1),  # the clamped day is the full month
    ],
)
def test_whole_months_between(start: date, end: date, months: int) -> None:
    assert whole_months(start, end) == months


def test_a_span_holds_its_first_day_and_not_its_end() -> None:
    span = Span(date(2024, 4, 1), date(2027, 4, 1))
    assert span.holds(date(2024, 4, 1))
    assert span.holds(date(2027, 3, 31))
    assert not span.holds(date(2027, 4, 1))
    assert (span.last, span.days) == (date(2027, 3, 31), 1095)
    assert span.words() == "1 Apr 2024 to 31 Mar 2027"


def test_spans_overlap_where_they_share_days() -> None:
    one = Span(date(2024, 1, 1), date(2024, 3, 1))
    assert one.overlap(Span(date(2024, 2, 1), date(2024, 6, 1))) == Span(date(2024, 2, 1), date(2024, 3, 1))
    assert one.overlap(Span(date(2024, 3, 1), date(2024, 6, 1))) is None


@given(days, st.integers(1, 900), st.integers(1, 900))
def test_parts_of_a_span_have_all_its_months(start: date, first: int, second: int) -> None:
    middle = start + timedelta(first)
    end = middle + timedelta(second)
    assert Span(start, middle).shares() + Span(middle, end).shares() == Span(start, end).shares()


def test_full_months_are_whole() -> None:
    assert Span(date(2025, 4, 1), date(2025, 10, 1)).months() == 6
    assert Span(date(2024, 2, 1), date(2024, 2, 15)).months() == Fraction(14, 29)
    assert Span(date(2022, 2, 3), date(2023, 8, 3)).months() == 18  # half of three years, whatever its months are
    assert Span(date(2022, 2, 3), date(2023, 8, 2)).months() == Span(date(2022, 2, 3), date(2023, 8, 2)).shares()


@given(days, st.integers(1, 120))
def test_so_many_months_after_a_day_are_so_many_months(start: date, months: int) -> None:
    assert Span(start, add_months(start, months)).months() == months
    assert abs(Span(start, add_months(start, months)).shares() - months) < Fraction(1, 5)


@given(days, st.integers(1, 120))
def test_years_cover_a_period_without_gap(start: date, months: int) -> None:
    period = Span(start, add_months(start, months))
    for parts in (years_of(period), calendar_years_of(period)):
        assert parts[0].start == period.start
        assert parts[-1].end == period.end
        assert all(one.end == other.start for one, other in pairwise(parts))


def test_words_for_days_and_years() -> None:
    assert written(date(2027, 3, 31)) == "31 Mar 2027"
    assert year_words(Span(date(2024, 1, 1), date(2025, 1, 1))) == "2024"
    assert year_words(Span(date(2024, 4, 1), date(2025, 4, 1))) == "Apr 2024 to Mar 2025"


def test_after_a_month() -> None:
    assert after_month(date(2024, 2, 10)) == date(2024, 3, 1)
    assert after_month(date(2024, 12, 31)) == date(2025, 1, 1)
    assert date(2024, 12, 31) + DAY == date(2025, 1, 1)
