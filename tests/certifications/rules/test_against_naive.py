"""The whole engine beside a second counter that knows nothing of it, on rules and cases drawn by lot."""

from __future__ import annotations

import random

import pytest

from certifications.rules.document import Document, Example
from certifications.rules.examples import answered
from certifications.rules.words import CAP_REASONS

from . import naive_cases
from .naive import Naive
from .naive_giving import Handed

BY_CAPS = {reason.value for reason in CAP_REASONS} - {"over activity cap"}


@pytest.mark.parametrize(
    "seeds",
    [range(50), range(50, 100), pytest.param(range(100, 900), marks=pytest.mark.thorough)],
    ids=["some", "others", "more"],
)
def test_both_count_the_same(seeds: range) -> None:
    for seed in seeds:
        rng = random.Random(seed)
        rules = naive_cases.document(rng)
        case = naive_cases.case(rng, rules)
        outcome, found = answered(
            Document.model_validate(rules), Example.model_validate(case | {"say": "By lot", "expect": {}}), judged=False
        )
        naive = Naive(rules, case)
        handed = Handed(naive)

        counted: dict[str, int] = {}
        for line in outcome.lines:
            if line.counted:
                key = line.key if line.key.isdigit() else "carried"
                counted[key] = counted.get(key, 0) + line.counted
        short = sum(one.short for one in outcome.requirements if one.key != "total")
        lost = {key: points for key, points in found["not_counted"].items() if key not in BY_CAPS}

        assert counted == handed.by_activity(), seed
        assert {"total": max(0, outcome.needed - outcome.counted), "minimums": short} == handed.short(), seed
        assert set(found["excluded"]) == naive.excluded, seed
        # One activity may lose points to a cap of its own and to its kind: both say "over activity cap".
        assert lost.pop("over activity cap", 0) >= naive.lost.pop("over activity cap", 0), seed
        assert lost == naive.lost, seed
        assert found["compliant"] == (not any(handed.short().values())), seed
