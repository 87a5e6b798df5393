"""What would help: the shortest ways to meet the requirements, and the best next step. Found by the engine itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from .cases import Case, Entry
from .counting import count
from .dates import DAY, Span, add_months, whole_months
from .document import Document, KindRule
from .forecast import at_end
from .needing import applies
from .points import ONE, show
from .results import Outcome
from .words import KINDS, Group

MOST = {"hour": 400, "minute": 24_000, "each": 40, "day": 60, "month": 120, "ceu": 40}
STEP = {"minute": 30}


@dataclass(frozen=True)
class Route:
    """One way to meet what is left: how much of what, and the last day on which it still can be begun or done."""

    text: str
    kind: str
    category: str
    amount: Fraction
    unit: str
    since: date | None
    on: date
    last_safe: date
    meets_all: bool = False


def enough(outcome: Outcome) -> bool:
    """Whether everything that is counted in points or categories is met; items and facts are done apart from points."""
    return all(r.met or r.advisory or r.counts in ("item", "fact", "times") for r in outcome.requirements)


def routes(document: Document, case: Case, planned: Sequence[Entry] = (), *, most: int = 3) -> list[Route]:
    """Up to `most` shortest single ways that the rules accept; none where nothing is left to do or time is over."""
    end = at_end(case, planned)
    now = count(document, end)
    if case.as_of >= case.term.earns.last or enough(now):
        return []
    found: list[Route] = []
    seen: set[str] = set()
    for rule in document.kinds:
        if rule.category[0] in seen or not applies(rule.when, case.facts) or _is_full(now, rule):
            continue
        route = _route(document, end, case, rule)
        if route:
            seen.add(rule.category[0])
            found.append(route)
    events = list(_events(document, case))
    kinds = {route.kind for route in events}
    found = [route for route in found if route.kind not in kinds] + events
    found.sort(key=_order)
    return found[:most]


def _order(route: Route) -> tuple[int, Fraction]:
    """Work that is done anyway first, then hours and stated points, then what meets everything, single exams last."""
    if route.meets_all:
        return (2, Fraction(0))
    return ({"month": 0, "each": 3}.get(route.unit, 1), route.amount)


def _is_full(outcome: Outcome, rule: KindRule) -> bool:
    rooms = {total.key: total.room for total in outcome.categories}
    return all(rooms.get(category) == 0 for category in rule.category)


def _route(document: Document, end: Case, case: Case, rule: KindRule) -> Route | None:
    make = _maker(rule, case)
    unit = "point" if rule.points is None else rule.per
    limit, step = MOST.get(unit, 400), STEP.get(unit, 1)

    def suffices(steps: int) -> bool:
        return enough(count(document, replace(end, entries=(*end.entries, make(steps * step)))))

    steps = _least(suffices, limit // step)
    if steps is None:
        return None
    amount = Fraction(steps * step)
    entry = make(steps * step)
    last = case.term.span.last
    last_safe = add_months(case.term.span.end, -steps) if entry.since else last
    kind = rule.kind[0] if rule.kind else "other"
    return Route(_text(rule, amount, unit), kind, rule.category[0], amount, unit, entry.since, entry.on, last_safe)


def _least(suffices: Callable[[int], bool], most: int) -> int | None:
    """The least number of steps that suffices; more never hurts, so doubling and halving find it."""
    high = 1
    while high < most and not suffices(high):
        high *= 2
    high = min(high, most)
    if not suffices(high):
        return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if suffices(middle) else (middle, high)
    return high


def _maker(rule: KindRule, case: Case) -> Callable[[int], Entry]:
    """A way to make an entry of this rule with a whole amount, on the first free days."""
    kind = rule.kind[0] if rule.kind else ""
    tomorrow = min(case.as_of + DAY, case.term.span.last)
    select = rule.select
    like = Entry(
        key="route", on=tomorrow, amount=Fraction(1), unit="point" if rule.points is None else rule.per, kind=kind,
        category=rule.category[0], type=select.type[0] if select.type else "", above_level=True, confirmed=True,
        format=select.format[0] if select.format else "", role=select.role[0] if select.role else "",
        reach=select.reach[0] if select.reach else "", topics=frozenset(select.topic[:1]), title="a way to go",
    )  # fmt: skip
    if not (rule.over_time and rule.per == "month"):
        return lambda amount: replace(like, amount=Fraction(amount))
    since = free_since(case, kind)
    last = case.term.span.last
    return lambda amount: replace(
        like, unit="month", amount=Fraction(amount), since=since, on=min(add_months(since, amount) - DAY, last)
    )


def free_since(case: Case, kind: str) -> date:
    """The first day of the period after the last work of this kind that is logged."""
    start = case.term.span.start
    ends = [entry.on for entry in case.entries if entry.kind == kind and entry.since and entry.on <= case.as_of]
    return max([start, *(day + DAY for day in ends if day >= start)])


def _text(rule: KindRule, amount: Fraction, unit: str) -> str:
    name = rule.name[0].lower() + rule.name[1:] if rule.name[1:2].islower() else rule.name
    number = str(amount)
    if unit == "month":
        return f"{number} month{'s' * (amount != 1)} of {name}"
    if unit == "point":
        return f"{number} points from {name}"
    if unit == "each":
        return f"{name}, once" if amount == 1 else f"{name}, {number} times"
    return f"{number} {unit}{'s' * (amount != 1)} of {name}"


def _events(document: Document, case: Case) -> Iterator[Route]:
    last = case.term.span.last
    for event in document.events:
        if event.minimums or not applies(event.when, case.facts):
            continue
        kind = event.select.kind[0] if event.select.kind else "exam"
        needed = show(document.need.points)
        text = f"{event.name} (meets all {needed})" if document.need.points else event.name
        yield Route(text, kind, "", Fraction(event.times), "each", None, last, last, meets_all=True)


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next, in words, and where it leads."""

    text: str
    action: str = ""  # field-time | log | renew | reinstate | nothing
    since: date | None = None
    room: int = 0


