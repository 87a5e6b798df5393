"""The allocation problem: pieces of points, caps over them, goals to reach. All numbers are hundredths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Place = tuple[int, str]  # a piece, in one of its categories


@dataclass(frozen=True)
class Constraint:
    """A cap in one window: at most `limit` over `members`. `rank` orders caps from narrow to wide."""

    key: str
    limit: int
    members: frozenset[Place]
    rank: tuple[int, int, int]


@dataclass(frozen=True)
class Goal:
    """A minimum in one window: as much of `target` as possible over `members`."""

    target: int
    members: frozenset[Place]


@dataclass(frozen=True)
class Offer:
    """Points of one piece, and the categories that could take them, best first."""

    number: int
    points: int
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """Offers stand oldest first; that order breaks every tie."""

    offers: Sequence[Offer]
    constraints: Sequence[Constraint]
    goals: Sequence[Goal]
    step: int = 1  # points may be split down to this many hundredths


Given = dict[Place, int]


def total(given: Given, members: frozenset[Place]) -> int:
    """Points given to these places."""
    return sum(points for place, points in given.items() if place in members)


def binding(problem: Problem) -> list[Constraint]:
    """The constraints that could refuse anything at all, narrow ones first."""
    offered = {offer.number: offer.points for offer in problem.offers}
    tight = [
        constraint
        for constraint in problem.constraints
        if sum(offered.get(number, 0) for number in {number for number, _ in constraint.members}) > constraint.limit
    ]
    return sorted(tight, key=lambda constraint: constraint.rank)
