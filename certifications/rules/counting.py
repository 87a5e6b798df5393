"""The count: rules + case -> outcome, with a line for every entry and a reason for every lost point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .allocation import Given
from .book import Book
from .cases import Case
from .category_totals import category_totals
from .checking import events_reached, requirements
from .document import Alternative, Document, Event, Minimum
from .giving import Giving
from .ledger import cap_uses, ledger
from .needing import active_minimums, applies, expanded, total_need
from .pieces import draft_lines
from .results import Outcome, Requirement
from .screening import Screen
from .sense import descendants
from .surplus import carried_out
from .words import Reason


def count(document: Document, case: Case) -> Outcome:
    """Count one held certification's period as of a day. Pure and exact; equal questions get equal answers."""
    return count_many(document, [case])[0]


def count_many(document: Document, cases: Iterable[Case]) -> list[Outcome]:
    """Count many holders of one rule set."""
    below = descendants(document.categories)
    return [_count(document, _told(case), below) for case in cases]


def _told(case: Case) -> Case:
    """The case with what every rule may ask about its period."""
    span = case.term.span
    return replace(case, facts={"period-start": span.start, "period-end": span.last, **case.facts})


@dataclass(frozen=True)
class _Answer:
    """One way to meet the requirements: the points given, what holds, and by what."""

    given: Given
    requirements: list[Requirement]
    needed: int
    met_by: Event | Alternative | None = None

    @property
    def holds(self) -> bool:
        return all(requirement.met or requirement.advisory for requirement in self.requirements)


def _count(document: Document, case: Case, below: dict[str, frozenset[str]]) -> Outcome:
    needed = total_need(document, case)
    screen = Screen(document, case, below)
    book = Book(screen, *draft_lines(screen, needed))
    giving = Giving(book, needed)
    minimums = active_minimums(document, case)
    answer = _answer(book, giving, needed, minimums)
    made = ledger(book, answer.given, giving.laid(answer.given))
    counted = sum(answer.given.values())
    over = carried_out(book, answer.given, made.lines, answer.needed) if answer.holds or _owes(document) else ()
    return Outcome(
        lines=tuple(made.lines),
        counted=counted,
        needed=answer.needed,
        categories=tuple(category_totals(book, answer.given, made, minimums)),
        requirements=tuple(answer.requirements),
        caps=tuple(cap_uses(made)),
        compliant=answer.holds,
        satisfied_by=answer.met_by.name if answer.met_by else "",
        satisfied_key=answer.met_by.key if answer.met_by else "",
        surplus=max(0, counted - answer.needed) if answer.holds else 0,
        carry_out=sum(one.points for one in over),
        carried_out=over,
    )


def _owes(document: Document) -> bool:
    return bool(document.carry_over and document.carry_over.deficit)


def _answer(book: Book, giving: Giving, needed: int, minimums: list[Minimum]) -> _Answer:
    """The document's own requirements, else an event that meets everything, else the first alternative."""
    given = giving.best(minimums, needed)
    own = _Answer(given, requirements(book, given, needed, minimums), needed)
    elsewhere = _asks_elsewhere(book)
    ways = [_by_event(book, given, event, needed) for event in events_reached(book)]
    held = next((way for way in ways if way.holds), None)
    if own.holds and not elsewhere:
        return replace(own, met_by=held.met_by if held else None)
    if held:
        return held
    if ways:
        own = replace(ways[0], met_by=None)
    answer = _alternative(book, giving, own, minimums)
    if elsewhere and not ways and answer.met_by is None:
        return replace(answer, requirements=[*answer.requirements, *_events_to_do(book)])
    return answer


def _by_event(book: Book, given: Given, event: Event, needed: int) -> _Answer:
    """What is still due where this event has happened."""
    due = [one for minimum in event.minimums for one in expanded(minimum, book.case.facts)]
    return _Answer(given, requirements(book, given, 0, due), needed, event)


def _events_to_do(book: Book) -> list[Requirement]:
    return [
        Requirement(event.key, event.name, event.times, 0, False, counts="times")
        for event in book.document.events
        if applies(event.when, book.case.facts)
    ]


def _asks_elsewhere(book: Book) -> bool:
    """Whether a document that asks for nothing itself asks for one of several ways."""
    document, facts = book.document, book.case.facts
    if document.need.points or document.need.by or document.minimums or document.period.never_ends:
        return False
    return any(
        applies(when, facts)
        for when in [*(one.when for one in document.alternatives), *(one.when for one in document.events)]
    )


def _alternative(book: Book, giving: Giving, own: _Answer, minimums: list[Minimum]) -> _Answer:
    """The first alternative that suffices; else the document's own answer with what every way is short of."""
    facts = book.case.facts
    listed = list(own.requirements)
    for way in book.document.alternatives:
        if not applies(way.when, facts):
            continue
        points = way.points or 0
        wanted = [one for minimum in way.minimums for one in expanded(minimum, facts)]
        wanted = [*minimums, *wanted] if way.with_minimums else wanted
        given = giving.best(wanted, points)
        answer = _Answer(given, requirements(book, given, points, wanted), points or own.needed, way)
        if answer.holds:
            return answer
        listed += [_prefixed(way.key, way.name, one) for one in answer.requirements if not one.met]
    return replace(own, requirements=listed)


def _prefixed(key: str, name: str, one: Requirement) -> Requirement:
    return replace(one, key=f"{key}: {one.key}", name=f"{name}: {one.name}")


__all__ = ["Reason", "count", "count_many"]
