"""The count: rules + case -> outcome, with a line for every entry and a reason for every lost point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from .allocation import Constraint, Given, Goal, Offer, Place, Problem, allocate
from .cases import Case
from .checking import Book, event_reached, point_minimums, requirements
from .dates import Span
from .document import Alternative, Cap, Document, Event, Minimum
from .ledger import cap_uses, category_totals, ledger
from .needing import active_minimums, applies, expanded, total_need
from .pieces import Draft, Piece, draft_lines
from .points import ONE
from .results import Outcome, Requirement
from .sense import descendants
from .surplus import carry_out
from .windows import narrowness, spans
from .words import Reason


def count(document: Document, case: Case) -> Outcome:
    """Count one held certification's period as of a day. Pure and exact; equal questions get equal answers."""
    return count_many(document, [case])[0]


def count_many(document: Document, cases: Iterable[Case]) -> list[Outcome]:
    """Count many holders of one rule set."""
    below = descendants(document.categories)
    return [_count(document, case, below) for case in cases]


def _count(document: Document, case: Case, below: dict[str, frozenset[str]]) -> Outcome:
    needed = total_need(document, case)
    drafts, pieces = draft_lines(document, case, needed, below)
    if document.whole_points:
        pieces = _whole(pieces, drafts)
    book = Book(document, case, below, drafts, pieces)
    caps = _constraints(book, needed)
    minimums = active_minimums(document, case)
    given = _given(book, caps, minimums, needed)
    found = requirements(book, given, needed, minimums)
    met_by: Event | Alternative | None = event_reached(book)
    if not _hold(found):
        given, found, met_by, needed = _other_ways(book, caps, given, found, minimums, needed)
    made = ledger(book, given, caps)
    counted = sum(given.values())
    compliant = _hold(found)
    surplus = max(0, counted - needed) if compliant else 0
    return Outcome(
        lines=tuple(made.lines),
        counted=counted,
        needed=needed,
        categories=tuple(category_totals(book, given, made)),
        requirements=tuple(found),
        caps=tuple(cap_uses(made)),
        compliant=compliant,
        satisfied_by=met_by.name if met_by else "",
        satisfied_key=met_by.key if met_by else "",
        surplus=surplus,
        carry_out=carry_out(book, given, made.lines, needed) if compliant or _deficit(document) else 0,
    )


def _deficit(document: Document) -> bool:
    return bool(document.carry_over and document.carry_over.deficit)


def _hold(found: Iterable[Requirement]) -> bool:
    return all(requirement.met or requirement.advisory for requirement in found)


def _whole(pieces: list[Piece], drafts: list[Draft]) -> list[Piece]:
    """Where a point may not be split, each piece keeps its whole points."""
    kept = []
    for piece in pieces:
        rest = piece.points % ONE
        if rest:
            drafts[piece.draft].refuse(Reason.ROUNDING, "Only whole points count.", rest)
        kept.append(replace(piece, points=piece.points - rest))
    return kept


def _constraints(book: Book, needed: int) -> list[tuple[Cap, Span, Constraint]]:
    """Every cap in each of its windows, narrow windows and small selections first."""
    found = []
    days = [piece.day for piece in book.pieces]
    for position, cap in enumerate(book.document.caps):
        if not applies(cap.when, book.case.facts):
            continue
        for span in _cap_spans(cap, book, days):
            for members in _members(book, cap, span):
                rank = (narrowness(cap.window), len(members), position)
                found.append((cap, span, Constraint(cap.key, cap.of(needed), members, rank)))
    return sorted(found, key=lambda item: item[2].rank)


def _members(book: Book, cap: Cap, span: Span) -> list[frozenset[Place]]:
    """What a cap limits in one window: everything it selects together, or each activity by itself."""
    chosen = [
        (piece.number, category)
        for piece in book.pieces
        if span.holds(piece.day)
        for category in piece.categories
        if book.means(cap.select, piece, category)
    ]
    if cap.window != "activity":
        return [frozenset(chosen)]
    drafts: dict[int, list[Place]] = {}
    for place in chosen:
        drafts.setdefault(book.pieces[place[0]].draft, []).append(place)
    return [frozenset(places) for places in drafts.values()]


