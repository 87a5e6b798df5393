"""What was done before the period, for rules that look back further than it: all time, or so many months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .book import Book
from .dates import Span, add_months
from .document import Cap, Select, window_months
from .screening import Draft


def points_before(book: Book, select: Select, span: Span) -> int:
    """Points of earlier activities that a selector means, within some days, caps aside."""
    start = book.case.term.earns.start
    if span.start >= start:
        return 0
    return sum(_worth(draft) for draft in _before(book, select) if span.holds(draft.entry.on))


def rolling_before(cap: Cap, book: Book) -> list[date]:
    """Days before the period on which windows of rolling months begin that reach into it."""
    months = window_months(cap.window)
    if months is None or months[0] != "rolling":
        return []
    start = book.case.term.span.start
    days = {draft.entry.on for draft in _before(book, cap.select) if _concerns(cap, draft.entry.on)}
    return sorted(day for day in days if add_months(day, months[1]) > start)


def filled_before(cap: Cap, limit: int, book: Book, spans: list[Span]) -> dict[Span, int]:
    """How much of a cap earlier activities filled in each of its windows: what they were worth, up to the cap itself.

    They fill it in order of their days. What other caps refused of them in their time is not known here.
    """
    start = book.case.term.earns.start
    back = [span for span in spans if span.start < start]
    if not back:
        return {}
    found: list[tuple[date, int]] = []
    for draft in sorted(_before(book, cap.select), key=lambda one: one.entry.on):
        day = draft.entry.on
        if _concerns(cap, day):
            taken = [sum(points for other, points in found if span.holds(other)) for span in back if span.holds(day)]
            found.append((day, min(_worth(draft), limit - max(taken, default=0))))
    return {span: sum(points for day, points in found if span.holds(day)) for span in back}


def _before(book: Book, select: Select) -> Iterator[Draft]:
    start = book.case.term.earns.start
    for draft in (*book.drafts, *book.past):
        if draft.value and not draft.repeats and draft.entry.on < start and book.meant(select, draft):
            yield draft


def _worth(draft: Draft) -> int:
    return draft.value.points if draft.value else 0


def _concerns(cap: Cap, day: date) -> bool:
    return not ((cap.applies_from and day < cap.applies_from) or (cap.applies_until and day >= cap.applies_until))
