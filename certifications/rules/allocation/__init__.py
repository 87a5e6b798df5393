"""Which points count where caps and minimums compete: the best for the holder, and proved."""

from __future__ import annotations

from .best import best
from .greedy import oldest_first, proven
from .problem import Constraint, Given, Goal, Offer, Place, Problem, binding, total
from .simplex import EntangledError


def allocate(problem: Problem, *, date_order: bool = False) -> Given:
    """Points (hundredths) given to each piece in each category.

    Least short on the goals first, then the most points, then oldest first; `date_order` takes pieces strictly as they
    come, each in the first of its categories that has room. Where caps form a tree this is one pass; where they cross,
    an exact linear programme.
    """
    if date_order:
        return oldest_first(problem.offers, binding(problem), problem.step, spill=True)
    given = proven(problem)
    return best(problem) if given is None else given


__all__ = ["Constraint", "EntangledError", "Given", "Goal", "Offer", "Place", "Problem", "allocate", "binding", "total"]