def field_time_step(document: Document, case: Case, outcome: Outcome) -> NextStep | None:
    """Logging work over time since the last of it, and how much of that can count by the end of the period."""
    for rule in document.kinds:
        kind = rule.kind[0] if rule.kind else ""
        if not (rule.over_time and kind in KINDS and KINDS[kind].group is Group.FIELD_TIME):
            continue
        if not applies(rule.when, case.facts) or _is_full(outcome, rule):
            continue
        since, last = free_since(case, kind), case.term.span.last
        if since > last or whole_months(since, last + DAY) < 1:
            continue
        months = Span(since, last + DAY).months()
        work = Entry(
            key="next", on=last, since=since, amount=months, unit="month", kind=kind, category=rule.category[0]
        )
        gain = _gain(document, case, outcome, work)
        if gain >= ONE:
            room = gain // ONE * ONE
            text = f"log {rule.name.lower()} since {since.day} {since:%b} {since.year}. Up to {show(room)} can count."
            return NextStep(text, "field-time", since, room)
    return None


def _gain(document: Document, case: Case, outcome: Outcome, work: Entry) -> int:
    return count(document, at_end(case, [work])).counted - count(document, at_end(case)).counted


def roomiest_step(document: Document, outcome: Outcome, unit: str) -> NextStep | None:
    """Logging something in the category with the most room."""
    usable = {category for rule in document.kinds for category in rule.category}
    open_ones = [one for one in outcome.categories if one.key in usable and one.room != 0]
    if not open_ones:
        return None
    best = max(open_ones, key=lambda one: (one.room is None, one.room or 0))
    room = "has no cap" if best.room is None else f"has room for {show(best.room)} {unit}"
    return NextStep(f"log an activity. {best.name} {room}.", "log", None, best.room or 0)


__all__ = ["NextStep", "Route", "enough", "field_time_step", "free_since", "roomiest_step", "routes"]
