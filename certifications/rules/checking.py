"""Whether the requirements hold: the total, minimums in their windows, alternatives, events."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .allocation import Given, Place
from .cases import Case
from .dates import Span, year_words
from .document import Document, Event, Minimum, Select
from .needing import applies
from .period_dates import exam_by
from .pieces import Draft, Piece, outside
from .points import show
from .results import Requirement
from .selecting import Below, selects
from .windows import label, required_spans
from .words import KINDS, Group, Reason


@dataclass(frozen=True)
class Book:
    """Everything the checks look at."""

    document: Document
    case: Case
    below: Below
    drafts: list[Draft]
    pieces: list[Piece]

    def places(self, minimum: Minimum, span: Span) -> frozenset[Place]:
        """The places (piece and category) a minimum means in one of its windows."""
        return frozenset(
            (piece.number, category)
            for piece in self.pieces
            if span.holds(piece.day)
            for category in piece.categories
            if self.means(minimum.select, piece, category)
        )

    def means(self, select: Select, piece: Piece, category: str) -> bool:
        """Whether a selector means this piece when it stands in `category`."""
        entry = self.drafts[piece.draft].entry
        item = entry if entry.topics == piece.topics else replace(entry, topics=piece.topics)
        return selects(select, item, category, self.below, carried=piece.carried)

    def roots(self) -> dict[str, str]:
        """The top category above each category."""
        parents = {category.key: category.parent for category in self.document.categories}
        found = {}
        for key in parents:
            top = key
            while parents[top]:
                top = parents[top] or top
            found[key] = top
        return found


def point_minimums(book: Book, minimums: list[Minimum], needed: int) -> list[tuple[Minimum, Span, int]]:
    """The minimums in points, with each window and what this period itself must bring for it."""
    days = [piece.day for piece in book.pieces]
    return [
        (minimum, span, max(0, minimum.of(needed) - _earlier(book, minimum, span)))
        for minimum in minimums
        if (minimum.points is not None or minimum.percent is not None) and not minimum.in_one_category
        for span in required_spans(minimum.window, book.case.term, days)
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
        done = bool(facts.get(minimum.item))
        return [_made(minimum, 1, int(done), "item")]
    if minimum.fact:
        value = facts.get(minimum.fact)
        return [_made(minimum, minimum.at_least or 0, value if isinstance(value, int) else 0, "fact")]
    if minimum.categories:
        roots = book.roots()
        used = {roots.get(category, category) for (_, category), points in given.items() if points}
        return [_made(minimum, minimum.categories, len(used), "categories")]
    days = [piece.day for piece in book.pieces]
    windows = [
        span for span in required_spans(minimum.window, book.case.term, days) if _is_open(minimum, span, book.case)
    ]
    if minimum.times:
        return [
            replace(
                _made(minimum, minimum.times, _times(book, minimum, span), "times", minimum.window, span),
                due_now=minimum.window.startswith("last-") and span.start > book.case.term.span.start,
            )
            for span in windows
        ]
    if minimum.in_one_category:
        return [_made(minimum, minimum.of(needed), _most_in_one(book, given, minimum, span)) for span in windows]
    return [
        _made(minimum, minimum.of(needed), _points(book, given, minimum, span), "points", minimum.window, span)
        for span in windows
    ]


def _is_open(minimum: Minimum, span: Span, case: Case) -> bool:
    """Something to be done within the last months is not asked for before they begin."""
    inside = span.start > case.term.span.start
    return not (minimum.times and minimum.window.startswith("last-") and inside and case.as_of < span.start)


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
    return sum(given.get(place, 0) for place in book.places(minimum, span)) + _earlier(book, minimum, span)


def _earlier(book: Book, minimum: Minimum, span: Span) -> int:
    """Points from before the period, for windows that reach back further than it."""
    if span.start >= book.case.term.earns.start:
        return 0
    return sum(draft.asked for draft in _history(book, span) if _meant(book, minimum.select, draft))


def _most_in_one(book: Book, given: Given, minimum: Minimum, span: Span) -> int:
    totals: dict[str, int] = {}
    for number, category in book.places(minimum, span):
        totals[category] = totals.get(category, 0) + given.get((number, category), 0)
    return max(totals.values(), default=0)


def _times(book: Book, minimum: Minimum, span: Span) -> int:
    return sum(
        1
        for draft in book.drafts
        if span.holds(draft.entry.on) and _happened(draft, book.case) and _meant(book, minimum.select, draft)
    )


def _history(book: Book, span: Span) -> list[Draft]:
    """Entries from before the period, for requirements that look back further."""
    start = book.case.term.earns.start
    return [draft for draft in book.drafts if span.holds(draft.entry.on) and draft.entry.on < start and draft.rule]


def _happened(draft: Draft, case: Case) -> bool:
    """Whether the entry stands, whatever it is worth: it may lie outside the period or bring no points."""
    if draft.entry.on > case.as_of or draft.carried:
        return False
    harmless = {Reason.KIND, Reason.BEFORE_PERIOD, Reason.AFTER_PERIOD, Reason.TOO_SHORT}
    return not draft.excluded or all(reason in harmless for reason, *_ in draft.lost)


def _meant(book: Book, select: Select, draft: Draft) -> bool:
    entry = draft.entry
    categories = (entry.category,) if entry.category else (draft.rule.category if draft.rule else ("",))
    return any(selects(select, entry, category, book.below) for category in categories)


def event_reached(book: Book) -> Event | None:
    """The first event that meets the whole requirement, if one has happened in the period."""
    for event in book.document.events:
        if not applies(event.when, book.case.facts):
            continue
        times = sum(
            1
            for draft in book.drafts
            if _in_time(book, draft) and _happened(draft, book.case) and _meant(book, event.select, draft)
        )
        if times >= event.times:
            return event
    return None


def _in_time(book: Book, draft: Draft) -> bool:
    """Whether an entry may meet the requirement; an exam may come a little later where rules allow it."""
    entry, case = draft.entry, book.case
    if outside(entry.on, case) is None:
        return True
    is_exam = entry.kind in KINDS and KINDS[entry.kind].group is Group.EXAM
    return is_exam and case.term.span.end <= entry.on <= min(exam_by(book.document, case.term.span), case.as_of)


def describe(requirement: Requirement, unit: str) -> str:
    """A requirement in words with its numbers."""
    if requirement.counts == "points":
        return f"{requirement.name}: {show(requirement.have)} of {show(requirement.needed)} {unit}"
    if requirement.counts == "item" or (requirement.counts == "times" and requirement.needed == 1):
        return f"{requirement.name}: {'done' if requirement.met else 'to do'}"
    return f"{requirement.name}: {requirement.have} of {requirement.needed}"
