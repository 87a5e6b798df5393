"""Random allocation problems, and their optimum by an outside solver and by trying everything."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

import highspy
import numpy as np

from certifications.rules.allocation import Constraint, Given, Goal, Offer, Place, Problem, total


def problem(rng: random.Random, *, most: int = 9, step: int = 1) -> Problem:
    """Offers in one or several categories, under caps over any places (so they cross), with goals."""
    names = [f"c{number}" for number in range(rng.randint(1, 4))]
    several = rng.random() < 0.5
    offers = []
    for number in range(rng.randint(1, most)):
        width = min(rng.choice([1, 1, 2, 3]) if several else 1, len(names))
        offers.append(Offer(number, rng.randint(0, 12) * step, tuple(rng.sample(names, width))))
    places = [(offer.number, name) for offer in offers for name in offer.categories]
    constraints = [
        Constraint(f"cap {number}", rng.randint(0, 25 * step), _some(rng, places, 0.4), (0, 0, number))
        for number in range(rng.randint(0, 5))
    ]
    goals = [Goal(rng.randint(1, 15) * step, _some(rng, places, 0.3)) for _ in range(rng.randint(0, 3))]
    return Problem(offers, constraints, goals, step)


def tree_problem(rng: random.Random) -> Problem:
    """One category each, caps by category and year, by category, and over everything: they nest."""
    names = ["a", "b", "c"]
    offers = [Offer(number, rng.randint(1, 9), (rng.choice(names),)) for number in range(rng.randint(1, 12))]
    years = {offer.number: rng.randrange(3) for offer in offers}
    places = [(offer.number, offer.categories[0]) for offer in offers]
    groups = [[place for place in places if place[1] == name] for name in names]
    cells = [[place for place in group if years[place[0]] == year] for group in groups for year in range(3)]
    constraints = [
        Constraint(f"cap {number}", rng.randint(1, 20), frozenset(members), (number, 0, number))
        for number, members in enumerate([*cells, *groups, places])
        if rng.random() < 0.7
    ]
    goals = [Goal(rng.randint(1, 12), frozenset(rng.choice(groups))) for _ in range(rng.randint(0, 2))]
    return Problem(offers, constraints, goals)


def odd_problem(rng: random.Random) -> Problem:
    """Few points under small caps over two or three pieces each: the best corner is often half a point."""
    offers = [Offer(number, rng.randint(1, 4), ("a",)) for number in range(rng.randint(3, 6))]

    def members(width: int) -> frozenset[Place]:
        return frozenset((offer.number, "a") for offer in rng.sample(offers, width))

    constraints = [
        Constraint(f"cap {number}", rng.randint(1, 4), members(rng.randint(2, 3)), (number, 0, number))
        for number in range(rng.randint(3, 7))
    ]
    return Problem(offers, constraints, [Goal(rng.randint(1, 4), members(2)) for _ in range(rng.randint(0, 2))])


def _some(rng: random.Random, places: list[Place], share: float) -> frozenset[Place]:
    return frozenset(place for place in places if rng.random() < share)


def value(asked: Problem, given: Given) -> tuple[int, int]:
    """What an answer is worth: points on the goals, then points in all."""
    met = sum(min(goal.target, total(given, goal.members)) for goal in asked.goals)
    return met, sum(given.values())


def broken(asked: Problem, given: Given) -> list[str]:
    """What an answer does that it may not."""
    found = [one.key for one in asked.constraints if total(given, one.members) > one.limit]
    for offer in asked.offers:
        own = sum(given.get((offer.number, name), 0) for name in offer.categories)
        found += [f"offer {offer.number}"] if own > offer.points else []
    allowed = {(offer.number, name) for offer in asked.offers for name in offer.categories}
    return found + [str(place) for place, points in given.items() if place not in allowed or points % asked.step]


class _Model:
    """The problem for HiGHS: whole steps for every place, and what is reached of every goal."""

    def __init__(self, asked: Problem) -> None:
        self.asked = asked
        self.places = [(offer.number, name) for offer in asked.offers for name in offer.categories]
        self.index = {place: position for position, place in enumerate(self.places)}

    def solve(self, weights: list[int], floors: list[tuple[list[int], int]]) -> int:
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("mip_rel_gap", 0.0)
        width, step = len(self.places), self.asked.step
        for position in range(width):
            solver.addVar(0, 1e9)
            solver.changeColIntegrality(position, highspy.HighsVarType.kInteger)
        for goal in self.asked.goals:
            solver.addVar(0, -(-goal.target // step))
        for offer in self.asked.offers:
            self._row(solver, -1e9, offer.points // step, [(offer.number, name) for name in offer.categories])
        for cap in self.asked.constraints:
            self._row(solver, -1e9, cap.limit // step, list(cap.members))
        for number, goal in enumerate(self.asked.goals):
            columns = np.array([*(self.index[place] for place in goal.members), width + number], dtype=np.int32)
            values = np.array([-1.0] * len(goal.members) + [1.0])
            solver.addRow(-1e9, 0, len(columns), columns, values)
        for row, least in floors:
            columns = np.array([position for position, weight in enumerate(row) if weight], dtype=np.int32)
            values = np.array([float(row[position]) for position in columns])
            solver.addRow(least - 1e-6, 1e9, len(columns), columns, values)
        for position, weight in enumerate(weights):
            solver.changeColCost(position, -float(weight))
        solver.run()
        return round(-solver.getInfo().objective_function_value)

    def _row(self, solver: highspy.Highs, low: float, high: float, places: list[Place]) -> None:
        if places:
            columns = np.array([self.index[place] for place in places], dtype=np.int32)
            solver.addRow(low, high, len(columns), columns, np.ones(len(columns)))


def by_highs(asked: Problem) -> tuple[int, int]:
    """The best value by HiGHS: first the goals, then the total among those."""
    model = _Model(asked)
    width, goals = len(model.places), len(asked.goals)
    for_goals = [0] * width + [1] * goals
    for_total = [1] * width + [0] * goals
    met = model.solve(for_goals, []) if goals else 0
    counted = model.solve(for_total, [(for_goals, met)] if goals else [])
    reached = min(met * asked.step, sum(goal.target for goal in asked.goals))
    return reached, counted * asked.step


def by_trying(asked: Problem) -> tuple[tuple[int, int], tuple[int, ...]]:
    """The best value and, among all answers that reach it, the points of each offer, oldest favoured. Tiny problems."""
    best = max(
        (*value(asked, given), *(_of(given, offer) for offer in asked.offers))
        for given in _all(asked)
        if not broken(asked, given)
    )
    return best[:2], best[2:]


def _of(given: Given, offer: Offer) -> int:
    return sum(given.get((offer.number, name), 0) for name in offer.categories)


def _all(asked: Problem) -> Iterator[Given]:
    places = [(offer.number, name) for offer in asked.offers for name in offer.categories]
    points = {offer.number: offer.points for offer in asked.offers}
    for amounts in product(*(range(0, points[number] + 1, asked.step) for number, _ in places)):
        yield {place: amount for place, amount in zip(places, amounts, strict=True) if amount}
