"""The caps of a document, laid over the pieces of one count."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .allocation import Constraint, Place
from .book import Book
from .dates import Span
from .document import Cap
from .earlier import filled_before, rolling_before
from .needing import applies
from .windows import narrowness, spans


@dataclass(frozen=True)
class Laid:
    """A cap in one of its windows, and what it limits there."""

    cap: Cap
    span: Span
    constraint: Constraint
    before: int = 0  # what earlier periods filled of it; the constraint has what is left


def lay_caps(book: Book, needed: int) -> list[Laid]:
    """Every cap that applies, in each of its windows; narrow windows and small selections first."""
    found = []
    for position, cap in enumerate(book.document.caps):
        if not applies(cap.when, book.case.facts):
            continue
        limit = cap.of(needed)
        laid_over = _spans(cap, book)
        before = filled_before(cap, limit, book, laid_over)
        for span in laid_over:
            left = limit - before.get(span, 0)
            for members in _members(book, cap, span):
                rank = (narrowness(cap.window), len(members), position)
                constraint = Constraint(cap.key, left, frozenset(members), rank)
                found.append(Laid(cap, span, constraint, limit - left))
    return sorted(found, key=lambda laid: laid.constraint.rank)


def shares(laid: list[Laid], counted: int) -> list[Laid]:
    """The caps with those that are a share of what counts set to their share of `counted`."""
    return [
        replace(one, constraint=replace(one.constraint, limit=counted * (one.cap.percent or 0) // 100))
        if one.cap.percent_of == "counted"
        else one
        for one in laid
    ]


def _members(book: Book, cap: Cap, span: Span) -> list[list[Place]]:
    """What a cap limits in one window: everything it selects together, or each activity by itself."""
    places = book.places(cap.select, span)
    if cap.window != "activity":
        return [places] if places or not book.case.term.never_ends else []
    drafts: dict[int, list[Place]] = {}
    for place in places:
        drafts.setdefault(book.pieces[place[0]].draft, []).append(place)
    return list(drafts.values())


def _spans(cap: Cap, book: Book) -> list[Span]:
    days = [*rolling_before(cap, book), *(day for day, _ in book.chosen(cap.select))]
    found = spans(cap.window, book.case.term, days)
    if cap.applies_from:
        found = [Span(max(s.start, cap.applies_from), s.end) for s in found if s.end > cap.applies_from]
    if cap.applies_until:
        found = [Span(s.start, min(s.end, cap.applies_until)) for s in found if s.start < cap.applies_until]
    return found
