"""Dates: half-open spans, months that clamp, whole months between. The only place with date arithmetic."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(days=1)


def month_days(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def add_months(day: date, months: int, *, anchor: int | None = None) -> date:
    """The same day of the month, `months` later; days that do not exist clamp to the month's last.

    `anchor` is the day of the month to aim at, so that 29 February comes back in leap years.
    """
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(anchor or day.day, month_days(year, month + 1)))


def whole_months(start: date, end: date) -> int:
    """How many full months lie between two days."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def after_month(day: date) -> date:
    """The first day of the month that follows."""
    return day.replace(day=month_days(day.year, day.month)) + DAY


@dataclass(frozen=True, order=True)
class Span:
    """Days from `start` up to, not including, `end`."""

    start: date
    end: date

    @property
    def last(self) -> date:
        return self.end - DAY

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    def holds(self, day: date) -> bool:
        return self.start <= day < self.end

    def words(self) -> str:
        """The days in words: "1 Apr 2024 to 31 Mar 2025"."""
        return f"{written(self.start)} to {written(self.last)}"

    def overlap(self, other: Span) -> Span | None:
        """The days in both, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None

    def months(self) -> Fraction:
        """Length in months, exact: 3 Feb to 2 Aug are 6; what is no whole number of months counts by shares of days."""
        whole = whole_months(self.start, self.end)
        return Fraction(whole) if whole > 0 and add_months(self.start, whole) == self.end else self.shares()

    def shares(self) -> Fraction:
        """Length in months where each calendar month counts by its share of days, so that parts add up."""
        start, end = self.start, self.end
        if start >= end:
            return Fraction(0)
        first = month_days(start.year, start.month)
        whole = (end.year - start.year) * 12 + end.month - start.month
        if not whole:
            return Fraction((end - start).days, first)
        last = month_days(end.year, end.month)
        # The rest of the first month, the months between, and the days of the last one.
        over = (first - start.day + 1) * last + (end.day - 1) * first
        return whole - 1 + Fraction(over, first * last)


def years_of(period: Span, months: int = 12) -> list[Span]:
    """The certification years of a period, or other parts of so many months; the last may be shorter."""
    years, start, number = [], period.start, 0
    while start < period.end:
        number += 1
        end = min(add_months(period.start, months * number), period.end)
        years.append(Span(start, end))
        start = end
    return years


def calendar_years_of(period: Span) -> list[Span]:
    """The calendar years that a period touches, cut to it."""
    return [
        Span(max(date(year, 1, 1), period.start), min(date(year + 1, 1, 1), period.end))
        for year in range(period.start.year, period.last.year + 1)
    ]


def written(day: date) -> str:
    """A date as people read it: 31 Mar 2027."""
    return f"{day.day} {day:%b} {day.year}"


def year_words(span: Span) -> str:
    """A yearly window in words: "2024", or "Apr 2024 to Mar 2025"."""
    if (span.start.month, span.start.day) == (1, 1) and span.start.year == span.last.year:
        return str(span.start.year)
    return f"{span.start:%b %Y} to {span.last:%b %Y}"
