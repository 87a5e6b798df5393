"""The windows of caps and minimums, laid over a period."""

from __future__ import annotations

from datetime import date

from .cases import Term
from .dates import DAY, Span, add_months, calendar_years_of, years_of
from .document import window_months

WIDTH = {"activity": 0, "day": 1, "year": 2, "calendar-year": 2, "period": 4, "ever": 5}
_ALWAYS = Span(date(1900, 1, 1), date(2300, 1, 1))


def narrowness(window: str) -> int:
    """Windows from narrow to wide, for naming the cap that took a point."""
    return WIDTH.get(window, 3)


def spans(window: str, term: Term, days: list[date]) -> list[Span]:
    """The spans a window falls into; `days` are the days that matter for daily and rolling windows."""
    period = term.span
    if window == "year":
        return years_of(period)
    if window == "calendar-year":
        return calendar_years_of(period)
    if window == "day":
        return [Span(day, day + DAY) for day in sorted(set(days))]
    if window == "ever":
        return [_ALWAYS]
    months = window_months(window)
    if months is None:
        return [period]
    which, length = months
    if which == "last":
        return [Span(add_months(period.end, -length), period.end)]
    if which == "each":
        return years_of(period, length)
    if which == "first":
        return [Span(period.start, min(add_months(period.start, length), period.end))]
    return [Span(day, add_months(day, length)) for day in sorted(set(days))]


def required_spans(window: str, term: Term, days: list[date]) -> list[Span]:
    """The spans a minimum is asked in. A rolling one is asked once: for the months that end with the period."""
    return spans(window.replace("rolling-", "last-", 1), term, days)


def label(window: str, span: Span) -> str:
    """What tells one window of a repeated rule from the next: "2024", "2025-04-01", or nothing."""
    if window == "calendar-year":
        return str(span.start.year)
    return span.start.isoformat() if window in ("year", "day") or window.startswith("each-") else ""
