"""Our exact allocation beside HiGHS on random problems: `python -m bench.prove_allocation [how many]`.

Half of the problems have nested caps, half caps that cross, with pieces that may go to several categories or that would
best be split in half. HiGHS solves them as integer programmes with no gap allowed. Exit code 1 if one answer differs.
"""

from __future__ import annotations

import random
import sys
from time import perf_counter

from certifications.rules.allocation import Problem, allocate, proven
from certifications.rules.allocation.best import best
from tests.certifications.rules.problems import broken, by_highs, odd_problem, problem, tree_problem, value


def _asked(rng: random.Random, seed: int) -> Problem:
    if seed % 2 == 0:
        return tree_problem(rng)
    return odd_problem(rng) if seed % 10 == 1 else problem(rng, step=rng.choice([1, 1, 100]))


def prove(number: int) -> int:
    """Compare so many problems; returns how many differ."""
    ours = theirs = 0.0
    different = both = 0
    for seed in range(number):
        rng = random.Random(seed)
        asked = _asked(rng, seed)
        begun = perf_counter()
        given = allocate(asked)
        ours += perf_counter() - begun
        begun = perf_counter()
        wanted = by_highs(asked)
        theirs += perf_counter() - begun
        wrong = broken(asked, given) or value(asked, given) != wanted
        greedy = proven(asked)
        if greedy is not None and all(len(offer.categories) == 1 for offer in asked.offers):
            both += 1
            wrong = wrong or greedy != best(asked)
        if wrong:
            different += 1
            print(f"seed {seed}: ours {value(asked, given)}, HiGHS {wanted}, {broken(asked, given)}")
    print(f"{number:,} problems, {different} different; ours {ours / number * 1000:.2f} ms a problem, ", end="")
    print(f"HiGHS {theirs / number * 1000:.2f} ms; {both:,} computed both ways with the same ties.")
    return different


if __name__ == "__main__":
    sys.exit(bool(prove(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)))
