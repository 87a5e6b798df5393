"""The same best allocation where a corner of the programme would split a step: by branching on what is split."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .model import Model
from .problem import Problem
from .simplex import Budget, EntangledError, Simplex

# Branching is hardly ever needed, and then a few times. A limit keeps a hostile rule set from running on; beyond it
# the answer is rounded down, so that no cap is ever exceeded.
MOST_BRANCHES = 400

_Value = tuple[Fraction, ...]


@dataclass(frozen=True)
class _Bounds:
    """At least, and at most, so many steps for single variables."""

    least: tuple[tuple[int, int], ...] = ()
    most: tuple[tuple[int, int], ...] = ()


def whole_best(problem: Problem, model: Model, budget: Budget) -> list[int]:
    """Whole steps for each variable: goals, total, offers oldest first, categories in the order they are named."""
    search = _Search(model, budget)
    amounts = search.optimum([])
    closed: set[int] = set()
    for offer in problem.offers:
        index = model.lot_of.get(offer.number)
        if index is None or index in closed:
            continue
        variables = model.lots[index].variables
        want = search.promised[index] + offer.points // problem.step
        if sum(amounts[variable] for variable in variables) < want:
            amounts = search.optimum([variables])
            if sum(amounts[variable] for variable in variables) < want:
                closed.add(index)
        search.promised[index] = min(want, sum(amounts[variable] for variable in variables))
    return search.optimum(model.by_place()) if model.by_place() else amounts


class _Search:
    """Branch and bound over the programme, with what older offers were promised."""

    def __init__(self, model: Model, budget: Budget) -> None:
        self.model, self.budget = model, budget
        self.promised = [0] * len(model.lots)
        self.branches = 0
        self.known: list[int] = []  # the last answer, which keeps all promises

    def optimum(self, wishes: list[list[int]]) -> list[int]:
        """The best whole answer that keeps all promises; `wishes` are further objectives, the weightiest first."""
        found: tuple[_Value, list[int]] | None = None
        stack = [_Bounds()]
        while stack and self.branches < MOST_BRANCHES:
            self.branches += 1
            bounds = stack.pop()
            try:
                relaxed = self._relaxed(bounds, wishes)
            except EntangledError:
                if not found and not self.known:
                    raise
                break
            if relaxed is None or (found and relaxed[0] <= found[0]):
                continue
            value, values = relaxed
            split = next((index for index, amount in enumerate(values) if amount.denominator != 1), None)
            if split is None:
                found = (value, [int(amount) for amount in values])
                continue
            down = int(values[split])
            stack.append(_Bounds(bounds.least, (*bounds.most, (split, down))))
            stack.append(_Bounds((*bounds.least, (split, down + 1)), bounds.most))
        if found:
            self.known = found[1]
        elif not self.known:
            rounded = self._relaxed(_Bounds(), wishes)
            self.known = [int(amount) for amount in rounded[1]] if rounded else [0] * self.model.width
        return self.known

    def _relaxed(self, bounds: _Bounds, wishes: list[list[int]]) -> tuple[_Value, list[Fraction]] | None:
        """The optimum when steps may be split, or None where the bounds and promises leave nothing."""
        model = self.model
        rows, limits = model.rows()
        demands = [
            *((lot.variables, due) for lot, due in zip(model.lots, self.promised, strict=True) if due),
            *(([variable], least) for variable, least in bounds.least),
        ]
        whole = model.width + len(model.goals)
        width = whole + len(demands)
        for variable, most in bounds.most:
            rows.append({variable: 1})
            limits.append(most)
        for place, (variables, least) in enumerate(demands, whole):
            rows += [{place: 1, **dict.fromkeys(variables, -1)}, {place: 1}]
            limits += [0, least]
        simplex = Simplex(rows, limits, width, self.budget)
        simplex.maximise(range(whole, width), for_good=True)
        if sum(simplex.value(variable) for variable in range(whole, width)) < sum(least for _, least in demands):
            return None
        objectives = [model.reached, model.places, *wishes]
        for objective in objectives:
            simplex.maximise(objective, for_good=True)
        values = [simplex.value(variable) for variable in range(whole)]
        reached = tuple(sum((values[variable] for variable in one), Fraction(0)) for one in objectives)
        return reached, values[: model.width]
