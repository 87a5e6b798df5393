"""Oldest first, each piece taking what every cap still allows; and when that is provably the best."""

from __future__ import annotations

from collections.abc import Sequence

from .problem import Constraint, Given, Goal, Offer, Problem, binding, total


def oldest_first(
    offers: Sequence[Offer], constraints: Sequence[Constraint], step: int, *, spill: bool = False
) -> Given:
    """Give each offer, in its first category, as much as all caps leave; with `spill` the rest in others."""
    rooms = [constraint.limit - constraint.limit % step for constraint in constraints]
    of_place: dict[tuple[int, str], list[int]] = {}
    for index, constraint in enumerate(constraints):
        for place in constraint.members:
            of_place.setdefault(place, []).append(index)
    given: Given = {}
    for offer in offers:
        left = offer.points
        for category in offer.categories if spill else offer.categories[:1]:
            place = (offer.number, category)
            caps = of_place.get(place, ())
            points = min([left, *(rooms[index] for index in caps)])
            if points:
                given[place] = points
                left -= points
                for index in caps:
                    rooms[index] -= points
    return given


def proven(problem: Problem) -> Given | None:
    """The oldest-first answer if it is certainly the best, else None.

    It is when nothing is refused and every goal is met. It also is when caps form a tree (then oldest first already
    counts the most points, the greedy property of nested caps) and no goal could be served better: giving a goal's own
    pieces precedence reaches no more than they have now.
    """
    caps = binding(problem)
    given = oldest_first(problem.offers, caps, problem.step)
    unmet = [goal for goal in problem.goals if total(given, goal.members) < goal.target]
    if not unmet and sum(given.values()) == sum(offer.points for offer in problem.offers):
        return given
    if any(len(offer.categories) > 1 for offer in problem.offers) or not _nested(caps):
        return None
    return given if all(_at_its_best(problem, caps, given, goal) for goal in unmet) else None


def _nested(constraints: Sequence[Constraint]) -> bool:
    for index, one in enumerate(constraints):
        for other in constraints[index + 1 :]:
            common = len(one.members & other.members)
            if common and common < min(len(one.members), len(other.members)):
                return False
    return True


def _at_its_best(problem: Problem, caps: Sequence[Constraint], given: Given, goal: Goal) -> bool:
    own = [offer for offer in problem.offers if (offer.number, offer.categories[0]) in goal.members]
    best = sum(oldest_first(own, caps, problem.step).values())
    return total(given, goal.members) >= best
