"""A second counter, written from docs/rule-packs.md alone: slow, plain, and with nothing of the engine in it.

Documents and cases are the plain values of their files. Points are hundredths. What is left to the caps and minimums
is a list of pieces; `naive_giving.py` hands out their points.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

DAY = timedelta(days=1)
Values = dict[str, Any]


def number(value: Any) -> Fraction:
    return Fraction(str(value))


def points_of(value: Any) -> int:
    return int(number(value) * 100)


def later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def by_days(start: date, end: date) -> Fraction:
    """Months, each day counting as its part of its month."""
    days = (start + DAY * n for n in range((end - start).days))
    return sum((Fraction(1, monthrange(day.year, day.month)[1]) for day in days), Fraction(0))


def in_months(start: date, end: date) -> Fraction:
    whole = next((n for n in range(1, 600) if later(start, n) == end), 0)
    return Fraction(whole) if whole else by_days(start, end)


@dataclass(frozen=True)
class Piece:
    """Points of one activity on one day, and the categories that could take them."""

    day: date
    points: int
    categories: tuple[str, ...]
    topics: frozenset[str]
    activity: Values
    carried: bool = False


@dataclass
class Activity:
    """One activity of the case: the rule it falls under and what it comes to before any cap."""

    place: int
    values: Values
    rule: Values | None = None
    asked: int = 0
    points: int = 0
    exact: Fraction | None = None
    too_short: bool = False
    refused: str = ""
    repeats: bool = False


@dataclass
class Naive:
    """Everything that is known of a case before points are handed out."""

    rules: Values
    case: Values
    lost: dict[str, int] = field(default_factory=dict)
    excluded: set[int] = field(default_factory=set)
    pieces: list[Piece] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start, self.last, self.as_of = self.case["starts"], self.case["ends"], self.case["as_of"]
        self.end = self.last + DAY
        grace = [one for one in self.rules["period"].get("grace", []) if one["allows"] == "earn"]
        self.earns_last = max([self.last, *(self.last + DAY * one["days"] for one in grace)])
        self.parents = {one["key"]: one.get("parent") for one in self.rules["categories"]}
        self.step = 100 if self.rules.get("whole_points") else 1
        self.needed = points_of(self.rules["need"]["points"])
        self.activities = [Activity(place, one) for place, one in enumerate(self.case["activities"])]
        self.activities.sort(key=lambda one: (one.values["on"], one.values.get("since") or one.values["on"], one.place))
        for one in self.activities:
            self._measure(one)
        self._once()
        for one in self.case.get("carried", []):
            self._lay_carried(one)
        for one in self.activities:
            self.pieces += self._pieces(one)
        self.pieces.sort(key=lambda piece: (not piece.carried, piece.day))

    def within(self, category: str | None, tops: list[str]) -> bool:
        while category:
            if category in tops:
                return True
            category = self.parents.get(category)
        return False

    def means(self, select: Values, activity: Values, category: str, topics: Any, carried: bool = False) -> bool:
        """Whether a selector means an activity where it stands in a category."""
        tests = {
            "category": lambda words: self.within(category, words),
            "kind": lambda words: activity.get("kind") in words,
            "format": lambda words: activity.get("format") in words,
            "topic": lambda words: bool(set(words) & set(topics)),
            "shared": lambda yes: bool(activity.get("shared")) is yes,
            "carried": lambda yes: carried is yes,
            "except": lambda other: not self.means(other, activity, category, topics, carried),
        }
        return all(tests[key](wanted) for key, wanted in select.items())

    def outside(self, day: date) -> str:
        if day < self.start:
            return "before period"
        if day > self.earns_last:
            return "after period"
        return "not yet" if day > self.as_of else ""

    def lose(self, reason: str, points: int) -> None:
        if points:
            self.lost[reason] = self.lost.get(reason, 0) + points

    def spread(self, one: Activity) -> bool:
        return bool(one.rule and one.rule.get("over_time") and "since" in one.values)

    def _measure(self, one: Activity) -> None:
        values = one.values
        one.rule = next((rule for rule in self.rules["kinds"] if values["kind"] in rule["kind"]), None)
        if one.rule is None:
            one.refused, one.asked = "kind not accepted", points_of(values["amount"])
        else:
            self._worth(one, one.rule)
            one.refused = "" if values.get("relevant", True) else "not relevant"
            if one.rule.get("evidence") == "to-count" and not values.get("evidence", True):
                one.refused = one.refused or "evidence needed"
        if one.refused:
            self.lose(one.refused, one.asked)
            self.excluded.add(one.place)

    def _worth(self, one: Activity, rule: Values) -> None:
        values = one.values
        amount = number(values["amount"])
        stated = values.get("unit") == "point"
        if stated:
            raw = amount * 100
        else:
            amount = self._in_units(values, rule, amount)
            raw = amount / number(rule.get("every", 1)) * points_of(rule["points"])
            for role in rule.get("multiply", []):
                raw *= number(role["times"]) if values.get("role") in role["role"] else 1
        rounding = rule.get("rounding", {})
        if not stated and (amount < number(rule.get("minimum", 0)) or raw < 100 * rounding.get("first_full", 0)):
            one.asked, one.too_short = int(raw), True
            return
        one.points = max(_rounded(raw, rounding) if rounding else int(raw), points_of(rule.get("least", 0)))
        one.asked = max(int(raw), one.points)
        one.points = min(one.points, points_of(rule.get("most", 1_000_000)))
        one.exact = raw if one.points == int(raw) else None

    def _in_units(self, values: Values, rule: Values, amount: Fraction) -> Fraction:
        if rule.get("per") == "month":
            return in_months(values["since"], values["on"] + DAY) * values.get("share", 100) / 100
        if rule.get("per") == "each":
            return Fraction(1)
        if values.get("unit") == "minute":
            return amount / rule.get("hour_minutes", 60)
        return amount * rule["hours_in"]["ceu"] if values.get("unit") == "ceu" else amount

    def _once(self) -> None:
        """Of several takings of a course the one worth most counts, of equal ones the oldest; what is to come waits."""
        kept: list[Activity] = []
        for one in sorted(self.activities, key=lambda one: (one.values["on"] >= self.start, -one.points)):
            rule, first = one.rule or {}, one.values.get("since") if self.spread(one) else None
            title = one.values.get("title", "").casefold()
            free = not (rule.get("once") or rule.get("once_months")) or not title or not one.points or one.refused
            if free or self.outside(first or one.values["on"]) in ("after period", "not yet"):
                continue
            one.repeats = any(self._same(one, other, rule) for other in kept if _title(other) == title)
            if not one.repeats:
                kept.append(one)

    def _same(self, one: Activity, other: Activity, rule: Values) -> bool:
        first, second = sorted((one.values["on"], other.values["on"]))
        if rule.get("once"):
            return rule["once"] == "ever" or first >= self.start
        return later(first, rule["once_months"]) > second

    def _lay_carried(self, one: Values) -> None:
        points = points_of(one["points"])
        whole = points // self.step * self.step
        self.lose("rounding", points - whole)
        self.pieces.append(Piece(self.start, whole, (one.get("category", ""),), frozenset(), {}, carried=True))

    def _pieces(self, one: Activity) -> Iterator[Piece]:
        rule = one.rule
        if one.refused or rule is None:
            return
        reason = "" if self.spread(one) else self.outside(one.values["on"])
        reason = reason or ("duplicate" if one.repeats else "")
        if reason:
            self.lose(reason, one.asked)
            self.excluded.add(one.place)
            return
        whole = one.points // self.step * self.step
        self._lose_measured(one, rule, whole)
        topics = frozenset(one.values.get("topics", ()))
        if self.spread(one):
            yield from self._by_days(one, rule, whole, topics)
            return
        day, rest = min(one.values["on"], self.last), whole
        for part in rule.get("topic_parts", []):
            some = min(rest, points_of(part["points"]) // self.step * self.step)
            yield Piece(day, some, tuple(rule["category"]), topics | {part["topic"]}, one.values)
            rest -= some
        yield Piece(day, rest, tuple(rule["category"]), topics, one.values)

    def _lose_measured(self, one: Activity, rule: Values, whole: int) -> None:
        if one.too_short:
            self.lose("too short", one.asked)
            return
        free = Activity(one.place, one.values)
        self._worth(free, {key: value for key, value in rule.items() if key != "most"})
        self.lose("over activity cap", free.points - one.points)
        self.lose("rounding", one.asked - free.points + one.points - whole)

    def _by_days(self, one: Activity, rule: Values, whole: int, topics: frozenset[str]) -> Iterator[Piece]:
        start, end = one.values["since"], one.values["on"] + DAY
        exact = one.exact if one.exact is not None and whole == one.points else Fraction(whole)
        years = [later(self.start, 12 * n) for n in range(10)] + [date(year, 1, 1) for year in range(2015, 2036)]
        edges = {self.start, self.end, self.earns_last + DAY, self.as_of + DAY, *years}
        days = [start, *sorted(edge for edge in edges if start < edge < end), end]
        given, counts = 0, False
        for until in days[1:]:
            reached = int(exact * by_days(start, until) / by_days(start, end)) // self.step * self.step
            reason = self.outside(until - DAY)
            if reason:
                self.lose(reason, reached - given)
            elif reached > given:
                counts = True
                yield Piece(min(until - DAY, self.last), reached - given, tuple(rule["category"]), topics, one.values)
            given = reached
        if whole and not counts:
            self.excluded.add(one.place)


def _title(one: Activity) -> str:
    return str(one.values.get("title", "")).casefold()


def _rounded(raw: Fraction, rounding: Values) -> int:
    step = number(rounding["step"]) * 100
    steps, rest = divmod(raw / step, 1)
    up = {"down": False, "up": rest > 0, "nearest": rest >= Fraction(1, 2), "half-down": rest > Fraction(1, 2)}
    return int((steps + up[rounding["mode"]]) * step)
