"""Points handed out by an outside solver, as docs/rule-packs.md says: least short, most points, oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import highspy
import numpy as np

from .naive import DAY, Naive, Values, later, number, points_of

Place = tuple[int, str]
Span = tuple[date, date]
EVER = (date(1900, 1, 1), date(2300, 1, 1))


def spans(naive: Naive, window: str, days: list[date]) -> list[Span]:
    """The windows of a rule: days from, and up to but not including."""
    start, end = naive.start, naive.end
    cut = {
        "period": [(start, end)],
        "ever": [EVER],
        "day": [(day, day + DAY) for day in sorted(set(days))],
        "year": [(later(start, n), min(end, later(start, n + 12))) for n in range(0, 120, 12) if later(start, n) < end],
        "calendar-year": [
            (max(start, date(year, 1, 1)), min(end, date(year + 1, 1, 1)))
            for year in range(start.year, naive.last.year + 1)
        ],
    }
    if window in cut:
        return cut[window]
    which, months = window.split("-")[0], int(window.split("-")[1])
    if which == "each":
        parts = [(later(start, n), min(end, later(start, n + months))) for n in range(0, 120, months)]
        return [part for part in parts if part[0] < end]
    if which == "first":
        return [(start, min(end, later(start, months)))]
    if which == "last":
        return [(later(end, -months), end)]
    return [(day, later(day, months)) for day in sorted(set(days))]


def places(naive: Naive, select: Values, span: Span = EVER) -> list[Place]:
    """Pieces and categories that a selector means, within some days."""
    return [
        (position, category)
        for position, piece in enumerate(naive.pieces)
        for category in piece.categories
        if span[0] <= piece.day < span[1] and naive.means(select, piece.activity, category, piece.topics, piece.carried)
    ]


def before(naive: Naive, select: Values) -> list[tuple[date, int]]:
    """What was earned before the period, with its worth."""
    return [
        (one.values["on"], one.points)
        for one in naive.activities
        if one.rule and not one.refused and not one.repeats and one.values["on"] < naive.start
        and any(naive.means(select, one.values, key, one.values.get("topics", ())) for key in one.rule["category"])
    ]  # fmt: skip


def caps(naive: Naive) -> Iterator[tuple[int, list[Place]]]:
    """The room of every cap in each of its windows, and what it limits there."""
    for cap in naive.rules["caps"]:
        mine = places(naive, cap["select"])
        limit = points_of(cap["points"]) if "points" in cap else int(naive.needed * number(cap["percent"]) / 100)
        if cap["window"] == "activity":
            owners = {id(naive.pieces[position].activity) for position, _ in mine}
            for owner in owners:
                yield limit, [place for place in mine if id(naive.pieces[place[0]].activity) == owner]
            continue
        past, days = before(naive, cap["select"]), [naive.pieces[position].day for position, _ in mine]
        if cap["window"].startswith("rolling"):
            months = int(cap["window"].split("-")[1])
            days += [day for day, _ in past if later(day, months) > naive.start]
        windows = spans(naive, cap["window"], days)
        filled: list[tuple[date, int]] = []
        for day, worth in sorted(past, key=lambda one: one[0]):
            rooms = [limit - _within(filled, span) for span in windows if span[0] <= day < span[1]]
            filled += [(day, min([worth, *rooms]))] if rooms else []
        for span in windows:
            yield limit - _within(filled, span), [p for p in mine if span[0] <= naive.pieces[p[0]].day < span[1]]


def _within(found: list[tuple[date, int]], span: Span) -> int:
    return sum(points for day, points in found if span[0] <= day < span[1])


def minimums(naive: Naive) -> Iterator[tuple[str, int, list[Place]]]:
    """The points that each minimum still asks of this period, and what serves it."""
    for one in naive.rules["minimums"]:
        wanted = points_of(one["points"]) if "points" in one else int(naive.needed * number(one["percent"]) / 100)
        for span in spans(naive, one["window"].replace("rolling", "last"), []):
            earlier = _within(before(naive, one["select"]), span) if span[0] < naive.start else 0
            yield one["key"], max(0, wanted - earlier), places(naive, one["select"], span)


class Handed:
    """The points of each activity and the shortfalls, by one whole-number programme after the other."""

    def __init__(self, naive: Naive) -> None:
        self.naive, self.width = naive, 0
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("mip_rel_gap", 0.0)
        self.at = {place: self._column(naive.pieces[place[0]].points) for place in places(naive, {})}
        for position, piece in enumerate(naive.pieces):
            self._row(piece.points // naive.step, [(position, category) for category in piece.categories])
        for room, members in caps(naive):
            self._row(room // naive.step, members)
        self.wanted = list(minimums(naive))
        self.missing = [self._missing(points, members) for _, points, members in self.wanted]
        self.solution = self._solved()

    def _column(self, points: int) -> int:
        self.solver.addVar(0, points // self.naive.step)
        self.solver.changeColIntegrality(self.width, highspy.HighsVarType.kInteger)
        self.width += 1
        return self.width - 1

    def _row(self, limit: int, members: list[Place]) -> None:
        self._bound(-1e9, limit, [self.at[place] for place in members])

    def _bound(self, low: float, high: float, columns: list[int]) -> None:
        if columns:
            self.solver.addRow(low, high, len(columns), np.array(columns, dtype=np.int32), np.ones(len(columns)))

    def _missing(self, points: int, members: list[Place]) -> int:
        steps = -(-points // self.naive.step)
        column = self._column(steps * self.naive.step)
        self._bound(steps, 1e9, [column, *(self.at[place] for place in members)])
        return column

    def _best(self, columns: list[int], most: bool) -> None:
        """The largest or smallest sum of these, kept for good."""
        for column in range(self.width):
            self.solver.changeColCost(column, 0)
        for column in columns:
            self.solver.changeColCost(column, -1 if most else 1)
        self.solver.run()
        assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        value = round(sum(self.solver.getSolution().col_value[column] for column in columns))
        self._bound(*((value, 1e9) if most else (-1e9, value)), columns)

    def _solved(self) -> dict[Place, int]:
        if not self.at:
            return {}
        self._best(self.missing, most=False)
        self._best(list(self.at.values()), most=True)
        for position, piece in enumerate(self.naive.pieces):
            self._best([self.at[position, category] for category in piece.categories], most=True)
        found = self.solver.getSolution().col_value
        return {place: round(found[column]) * self.naive.step for place, column in self.at.items()}

    def by_activity(self) -> dict[str, int]:
        """Counted points by position of the activity; carried ones together."""
        positions = {id(one.values): str(one.place) for one in self.naive.activities}
        found: dict[str, int] = {}
        for (position, _), points in self.solution.items():
            key = positions.get(id(self.naive.pieces[position].activity), "carried")
            found[key] = found.get(key, 0) + points
        return {key: points for key, points in found.items() if points}

    def short(self) -> dict[str, Any]:
        """What the total is short of, and all minimums together."""
        counted = sum(self.solution.values())
        have = [sum(self.solution.get(place, 0) for place in members) for _, _, members in self.wanted]
        missing = sum(max(0, one[1] - points) for one, points in zip(self.wanted, have, strict=True))
        return {"total": max(0, self.naive.needed - counted), "minimums": missing}
