"""An exact simplex on integers, for maximising several objectives one after the other.

Every row stays integral by Edmonds' way of pivoting: all entries share one denominator, and each new entry is an
exact quotient. Bland's rule (lowest index first) ends every run and makes equal problems give equal answers.
"""

from __future__ import annotations

from fractions import Fraction

Row = list[int]


class Simplex:
    """maximise c1.x, then c2.x among the best, ...; subject to A x <= b, x >= 0, with b >= 0."""

    def __init__(self, rows: list[Row], limits: list[int], objectives: list[Row]) -> None:
        self.width = len(rows[0]) if rows else len(objectives[0])
        self.height = len(rows)
        self.table = [[*row, limit] for row, limit in zip(rows, limits, strict=True)]
        self.table += [[*(-value for value in objective), 0] for objective in objectives]
        self.denominator = 1
        self.basic = list(range(self.width, self.width + self.height))
        self.outside = list(range(self.width))

    def solve(self) -> list[Fraction]:
        """The values of x at the lexicographic optimum."""
        for level in range(self.height, len(self.table)):
            while (column := self._entering(level)) is not None:
                row = self._leaving(column)
                if row is None:
                    raise ValueError("unbounded")
                self._pivot(row, column)
        values = [Fraction(0)] * self.width
        for row, name in enumerate(self.basic):
            if name < self.width:
                values[name] = Fraction(self.table[row][-1], self.denominator)
        return values

    def _entering(self, level: int) -> int | None:
        best = None
        goal, before = self.table[level], self.table[self.height : level]
        for column in range(self.width):
            if goal[column] >= 0 or any(row[column] for row in before):
                continue
            if best is None or self.outside[column] < self.outside[best]:
                best = column
        return best

    def _leaving(self, column: int) -> int | None:
        best = None
        for row in range(self.height):
            entry = self.table[row][column]
            if entry <= 0:
                continue
            if best is None:
                best = row
                continue
            left = self.table[row][-1] * self.table[best][column]
            right = self.table[best][-1] * entry
            if left < right or (left == right and self.basic[row] < self.basic[best]):
                best = row
        return best

    def _pivot(self, row: int, column: int) -> None:
        table, old = self.table, self.denominator
        pivot_row = table[row]
        pivot = pivot_row[column]
        for index, line in enumerate(table):
            factor = line[column]
            if index == row:
                continue
            if factor:
                table[index] = [(pivot * a - factor * b) // old for a, b in zip(line, pivot_row, strict=True)]
            elif pivot != old:
                table[index] = [pivot * a // old for a in line]
            table[index][column] = -factor
        pivot_row[column] = old
        self.denominator = pivot
        self.basic[row], self.outside[column] = self.outside[column], self.basic[row]
