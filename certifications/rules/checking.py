"""Whether the requirements hold: the total, minimums in their windows, alternatives, events."""

from __future__ import annotations

from dataclasses import replace

from .allocation import Given, Place
from .book import Book
from .cases import Case
from .dates import Span, year_words
from .document import Event, Minimum, Select
from .earlier import points_before
from .needing import applies
from .points import show
from .results import Requirement
from .screening import Draft
from .windows import label, required_spans


def point_minimums(book: Book, minimums: list[Minimum], needed: int) -> list[tuple[Minimum, Span, int]]:
    """The minimums in counted points, with each window and what this period itself must bring for it."""
    return [
        (minimum, span, max(0, minimum.of(needed) - _earlier(book, minimum, span)))
        for minimum in minimums
        if (minimum.points is not None or minimum.percent is not None)
        and not minimum.in_one_category
        and minimum.tests == "counted"
        for span in required_spans(minimum.window, book.case.term, book.days)
    ]


def requirements(book: Book, given: Given, needed: int, minimums: list[Minimum]) -> list[Requirement]:
    """Each requirement with what it needs and what there is."""
    found: list[Requirement] = []
    advisory = book.document.need.advisory
    if needed:
        have = sum(given.values())
        found.append(Requirement("total", "Total", needed, have, have >= needed, advisory=advisory))
    for minimum in minimums:
        found += _check(book, given, minimum, needed)
    return found


def _check(book: Book, given: Given, minimum: Minimum, needed: int) -> list[Requirement]:
    facts = book.case.facts
    if minimum.item:
        return [_made(minimum, 1, int(bool(facts.get(minimum.item))), "item")]
    if minimum.fact:
        value = facts.get(minimum.fact)
        return [_made(minimum, minimum.at_least or 0, value if isinstance(value, int) else 0, "fact")]
    windows = required_spans(minimum.window, book.case.term, book.days)
    if minimum.categories:
        return [
            _made(minimum, minimum.categories, len(used), "categories", minimum.window, span)
            for span in windows
            for used in [categories_used(book, given, minimum, span)]
        ]
    if minimum.times:
        return [
            replace(
                _made(minimum, minimum.times, _times(book, minimum, span), "times", minimum.window, span),
                due_now=minimum.window.startswith("last-") and span.start > book.case.term.span.start,
            )
            for span in windows
            if _is_open(minimum, span, book.case)
        ]
    have = _in_one if minimum.in_one_category else _points
    return [
        _made(minimum, minimum.of(needed), have(book, given, minimum, span), "points", minimum.window, span)
        for span in windows
    ]


def categories_used(book: Book, given: Given, minimum: Minimum, span: Span) -> set[str]:
    """The categories with points in them: those the minimum names, else the top ones; carried points may have none."""
    roots = book.roots()
    used = {place[1] for place in book.places(minimum.select, span) if given.get(place) and place[1]}
    if not minimum.select.category:
        return {roots.get(category, category) for category in used}
    return {name for name in minimum.select.category if not used.isdisjoint(book.below[name])}


def in_each(book: Book, given: Given, minimum: Minimum, span: Span) -> dict[str, int]:
    """Points in each category by itself that a minimum "in one category" may mean."""
    places = book.places(minimum.select, span)
    names = minimum.select.category or tuple(dict.fromkeys(category for _, category in places))
    each = {name: [place for place in places if place[1] in book.below.get(name, {name})] for name in names}
    return {name: _sum(book, given, minimum, inside) for name, inside in each.items()}


def _in_one(book: Book, given: Given, minimum: Minimum, span: Span) -> int:
    return max(in_each(book, given, minimum, span).values(), default=0)


def _is_open(minimum: Minimum, span: Span, case: Case) -> bool:
    """Something to be done within the last months is not asked for before they begin."""
    inside = span.start > case.term.span.start
    return not (minimum.window.startswith("last-") and inside and case.as_of < span.start)


def _made(
    minimum: Minimum, needed: int, have: int, counts: str = "points", window: str = "", span: Span | None = None
) -> Requirement:
    mark = label(window, span) if span else ""
    key = f"{minimum.key}-{mark}" if mark else minimum.key
    name = f"{minimum.name}, {year_words(span)}" if mark and span else minimum.name
    return Requirement(
        key, name, needed, have, have >= needed, counts=counts, text=minimum.note, advisory=minimum.advisory,
        window=(span.start, span.last) if span else None,
    )  # fmt: skip


def _points(book: Book, given: Given, minimum: Minimum, span: Span) -> int:
    return _sum(book, given, minimum, book.places(minimum.select, span)) + _earlier(book, minimum, span)


def _sum(book: Book, given: Given, minimum: Minimum, places: list[Place]) -> int:
    """Points that count in some places, or all that were earned for them."""
    if minimum.tests == "asked":
        return sum(book.pieces[number].points for number in {number for number, _ in places})
    return book.total(given, places)


def _earlier(book: Book, minimum: Minimum, span: Span) -> int:
    """Points from before the period, for windows that reach back further than it."""
    return points_before(book, minimum.select, span)


def _times(book: Book, minimum: Minimum, span: Span) -> int:
    return _happened(book, minimum.select, span)


def _happened(book: Book, select: Select, span: Span) -> int:
    """How many activities a selector means happened within some days, in whichever period."""
    drafts = (*book.drafts, *book.past)
    return sum(1 for draft in drafts if _stands_in(book, draft, span) and book.meant(select, draft))


def _stands_in(book: Book, draft: Draft, span: Span) -> bool:
    day = book.screen.happened_on(draft)
    return day is not None and span.holds(day)


def events_reached(book: Book) -> list[Event]:
    """The events that meet the whole requirement and have happened in their time, in document order."""
    term = book.case.term
    period = [Span(min(term.earns.start, term.span.start), term.span.end)]
    found = []
    for event in book.document.events:
        if applies(event.when, book.case.facts):
            windows = period if event.window == "period" else required_spans(event.window, term, book.days)
            if any(_happened(book, event.select, span) >= event.times for span in windows):
                found.append(event)
    return found


def describe(requirement: Requirement, unit: str) -> str:
    """A requirement in words with its numbers."""
    if requirement.counts == "points":
        return f"{requirement.name}: {show(requirement.have)} of {show(requirement.needed)} {unit}"
    if requirement.counts == "item" or (requirement.counts == "times" and requirement.needed == 1):
        return f"{requirement.name}: {'done' if requirement.met else 'to do'}"
    return f"{requirement.name}: {requirement.have} of {requirement.needed}"
