"""What would help: the shortest single ways to meet the requirements, each found and proved by the engine itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from .cases import Case, Entry
from .counting import count
from .document import Document, KindRule
from .forecast import at_end
from .needing import applies
from .points import show
from .results import Outcome
from .route_search import Route, Search, enough, is_full, kind_of, plainness

CATEGORIES_TRIED = 12  # each costs a few counts; documents with more categories name the broad ones first


def routes(
    document: Document,
    case: Case,
    planned: Sequence[Entry] = (),
    *,
    most: int = 3,
    without: Collection[str] = (),
) -> list[Route]:
    """Up to `most` shortest single ways that the rules accept; none where nothing is left to do or time is over.

    `without` names kinds this holder cannot do, such as passing a higher level from the highest.
    """
    end = at_end(case, planned)
    now = count(document, end)
    if case.as_of > case.term.earns.last or enough(now):
        return []
    search = Search(document, end, case.as_of, now)
    events = list(_events(document, case, without))
    found = search.all(_candidates(document, case, now, {*without, *(route.kind for route in events)}))
    found.sort(key=lambda route: ({"month": 0, "each": 2}.get(route.unit, 1), route.amount))
    return _varied([*found, *events])[:most]


def _varied(found: list[Route]) -> list[Route]:
    """Work that is done anyway first, then hours and stated points, then what meets everything, single exams last.

    One way by stated points speaks for all of them: the others come after what meets everything.
    """
    stated = [route for route in found if route.unit == "point"]
    late = [route for route in found if route in stated[1:] or (route.unit == "each" and not route.meets_all)]
    return [route for route in found if route not in late] + late


def _candidates(document: Document, case: Case, now: Outcome, without: Collection[str]) -> list[KindRule]:
    """For each category with room, its plainest rule: one without conditions on topic, role or reach comes first."""
    chosen: dict[str, KindRule] = {}
    for rule in sorted(document.kinds, key=plainness):
        if rule.category[0] in chosen or not applies(rule.when, case.facts) or is_full(now, rule):
            continue
        if kind_of(rule) in without or (rule.until and case.as_of >= rule.until):
            continue
        chosen[rule.category[0]] = rule
    order = {category.key: place for place, category in enumerate(document.categories)}
    return sorted(chosen.values(), key=lambda rule: order.get(rule.category[0], 0))[:CATEGORIES_TRIED]


def _events(document: Document, case: Case, without: Collection[str]) -> Iterator[Route]:
    last = case.term.earns.last
    for event in document.events:
        kind = event.select.kind[0] if event.select.kind else "exam"
        if event.minimums or not applies(event.when, case.facts) or kind in without:
            continue
        needed = show(document.need.points)
        text = f"{event.name} (meets all {needed})" if document.need.points else event.name
        yield Route(text, kind, "", Fraction(event.times), "each", None, last, last, meets_all=True)


__all__ = ["Route", "enough", "routes"]
