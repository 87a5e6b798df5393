"""The best allocation where caps cross or a piece may go to several categories.

Least short on the goals first, then the most points, then oldest first, then the categories in the order a rule names
them. Solved exactly as a linear programme; where its corners are not whole steps, by branching (`whole.py`).
"""

from __future__ import annotations

from .model import Model, model_of
from .problem import Given, Problem
from .simplex import Budget, Simplex
from .whole import whole_best

# About a second. 300 activities under caps that cross by year and by kind spend less than a hundredth of it.
MOST_CHANGES = 2_000_000


class _NotWholeError(Exception):
    """A corner of the programme splits a step."""


def best(problem: Problem) -> Given:
    """The allocation itself; equal problems always give the same one. Raises EntangledError."""
    model, budget = model_of(problem), Budget(MOST_CHANGES)
    try:
        amounts = _Corners(model, budget).amounts(problem)
    except _NotWholeError:
        amounts = whole_best(problem, model, budget)
    return _handed_out(problem, model, amounts)


def _handed_out(problem: Problem, model: Model, amounts: list[int]) -> Given:
    """What each lot got in its categories, given to its offers oldest first."""
    left = list(amounts)
    given: Given = {}
    for offer in problem.offers:
        index = model.lot_of.get(offer.number)
        if index is None:
            continue
        want = offer.points // problem.step
        for category, variable in zip(offer.categories, model.lots[index].variables, strict=True):
            some = min(want, left[variable])
            if some:
                given[offer.number, category] = some * problem.step
                want -= some
                left[variable] -= some
    return given


class _Corners:
    """Walks from corner to corner of the programme: goals, total, then offer by offer."""

    def __init__(self, model: Model, budget: Budget) -> None:
        self.model = model
        rows, limits = model.rows()
        whole = model.width + len(model.goals)
        self.handles: list[int] = []  # a variable for the points each lot has beyond what it was promised
        for lot in model.lots:
            if len(lot.variables) == 1:
                self.handles.append(lot.variables[0])
                continue
            self.handles.append(whole + len(rows))
            rows.append(dict.fromkeys(lot.variables, -1))
            limits.append(0)
        self.simplex = Simplex(rows, limits, whole, budget)

    def amounts(self, problem: Problem) -> list[int]:
        """Steps for each variable, in the one best way there is up to equal categories."""
        model, simplex = self.model, self.simplex
        if model.goals:
            simplex.maximise(model.reached, for_good=True)
        simplex.maximise(model.places, for_good=True)
        promised = self._promised(problem)
        for variables in model.by_place():
            simplex.maximise(variables, for_good=True)
        self._check()
        amounts = [simplex.whole(variable) for variable in model.places]
        for lot, total in zip(model.lots, promised, strict=True):
            if len(lot.variables) == 1:
                amounts[lot.variables[0]] = total
        return amounts

    def _promised(self, problem: Problem) -> list[int]:
        """What each lot is given, its offers served oldest first without touching what older ones have."""
        self._check()
        model, simplex = self.model, self.simplex
        promised, closed = [0] * len(model.lots), set()
        for offer in problem.offers:
            index = model.lot_of.get(offer.number)
            if index is None or index in closed:
                continue
            want, handle = offer.points // problem.step, self.handles[index]
            if simplex.whole(handle) < want:
                # Not at this corner: is there another one, just as good, that has room for this older piece?
                simplex.maximise([handle])
                self._check()
                if simplex.whole(handle) < want:
                    closed.add(index)
            some = min(want, simplex.whole(handle))
            simplex.promise(handle, some)
            promised[index] += some
        return promised

    def _check(self) -> None:
        if not self.simplex.is_whole:
            raise _NotWholeError


__all__ = ["best"]
