"""The search for the least amount of one kind of activity that is enough, proved by the engine at each step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from .cases import Case, Entry
from .counting import count
from .dates import DAY, add_months, whole_months, years_of
from .document import Document, KindRule
from .needing import active_minimums
from .results import Outcome
from .selecting import Below, selects
from .sense import descendants
from .words import AMOUNT_UNITS, KINDS, Group
from .worth import worth

MOST = {"hour": 400, "minute": 24_000, "each": 40, "day": 60, "month": 120, "ceu": 40}
STEP = {"minute": 30}
# Where a category takes whatever a certificate states, what a person can arrange is named before what just happens.
_USUAL = (Group.FIELD_TIME, Group.CLASS, Group.MEETING, Group.TEACHING, Group.OTHER, Group.EXAM)
_ARRANGED = (Group.TEACHING, Group.CLASS, Group.MEETING, Group.OTHER, Group.EXAM, Group.FIELD_TIME)


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
    entries: tuple[Entry, ...] = ()  # what was proved to be enough: one activity, or one a year; none for an event
    meets_all: bool = False
    spread: bool = False  # over the years that are left, because each takes or asks only so much
    done_already: bool = False  # only work that is done, and not logged yet, is early enough


def enough(outcome: Outcome) -> bool:
    """Whether everything that is counted in points or categories is met; items and facts are done apart from points."""
    return all(r.met or r.advisory or r.counts in ("item", "fact", "times") for r in outcome.requirements)


def is_full(outcome: Outcome, rule: KindRule) -> bool:
    """Whether every category that could take what this rule counts is full."""
    rooms = {total.key: total.room for total in outcome.categories}
    return all(rooms.get(category) == 0 for category in rule.category)


def free_since(case: Case, kind: str) -> date:
    """The first day of the period after the last work of this kind that is logged."""
    start = case.term.span.start
    ends = [entry.on for entry in case.entries if entry.kind == kind and entry.since and entry.on <= case.as_of]
    return max([start, *(day + DAY for day in ends if day >= start)])


def plainness(rule: KindRule) -> tuple[bool, int, bool]:
    """An order of the rules of one category: a rate before stated points, the usual kinds, the fewest conditions."""
    stated = rule.points is None
    groups = _ARRANGED if stated else _USUAL
    return (stated, groups.index(KINDS[rule.kind[0]].group) if rule.kind else len(groups), not rule.select.everything)


Make = Callable[[int], tuple[Entry, ...]]


@dataclass(frozen=True)
class Search:
    """The search for the least amount of one kind that is enough. `end` is the case on its last day."""

    document: Document
    end: Case
    today: date
    now: Outcome

    @property
    def to_go(self) -> int:
        return max(0, self.now.needed - self.now.counted)

    @property
    def first_day(self) -> date:
        """The first day on which something new can be done."""
        return min(max(self.today + DAY, self.end.term.earns.start), self.end.term.earns.last)

    def all(self, rules: Sequence[KindRule]) -> list[Route]:
        """A route for each rule that has one; what lies below a category that has one already says nothing new."""
        below = descendants(self.document.categories)
        found: list[Route] = []
        covered: set[str] = set()
        for rule in rules:
            if covered.isdisjoint(rule.category) and self.helps(rule, below) and (route := self.route(rule)):
                found.append(route)
                covered.update(*(below[category] for category in rule.category))
        return found

    def helps(self, rule: KindRule, below: Below) -> bool:
        """Whether what this rule counts is meant by every minimum in points that is short."""
        unmet = {one.key for one in self.now.shortfalls if one.counts == "points"}
        entry = self.like(rule)
        for minimum in active_minimums(self.document, self.end):
            short = minimum.key in unmet or any(key.startswith(f"{minimum.key}-") for key in unmet)
            if short and not any(selects(minimum.select, entry, category, below) for category in rule.category):
                return False
        return True

    def route(self, rule: KindRule) -> Route | None:
        """The shortest way by this rule alone, or None."""
        unit = "point" if rule.points is None else rule.per
        step = STEP.get(unit, 1)
        for make in self.makers(rule, step):
            steps = self.least(rule, make, MOST.get(unit, 400) // step)
            if steps:
                return self.made(rule, make, steps, Fraction(steps * step), unit)
        return None

    def makers(self, rule: KindRule, step: int) -> Iterator[Make]:
        """Ways to make so many steps of this rule: all at once, else spread over the years that are left."""
        like = self.like(rule)
        if rule.over_time and rule.per == "month":
            since = free_since(self.end, like.kind)
            if since <= self.end.term.span.last:
                yield lambda steps: (self.work(like, since, steps),)
            return
        yield lambda steps: (replace(like, amount=Fraction(steps * step)),)
        years = self.years_left()
        if rule.per != "each" and len(years) > 1:
            yield lambda steps: tuple(
                replace(like, key=f"route-{place}", on=day, amount=Fraction(share * step))
                for place, day in enumerate(years)
                if (share := steps // len(years) + (place < steps % len(years)))
            )

    def like(self, rule: KindRule) -> Entry:
        select = rule.select
        return Entry(
            key="route", on=self.first_day, amount=Fraction(1), unit="point" if rule.points is None else rule.per,
            kind=kind_of(rule), category=rule.category[0], type=select.type[0] if select.type else "",
            above_level=True, confirmed=True, format=select.format[0] if select.format else "",
            role=select.role[0] if select.role else "", reach=select.reach[0] if select.reach else "",
            topics=frozenset(select.topic[:1]), title="a way to go",
        )  # fmt: skip

    def work(self, like: Entry, since: date, months: int) -> Entry:
        on = min(add_months(since, months) - DAY, self.end.term.span.last)
        return replace(like, unit="month", amount=Fraction(months), since=since, on=on)

    def years_left(self) -> list[date]:
        """A day in each year that is left: the first possible one, then the first of each later year."""
        later = [year.start for year in years_of(self.end.term.span) if year.start > self.first_day]
        return [] if self.end.term.never_ends else [self.first_day, *later]

    def suffices(self, *entries: Entry) -> bool:
        return enough(count(self.document, replace(self.end, entries=(*self.end.entries, *entries))))

    def least(self, rule: KindRule, make: Make, most: int) -> int | None:
        """The least number of steps that is enough, or None.

        It is where what is asked for makes up the points that are missing, or above; seldom below: an alternative may
        ask for less, and what fills a minimum may make room for other points.
        """

        def asks(steps: int) -> bool:
            term = self.end.term
            return sum(worth(rule, one, needed=self.to_go, term=term).points for one in make(steps)) >= self.to_go

        def suffices(steps: int) -> bool:
            return self.suffices(*make(steps))

        asking = _least(asks, 1, most)
        if asking is None:
            return _least(suffices, 1, most) if self.document.alternatives else None
        found = _least(suffices, asking, most)
        if found == asking > 1 and suffices(asking - 1):
            return _least(suffices, 1, asking - 1)
        return found

    def made(self, rule: KindRule, make: Make, steps: int, amount: Fraction, unit: str) -> Route:
        entries = make(steps)
        first, last = entries[0], entries[-1]
        if first.since:
            safe = self.last_start(first, steps)
        else:
            safe = self.last_day(first) if len(entries) == 1 else self.end.term.earns.last
        return Route(
            text=_text(self.document, rule, amount, unit), kind=first.kind, category=rule.category[0], amount=amount,
            unit=unit, since=first.since, on=last.on, last_safe=safe, entries=entries, spread=len(entries) > 1,
            done_already=bool(first.since) and safe < self.today,
        )  # fmt: skip

    def last_start(self, entry: Entry, steps: int) -> date:
        """The last day on which work can begin and be enough by the end of the period."""
        first, end = entry.since or entry.on, self.end.term.span.end
        if self.end.term.never_ends:
            return first
        months = whole_months(first, end)

        def before_the_end(steps: int) -> Entry:
            return self.work(entry, add_months(end, -steps), steps)

        least = _least(lambda steps: self.suffices(before_the_end(steps)), min(steps, months), months)
        return add_months(end, -least) if least else first

    def last_day(self, entry: Entry) -> date:
        """The last day on which the whole of it can be done and is enough: the last of all, or of some year before."""
        term = self.end.term
        if term.never_ends:
            return term.earns.last
        years = [year.last for year in reversed(years_of(term.span)) if self.first_day <= year.last < term.span.last]
        late = None
        for day in (term.earns.last, *years, entry.on):
            if day == entry.on or self.suffices(replace(entry, on=day)):
                return day if late is None else self.last_between(entry, day, late)
            late = day
        return entry.on

    def last_between(self, entry: Entry, early: date, late: date) -> date:
        """The last day on which it is enough, between one on which it is and one on which it is not."""
        while (late - early).days > 1:
            middle = early + DAY * ((late - early).days // 2)
            early, late = (middle, late) if self.suffices(replace(entry, on=middle)) else (early, middle)
        return early


def _least(suffices: Callable[[int], bool], least: int, most: int) -> int | None:
    """The least number of steps from `least` to `most` that suffices; more never hurts, so halving finds it."""
    if least > most:
        return None
    if suffices(least):
        return least
    if not suffices(most):
        return None
    low, high = least, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if suffices(middle) else (middle, high)
    return high


def kind_of(rule: KindRule) -> str:
    """The kind an entry of this rule would have."""
    return rule.kind[0] if rule.kind else ""


def _text(document: Document, rule: KindRule, amount: Fraction, unit: str) -> str:
    name = rule.name[0].lower() + rule.name[1:] if rule.name[1:2].islower() else rule.name
    if unit == "point":
        return _stated(document, rule, amount)
    if unit == "each":
        return f"{name}, once" if amount == 1 else f"{name}, {amount} times"
    word = AMOUNT_UNITS[unit]
    return f"{amount} {word.one if amount == 1 else word.many} of {name}"


def _stated(document: Document, rule: KindRule, amount: Fraction) -> str:
    """Where a category takes the points that are stated, what can bring them: two kinds for example."""
    category = next(one.name for one in document.categories if one.key == rule.category[0])
    like = [one for one in document.kinds if one.points is None and one.category[0] == rule.category[0]]
    kinds = [kind for one in sorted(like, key=plainness) for kind in one.kind]
    labels = list(dict.fromkeys(KINDS[kind].label for kind in kinds))[:2]
    such = " or ".join(labels).lower()
    points = f"{amount} {document.unit.one if amount == 1 else document.unit.many}"
    return f"{points} in {category}" + (f" ({such})" if such else "")
