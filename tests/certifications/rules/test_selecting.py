"""Selectors: dimensions joined by "and", values of one of them by "or"."""

from __future__ import annotations

from typing import Any

import pytest

from certifications.rules.document import Condition, Select
from certifications.rules.selecting import selects
from certifications.rules.sense import descendants
from tests.certifications.rules.generating import document, entry

TREE = descendants(
    document(
        categories=[
            {"key": "a", "name": "A"}, {"key": "b", "name": "B", "parent": "a"}, {"key": "c", "name": "C"},
        ]
    ).categories
)  # fmt: skip
TALK = entry(
    kind="teaching", type="talk", format="live-online", role="instructor", reach="local",
    topics=frozenset({"ethics", "law"}), shared=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("select", "meant"),
    [
        ({}, True),
        ({"category": "b"}, True),
        ({"category": "a"}, True),  # what is below it is included
        ({"category": ["c", "a"]}, True),
        ({"category": "c"}, False),
        ({"kind": ["class", "teaching"]}, True),
        ({"kind": "class"}, False),
        ({"type": "talk"}, True),
        ({"type": "book"}, False),
        ({"format": "live-online"}, True),
        ({"format": "nano"}, False),
        ({"role": "instructor"}, True),
        ({"role": "author"}, False),
        ({"reach": "local"}, True),
        ({"reach": "national"}, False),
        ({"topic": ["tax", "ethics"]}, True),
        ({"topic": "tax"}, False),
        ({"shared": True}, True),
        ({"shared": False}, False),
        ({"carried": False}, True),
        ({"carried": True}, False),
        ({"kind": "teaching", "topic": "tax"}, False),
        ({"kind": "teaching", "except": {"topic": "law"}}, False),
        ({"kind": "teaching", "except": {"topic": "tax"}}, True),
        ({"except": {"category": "a"}}, False),
    ],
)
def test_which_claims_a_selector_means(select: dict[str, Any], meant: bool) -> None:
    assert selects(Select.model_validate(select), TALK, "b", TREE) is meant


@pytest.mark.parametrize(
    ("condition", "facts", "holds"),
    [
        ({"is": True}, {"f": True}, True),
        ({"is": True}, {"f": False}, False),
        ({"is": True}, {}, False),
        ({"is": False}, {}, True),  # nobody asked: it is not so
        ({"is": False}, {"f": True}, False),
        ({"is": "II"}, {"f": "II"}, True),
        ({"one_of": ["II", "III"]}, {"f": "III"}, True),
        ({"one_of": ["2"]}, {"f": 2}, True),
        ({"at_least": 3}, {"f": 3}, True),
        ({"at_least": 3}, {"f": 2}, False),
        ({"at_least": 3}, {"f": "many"}, False),
        ({"at_least": 1}, {"f": True}, False),  # yes is no number
        ({"less_than": 3}, {"f": 3}, False),
        ({"at_least": 1, "less_than": 3}, {"f": 2}, True),
        ({"every": 3}, {"f": 6}, True),
        ({"every": 3}, {"f": 7}, False),
        ({"every": 2, "remainder": 1}, {"f": 7}, True),
        ({"before": "2011-01-01"}, {"f": "2010-12-31"}, True),
        ({"before": "2011-01-01"}, {"f": "2011-01-01"}, False),
        ({"on_or_after": "2011-01-01"}, {"f": "2011-01-01"}, True),
        ({"on_or_after": "2011-01-01", "before": "2012-01-01"}, {"f": "2012-01-01"}, False),
        ({"before": "2011-01-01"}, {"f": "soon"}, False),
        ({"before": "2011-01-01"}, {"f": 2010}, False),
        ({}, {"f": True}, False),
    ],
)
def test_conditions_on_facts(condition: dict[str, Any], facts: dict[str, Any], holds: bool) -> None:
    assert Condition.model_validate({"fact": "f"} | condition).holds(facts) is holds
