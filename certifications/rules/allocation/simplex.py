"""An exact simplex on integers, for one objective after the other and for promises kept in between.

Every row stays integral by Edmonds' way of pivoting: all entries share one denominator, and each new entry is an
exact quotient. The steepest variable enters, lowest first among equals; where that makes no headway for long, Bland's
rule takes over, which ends every run. So equal problems give equal answers. Rows hold only what is not zero: in
allocation problems that is a handful of entries however many activities there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

Row = dict[int, int]  # by variable


class EntangledError(ValueError):
    """Caps that cross in more ways than can be worked out; no real rule set comes near."""

    def __init__(self) -> None:
        super().__init__("the caps cross in too many ways to be worked out")


@dataclass
class Budget:
    """How many entries of rows may still be changed; spent in the same way for equal problems."""

    left: int

    def spend(self, entries: int) -> None:
        """Raises EntangledError when nothing is left."""
        self.left -= entries
        if self.left < 0:
            raise EntangledError


class Simplex:
    """The points x >= 0 with A x <= b (b >= 0), held at a corner that is best so far.

    Variables are 0, 1, ... `width` - 1, then one for the slack of each row.
    """

    def __init__(self, rows: Sequence[Row], limits: Sequence[int], width: int, budget: Budget) -> None:
        self.budget = budget
        self.rows = [dict(row) for row in rows]
        self.limits = list(limits)
        self.row_of = {width + place: place for place in range(len(self.rows))}  # the rows of variables above zero
        self.names = list(range(width, width + len(self.rows)))  # the variable of each row
        self.frozen: set[int] = set()
        self.denominator = 1

    def maximise(self, variables: Iterable[int], *, for_good: bool = False) -> None:
        """Go to a corner where these variables sum up to the most; `for_good` never leaves that optimum again."""
        goal = self._reduced(set(variables))
        idle = 0
        while (enters := self._entering(goal, careful=idle > len(self.rows))) is not None:
            place = self._leaving(enters)
            if place is None:
                raise ValueError("unbounded")
            idle = 0 if self.limits[place] else idle + 1
            self._pivot(place, enters, goal)
        if for_good:
            self._freeze(goal)

    @property
    def is_whole(self) -> bool:
        """Whether every variable is a whole number at this corner."""
        return self.denominator == 1 or not any(limit % self.denominator for limit in self.limits)

    def value(self, variable: int) -> Fraction:
        """The value of a variable at this corner."""
        place = self.row_of.get(variable)
        return Fraction(0) if place is None else Fraction(self.limits[place], self.denominator)

    def whole(self, variable: int) -> int:
        """The value of a variable at a corner that is whole."""
        place = self.row_of.get(variable)
        return 0 if place is None else self.limits[place] // self.denominator

    def promise(self, variable: int, amount: int) -> None:
        """Take `amount` out of a variable: from now on it stands for what is left beyond that, and stays above zero."""
        if amount:
            self.limits[self.row_of[variable]] -= amount * self.denominator

    def _reduced(self, wanted: set[int]) -> Row:
        """The objective at this corner: below zero where a variable would raise it."""
        goal: Row = {}
        for variable in sorted(wanted):
            place = self.row_of.get(variable)
            if place is not None:
                for name, entry in self.rows[place].items():
                    goal[name] = goal.get(name, 0) + entry
            elif variable not in self.frozen:
                goal[variable] = goal.get(variable, 0) - self.denominator
        return {name: entry for name, entry in goal.items() if entry}

    def _freeze(self, goal: Row) -> None:
        """Drop the variables that would spoil the optimum: they stay zero."""
        self.frozen.update(goal)
        for row in self.rows:
            for name in goal.keys() & row.keys():
                del row[name]

    def _entering(self, goal: Row, *, careful: bool) -> int | None:
        gains = [(0 if careful else cost, name) for name, cost in goal.items() if cost < 0]
        return min(gains)[1] if gains else None

    def _leaving(self, enters: int) -> int | None:
        best = None
        for place, row in enumerate(self.rows):
            entry = row.get(enters, 0)
            if entry <= 0:
                continue
            if best is None:
                best = place
                continue
            left = self.limits[place] * self.rows[best][enters]
            right = self.limits[best] * entry
            if left < right or (left == right and self.names[place] < self.names[best]):
                best = place
        return best

    def _pivot(self, place: int, enters: int, goal: Row) -> None:
        pivot_row, limit, leaves = self.rows[place], self.limits[place], self.names[place]
        pivot, old = pivot_row.pop(enters), self.denominator
        changed = 0
        for other, row in enumerate(self.rows):
            if other == place:
                continue
            factor = row.pop(enters, 0)
            if factor:
                self.limits[other] = (pivot * self.limits[other] - factor * limit) // old
                changed += 1
            elif pivot != old:
                self.limits[other] = pivot * self.limits[other] // old
            _change(row, pivot_row, factor, pivot, old, leaves)
        self.budget.spend(len(self.rows) + changed * len(pivot_row))
        _change(goal, pivot_row, goal.pop(enters, 0), pivot, old, leaves)
        pivot_row[leaves] = old
        self.denominator = pivot
        self.names[place] = enters
        self.row_of[enters] = place
        del self.row_of[leaves]


def _change(row: Row, pivot_row: Row, factor: int, pivot: int, old: int, leaves: int) -> None:
    """One row after a pivot: (pivot * row - factor * pivot row) / old, exactly."""
    if pivot != old:
        for name in row.keys() - pivot_row.keys() if factor else tuple(row):
            row[name] = pivot * row[name] // old
    if not factor:
        return
    for name, entry in pivot_row.items():
        changed = (pivot * row.get(name, 0) - factor * entry) // old
        if changed:
            row[name] = changed
        else:
            row.pop(name, None)
    row[leaves] = -factor
