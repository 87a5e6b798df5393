"""Our allocation beside an outside solver, and beside trying every answer there is.

`python -m bench.prove_allocation` does the same on 10,000 problems.
"""

from __future__ import annotations

import random

import pytest

from certifications.rules.allocation import Offer, Problem, allocate, proven
from certifications.rules.allocation.best import best
from certifications.rules.allocation.model import model_of
from certifications.rules.allocation.simplex import Budget
from certifications.rules.allocation.whole import whole_best
from tests.certifications.rules.problems import (
    broken,
    by_highs,
    by_trying,
    odd_problem,
    problem,
    tree_problem,
    value,
)

SEEDS = range(250)


@pytest.mark.parametrize("start", range(0, len(SEEDS), 50))
def test_crossing_caps_reach_what_the_solver_reaches(start: int) -> None:
    for seed in SEEDS[start : start + 50]:
        asked = problem(random.Random(seed), step=100 if seed % 5 == 0 else 1)
        given = allocate(asked)

        assert not broken(asked, given), seed
        assert value(asked, given) == by_highs(asked), seed


@pytest.mark.parametrize("start", range(0, len(SEEDS), 50))
def test_nested_caps_reach_what_the_solver_reaches(start: int) -> None:
    for seed in SEEDS[start : start + 50]:
        asked = tree_problem(random.Random(seed))
        given = allocate(asked)

        assert not broken(asked, given), seed
        assert value(asked, given) == by_highs(asked), seed


def test_tiny_problems_equal_trying_everything_ties_included() -> None:
    for seed in range(400):
        rng = random.Random(seed)
        asked = problem(rng, most=3)
        offers = [Offer(one.number, min(one.points, 3), one.categories[:2]) for one in asked.offers]
        asked = Problem(offers, [_within(one, offers) for one in asked.constraints], asked.goals)
        given = allocate(asked)
        points = tuple(sum(given.get((o.number, name), 0) for name in o.categories) for o in offers)

        assert (value(asked, given), points) == by_trying(asked), seed


def _within(constraint, offers):  # type: ignore[no-untyped-def]
    """The same cap, small enough to refuse something."""
    places = {(offer.number, name) for offer in offers for name in offer.categories}
    limit = constraint.limit % 5
    return type(constraint)(constraint.key, limit, constraint.members & places, constraint.rank)


@pytest.mark.parametrize(
    "seeds", [range(150), pytest.param(range(150, 600), marks=pytest.mark.thorough)], ids=["some", "more"]
)
def test_half_points_are_never_given_and_the_best_whole_ones_are(seeds: range) -> None:
    for seed in seeds:
        asked = odd_problem(random.Random(seed))
        given = allocate(asked)
        points = tuple(given.get((offer.number, "a"), 0) for offer in asked.offers)

        assert (value(asked, given), points) == by_trying(asked), seed
        assert sum(whole_best(asked, model_of(asked), Budget(1_000_000))) == sum(points), seed  # branching alone


def test_both_ways_of_computing_give_the_same_points_to_each_piece() -> None:
    both = 0
    for seed in range(400):
        asked = tree_problem(random.Random(seed))
        greedy = proven(asked)
        if greedy is not None:
            both += 1
            assert greedy == best(asked), seed
    assert both > 200


def test_date_order_takes_pieces_as_they_come() -> None:
    for seed in range(200):
        asked = problem(random.Random(seed))
        given = allocate(asked, date_order=True)

        assert not broken(asked, given)
        for place in range(len(asked.offers)):  # what comes later takes nothing from what came before
            before = Problem(asked.offers[:place], asked.constraints, asked.goals, asked.step)
            numbers = {offer.number for offer in before.offers}
            assert allocate(before, date_order=True) == {key: given[key] for key in given if key[0] in numbers}
        assert value(asked, given)[1] <= by_highs(Problem(asked.offers, asked.constraints, []))[1]
