"""The allocation problem as a linear programme in whole steps.

Pieces that the caps cannot tell apart are one *lot*, so the programme has a handful of variables however many
activities there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .problem import Constraint, Problem, binding
from .simplex import Row


@dataclass
class Lot:
    """Offers with the same categories, caps and goals: together they are one supply, a variable for each category."""

    variables: list[int]
    supply: int = 0


@dataclass
class Model:
    """The programme in steps: variables are lots in categories, then what is reached of each goal."""

    lots: list[Lot] = field(default_factory=list)
    lot_of: dict[int, int] = field(default_factory=dict)  # by number of the offer, the place of its lot
    width: int = 0
    caps: list[tuple[int, list[int]]] = field(default_factory=list)
    goals: list[tuple[int, list[int]]] = field(default_factory=list)

    @property
    def places(self) -> range:
        return range(self.width)

    @property
    def reached(self) -> range:
        """The variables that say how much of each goal is reached."""
        return range(self.width, self.width + len(self.goals))

    def by_place(self) -> list[list[int]]:
        """The variables of first-named categories, then of second-named ones and so on, the last left out."""
        several = [lot.variables for lot in self.lots if len(lot.variables) > 1]
        longest = max((len(variables) for variables in several), default=1)
        return [[v[place] for v in several if place < len(v)] for place in range(longest - 1)]

    def rows(self) -> tuple[list[Row], list[int]]:
        """Left and right sides of all "at most": supplies, caps, and goals no higher than what serves them."""
        rows: list[Row] = []
        limits: list[int] = []

        def at_most(limit: int, more: Sequence[int], less: Sequence[int] = ()) -> None:
            rows.append(dict.fromkeys(more, 1) | dict.fromkeys(less, -1))
            limits.append(limit)

        for lot in self.lots:
            at_most(lot.supply, lot.variables)
        for limit, variables in self.caps:
            at_most(limit, variables)
        for variable, (target, variables) in zip(self.reached, self.goals, strict=True):
            at_most(0, [variable], variables)
            at_most(target, [variable])
        return rows, limits


def model_of(problem: Problem) -> Model:
    """Put alike offers together and list the variables of each cap and goal."""
    caps = binding(problem)
    model = Model()
    model.caps = [(cap.limit // problem.step, []) for cap in caps]
    model.goals = [(-(-goal.target // problem.step), []) for goal in problem.goals]
    of_place = _memberships(caps, problem)
    places: dict[tuple[object, ...], int] = {}
    for offer in problem.offers:
        if offer.points < problem.step:
            continue
        signs = [of_place.get((offer.number, category), ((), ())) for category in offer.categories]
        sign = (offer.categories, *signs)
        if sign not in places:
            places[sign] = len(model.lots)
            model.lots.append(_new_lot(model, signs))
        model.lots[places[sign]].supply += offer.points // problem.step
        model.lot_of[offer.number] = places[sign]
    return model


_Signs = tuple[tuple[int, ...], tuple[int, ...]]


def _new_lot(model: Model, signs: list[_Signs]) -> Lot:
    lot = Lot(list(range(model.width, model.width + len(signs))))
    model.width += len(signs)
    for variable, (of_caps, of_goals) in zip(lot.variables, signs, strict=True):
        for index in of_caps:
            model.caps[index][1].append(variable)
        for index in of_goals:
            model.goals[index][1].append(variable)
    return lot


def _memberships(caps: Sequence[Constraint], problem: Problem) -> dict[tuple[int, str], _Signs]:
    """For each place, the caps and the goals it is in."""
    found: dict[tuple[int, str], tuple[list[int], list[int]]] = {}
    for index, cap in enumerate(caps):
        for place in cap.members:
            found.setdefault(place, ([], []))[0].append(index)
    for index, goal in enumerate(problem.goals):
        for place in goal.members:
            found.setdefault(place, ([], []))[1].append(index)
    return {place: (tuple(of_caps), tuple(of_goals)) for place, (of_caps, of_goals) in found.items()}
