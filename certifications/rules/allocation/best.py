"""The best allocation where caps cross or a piece may go to several categories.

Least short on the goals first, then the most points, then oldest first. Pieces that the caps cannot tell apart are one
*lot*, so the linear programme has a handful of variables however many activities there are. It is solved exactly and
in whole steps (hundredths, or whole points where the rules say so) by branching.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .problem import Constraint, Given, Problem, binding
from .simplex import Row, Simplex

# Branching is hardly ever needed; a limit keeps a hostile rule set from running on. Beyond it the answer is rounded
# down, so that no cap is ever exceeded.
MOST_BRANCHES = 300


@dataclass
class _Lot:
    """Offers with the same categories, caps and goals: together they are one supply."""

    variables: list[int]
    supply: int = 0
    closed: bool = False


@dataclass
class _Model:
    """The programme in steps. A variable is a lot in one category; caps and goals list their variables."""

    lots: list[_Lot] = field(default_factory=list)
    lot_of: dict[int, _Lot] = field(default_factory=dict)
    width: int = 0
    caps: list[tuple[int, list[int]]] = field(default_factory=list)
    goals: list[tuple[int, list[int]]] = field(default_factory=list)


_Bounds = tuple[tuple[int, int], ...]
_Found = tuple[tuple[Fraction, ...], list[int]]


def best(problem: Problem) -> Given:
    """The allocation itself; equal problems always give the same one."""
    model = _model(problem, binding(problem))
    taken = [0] * model.width
    spare = _optimum(model, taken, None)
    given: Given = {}
    for offer in problem.offers:
        lot = model.lot_of[offer.number]
        want = offer.points // problem.step
        if lot.closed or not want:
            continue
        if sum(spare[variable] for variable in lot.variables) < want:
            # Not in this optimum: is there another one, just as good, that has room for this older piece?
            spare = _optimum(model, taken, lot)
            lot.closed = sum(spare[variable] for variable in lot.variables) < want
        for category, variable in zip(offer.categories, lot.variables, strict=True):
            some = min(want, spare[variable])
            if some:
                given[offer.number, category] = some * problem.step
                want -= some
                taken[variable] += some
                spare[variable] -= some
    return given


def _model(problem: Problem, caps: Sequence[Constraint]) -> _Model:
    model = _Model()
    model.caps = [(cap.limit // problem.step, []) for cap in caps]
    model.goals = [(-(-goal.target // problem.step), []) for goal in problem.goals]
    lots: dict[tuple[object, ...], _Lot] = {}
    for offer in problem.offers:
        places = [(offer.number, category) for category in offer.categories]
        signs = [
            (
                tuple(index for index, cap in enumerate(caps) if place in cap.members),
                tuple(index for index, goal in enumerate(problem.goals) if place in goal.members),
            )
            for place in places
        ]
        sign = (offer.categories, *signs)
        if sign not in lots:
            variables = list(range(model.width, model.width + len(places)))
            model.width += len(places)
            lots[sign] = _Lot(variables)
            model.lots.append(lots[sign])
            for variable, (of_caps, of_goals) in zip(variables, signs, strict=True):
                for index in of_caps:
                    model.caps[index][1].append(variable)
                for index in of_goals:
                    model.goals[index][1].append(variable)
        lots[sign].supply += offer.points // problem.step
        model.lot_of[offer.number] = lots[sign]
    return model


def _optimum(model: _Model, taken: list[int], lot: _Lot | None) -> list[int]:
    """What each variable takes beyond `taken` in the best answer; `lot` is favoured among equally good ones."""
    found: _Found | None = None
    stack: list[tuple[_Bounds, _Bounds]] = [((), ())]
    for _ in range(MOST_BRANCHES):
        if not stack:
            break
        lower, upper = stack.pop()
        relaxed = _relaxed(model, taken, lot, lower, upper)
        if relaxed is None or (found and relaxed[0] <= found[0]):
            continue
        value, values = relaxed
        broken = next((index for index, amount in enumerate(values) if amount.denominator != 1), None)
        if broken is None:
            found = (value, [int(amount) for amount in values])
            continue
        down = int(values[broken]) + taken[broken]
        stack.append((lower, (*upper, (broken, down))))
        stack.append(((*lower, (broken, down + 1)), upper))
    else:
        if found is None and relaxed is not None:
            return [int(amount) for amount in relaxed[1]]
    return found[1] if found else [0] * model.width


def _relaxed(
    model: _Model, taken: list[int], lot: _Lot | None, lower: _Bounds, upper: _Bounds
) -> tuple[tuple[Fraction, ...], list[Fraction]] | None:
    """The optimum when steps may be split, or None where the bounds leave nothing."""
    base = list(taken)
    for variable, least in lower:
        base[variable] = max(base[variable], least)
    rows: list[Row] = []
    limits: list[int] = []
    width = model.width + len(model.goals)

    def at_most(variables: list[int], limit: int, goal: int | None = None) -> None:
        row = [0] * width
        for variable in variables:
            row[variable] = 1 if goal is None else -1
        if goal is not None:
            row[model.width + goal] = 1
        rows.append(row)
        have = sum(base[variable] for variable in variables)
        limits.append(limit - have if goal is None else limit + have)

    for one in model.lots:
        at_most(one.variables, one.supply)
    for limit, variables in model.caps:
        at_most(variables, limit)
    for variable, most in upper:
        at_most([variable], most)
    for index, (target, variables) in enumerate(model.goals):
        at_most(variables, 0, index)
        row = [0] * width
        row[model.width + index] = 1
        rows.append(row)
        limits.append(target)
    if min(limits, default=0) < 0:
        return None
    favoured = set(lot.variables) if lot else set()
    objectives = [[0] * model.width + [1] * len(model.goals), [1] * model.width + [0] * len(model.goals)]
    objectives.append([int(variable in favoured) for variable in range(width)])
    extra = Simplex(rows, limits, objectives).solve()
    values = [base[v] + extra[v] - taken[v] for v in range(model.width)]
    met = sum(extra[model.width :], Fraction(0))
    return (met, sum(values, Fraction(0)), sum((values[v] for v in favoured), Fraction(0))), values