def _cap_spans(cap: Cap, book: Book, days: list[date]) -> list[Span]:
    found = spans(cap.window, book.case.term, days)
    if cap.applies_from:
        found = [Span(max(s.start, cap.applies_from), s.end) for s in found if s.end > cap.applies_from]
    if cap.applies_until:
        found = [Span(s.start, min(s.end, cap.applies_until)) for s in found if s.start < cap.applies_until]
    return found


def _given(book: Book, caps: list[tuple[Cap, Span, Constraint]], minimums: list[Minimum], needed: int) -> Given:
    offers = [Offer(piece.number, piece.points, piece.categories) for piece in book.pieces]
    constraints = [constraint for _, _, constraint in caps]
    goals = [
        Goal(points, book.places(minimum, span))
        for minimum, span, points in point_minimums(book, minimums, needed)
        if not minimum.advisory
    ]
    step = ONE if book.document.whole_points else 1
    date_order = book.document.allocation == "date-order"
    given = allocate(Problem(offers, constraints, goals, step), date_order=date_order)
    spread = _spread_goals(book, given, minimums) if not date_order else []
    return allocate(Problem(offers, constraints, [*goals, *spread], step)) if spread else given


def _spread_goals(book: Book, given: Given, minimums: list[Minimum]) -> list[Goal]:
    """One point for each category still empty, where the rules want several categories and pieces could go there."""
    wanted = max((minimum.categories or 0 for minimum in minimums), default=0)
    if not wanted or not any(len(piece.categories) > 1 for piece in book.pieces):
        return []
    roots = book.roots()
    used = {roots[category] for (_, category), points in given.items() if points}
    open_roots = [key for key in dict.fromkeys(roots.values()) if key not in used]
    places = {
        root: frozenset(
            (piece.number, category)
            for piece in book.pieces
            for category in piece.categories
            if roots.get(category) == root
        )
        for root in [*open_roots, *used]
    }
    if len(used) >= wanted or not any(places[root] for root in open_roots):
        return []
    able = [root for root in open_roots if places[root]][: wanted - len(used)]
    return [Goal(ONE, places[root]) for root in [*used, *able]]


def _other_ways(
    book: Book,
    caps: list[tuple[Cap, Span, Constraint]],
    given: Given,
    found: list[Requirement],
    minimums: list[Minimum],
    needed: int,
) -> tuple[Given, list[Requirement], Event | Alternative | None, int]:
    """Alternatives and events that suffice, in document order; else what was, with every way's shortfall listed."""
    event = event_reached(book)
    if event:
        due = [one for minimum in event.minimums for one in expanded(minimum, book.case.facts)]
        remaining = requirements(book, given, 0, due)
        if _hold(remaining):
            return given, remaining, event, needed
        return given, remaining, None, needed
    listed = list(found) if needed or minimums else []
    for way in book.document.alternatives:
        if not applies(way.when, book.case.facts):
            continue
        other, reached, total_points = _try(book, caps, way, minimums)
        if _hold(reached):
            return other, reached, way, total_points or needed
        listed += [_prefixed(way, requirement) for requirement in reached if not requirement.met]
    return given, listed, None, needed


def _try(
    book: Book, caps: list[tuple[Cap, Span, Constraint]], way: Alternative, minimums: list[Minimum]
) -> tuple[Given, list[Requirement], int]:
    points = way.points or 0
    wanted = [one for minimum in way.minimums for one in expanded(minimum, book.case.facts)]
    wanted = [*minimums, *wanted] if way.with_minimums else wanted
    given = _given(book, caps, wanted, points)
    return given, requirements(book, given, points, wanted), points


def _prefixed(way: Alternative, requirement: Requirement) -> Requirement:
    return Requirement(
        f"{way.key}: {requirement.key}", f"{way.name}: {requirement.name}", requirement.needed, requirement.have,
        requirement.met, requirement.counts, requirement.text, requirement.advisory,
    )  # fmt: skip
