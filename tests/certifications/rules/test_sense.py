"""Contradictions: things that are right alone and senseless together, each named with its place."""

from __future__ import annotations

from typing import Any

import pytest

from certifications.rules.document import Document
from certifications.rules.sense import contradictions, descendants, strange_activities
from tests.certifications.rules.generating import document

CLASS = {"key": "class", "name": "Class", "kind": "class", "category": ["a"], "points": 1}
EXAMPLE = {"say": "One", "starts": "2024-01-01", "ends": "2025-12-31", "as_of": "2025-12-31", "expect": {}}


def cap(**parts: Any) -> dict[str, Any]:
    return {"key": "cap", "name": "Cap", "points": 10} | parts


def minimum(**parts: Any) -> dict[str, Any]:
    return (
        {"key": "least", "name": "Least"}
        | ({"points": 10} if not parts.keys() & {"percent", "fact", "times"} else {})
        | parts
    )


def test_a_document_that_makes_sense() -> None:
    assert contradictions(document()) == []


@pytest.mark.parametrize(
    ("parts", "path", "words"),
    [
        ({"categories": [{"key": "a", "name": "A"}] * 2}, "categories.1.key", "'a' is used twice"),
        ({"caps": [cap(), cap()]}, "caps.1.key", "used twice"),
        (
            {"categories": [{"key": "a", "name": "A"}, {"key": "carried", "name": "C"}]},
            "categories.1.key",
            "meaning of its own",
        ),
        ({"minimums": [minimum(key="total")]}, "minimums.0.key", "meaning of its own"),
        (
            {"alternatives": [{"key": "w", "name": "W", "minimums": [minimum(), minimum()]}]},
            "alternatives.0.minimums.1.key",
            "twice",
        ),
        (
            {"period": {"months": 12, "nested": [{"key": "n", "name": "N", "months": 1}] * 2}},
            "period.nested.1.key",
            "twice",
        ),
        ({"money": {"fees": [{"key": "f", "name": "F", "cents": 1}] * 2}}, "money.fees.1.key", "twice"),
        ({"categories": [{"key": "a", "name": "A", "parent": "z"}]}, "categories.0.parent", "there is no category 'z'"),
        (
            {"categories": [{"key": "a", "name": "A", "parent": "b"}, {"key": "b", "name": "B", "parent": "a"}]},
            "categories.0.parent",
            "its own ancestor",
        ),
        ({"kinds": [CLASS | {"category": ["z"]}]}, "kinds.0.category", "there is no category 'z'"),
        ({"caps": [cap(select={"category": "z"})]}, "caps.0.select.category", "no category"),
        ({"caps": [cap(select={"except": {"category": "z"}})]}, "caps.0.select.except.category", "no category"),
        ({"carry_over": {"arrives_as": "z"}}, "carry_over.arrives_as", "no category"),
        ({"carry_over": {"within_minimums": ["z"]}}, "carry_over.within_minimums", "there is no minimum 'z'"),
        (
            {
                "period": {
                    "months": 12,
                    "relief": [
                        {
                            "ends_from": "2020-01-01",
                            "ends_until": "2021-01-01",
                            "extra_months": 1,
                            "select": {"category": "z"},
                        }
                    ],
                }
            },
            "period.relief.0.select.category",
            "no category",
        ),
        ({"caps": [cap(source="S9")]}, "caps.0.source", "there is no source 'S9'"),
        ({"need": {"points": 1, "source": "S9"}}, "need.source", "no source"),
        (
            {"period_examples": [{"say": "P", "renewed_by": "exam", "expect": {}}]},
            "period_examples.0.renewed_by",
            "no event",
        ),
        ({"caps": [cap(when=[{"fact": "age", "at_least": 3}])]}, "caps.0.when.0", "no [[facts]] asks for 'age'"),
        ({"minimums": [minimum(fact="age", at_least=3)]}, "minimums.0", "no [[facts]] asks for 'age'"),
        ({"minimums": [minimum(for_each="areas")]}, "minimums.0", "no [[facts]] asks for 'areas'"),
        ({"caps": [cap(when=[{"fact": "level"}])]}, "caps.0.when.0", "asks nothing"),
        (
            {"caps": [cap(when=[{"fact": "period-number", "every": 2, "remainder": 2}])]},
            "caps.0.when.0.remainder",
            "below every",
        ),
        ({"events": [{"key": "e", "name": "E", "select": {}}]}, "events.0.select", "selects everything"),
        ({"period": {"never_ends": True, "months": 12}}, "period.never_ends", "has no months"),
        ({"period": {}}, "period.months", "is missing"),
        ({"period": {"months": 12, "ends": "fixed"}}, "period.fixed_end", "is missing"),
        ({"period": {"months": 12, "rolls_months": 12}}, "period.rolls_months", "belongs to rolling"),
        (
            {"period": {"months": 12, "window_months": 2, "window_closes_months": 2}},
            "period.window_closes_months",
            "before it opens",
        ),
        (
            {
                "period": {
                    "months": 12,
                    "relief": [{"ends_from": "2021-01-01", "ends_until": "2020-01-01", "extra_months": 1}],
                }
            },
            "period.relief.0.ends_until",
            "is before ends_from",
        ),
        ({"kinds": [CLASS | {"from": "2020-01-01", "until": "2020-01-01"}]}, "kinds.0.until", "is not after from"),
        (
            {"caps": [cap(applies_from="2020-01-01", applies_until="2019-01-01")]},
            "caps.0.applies_until",
            "is not after",
        ),
        ({"kinds": [CLASS, CLASS | {"key": "talk"}]}, "kinds.1", "never used: 'class' before it"),
        ({"kinds": [CLASS, CLASS | {"key": "ethics", "select": {"topic": "ethics"}}]}, "kinds.1", "never used"),
        ({"need": {"points": 5}, "kinds": []}, "kinds", "no kind of activity counts"),
        (
            {"need": {"points": 50}, "caps": [cap(select={"category": "a"})]},
            "need.points",
            "all caps together allow 10",
        ),
        (
            {"need": {"points": 50}, "caps": [cap(window="year")]},
            "need.points",
            "asks for 50, but all caps together allow 30",
        ),
        ({"minimums": [minimum(points=11)], "caps": [cap()]}, "minimums.0.points", "the cap 'Cap' allows only 10"),
        (
            {
                "minimums": [minimum(points=11, select={"category": "a"})],
                "caps": [cap(select={"category": ["a", "b"]})],
            },
            "minimums.0.points",
            "asks for 11, but the caps allow only 10",
        ),
        ({"minimums": [minimum(select={"category": "b"})]}, "minimums.0.points", "the caps allow only 0"),
        (
            {"minimums": [{"key": "m", "name": "M", "categories": 5}]},
            "minimums.0.categories",
            "more categories than there are",
        ),
        ({"examples": [EXAMPLE | {"ends": "2023-12-31"}]}, "examples.0.ends", "is before starts"),
        (
            {"examples": [EXAMPLE | {"activities": [{"on": "2024-02-01", "category": "z"}]}]},
            "examples.0.activities.0.category",
            "no category",
        ),
        (
            {"examples": [EXAMPLE | {"activities": [{"on": "2024-02-01", "since": "2024-03-01"}]}]},
            "examples.0.activities.0.since",
            "is after on",
        ),
        (
            {"examples": [EXAMPLE | {"activities": [{"on": "2024-02-01", "kind": "klass"}]}]},
            "examples.0.activities.0.kind",
            "'klass' is not a known word",
        ),
        (
            {
                "minimums": [{"key": "e", "name": "E", "times": 1, "select": {"topic": "ethics"}}],
                "examples": [EXAMPLE | {"activities": [{"on": "2024-02-01", "kind": "class", "topics": ["Ethic"]}]}],
            },
            "examples.0.activities.0.topics",
            "no rule looks for the topic 'Ethic'; did you mean ethics?",
        ),
        (
            {"examples": [EXAMPLE | {"activities": [{"on": "2024-02-01", "amount": 0}]}]},
            "examples.0.activities.0.amount",
            "above 0",
        ),
        (
            {"examples": [EXAMPLE | {"carried": [{"points": 1, "category": "z"}]}]},
            "examples.0.carried.0.category",
            "no category",
        ),
        (
            {"examples": [EXAMPLE | {"expect": {"by_category": {"z": 1}}}]},
            "examples.0.expect.by_category",
            "no category",
        ),
        (
            {"examples": [EXAMPLE | {"expect": {"not_counted": {"because": 1}}}]},
            "examples.0.expect.not_counted",
            "is no reason",
        ),
        (
            {"examples": [EXAMPLE | {"expect": {"excluded": [0]}}]},
            "examples.0.expect.excluded",
            "no activity at position 0",
        ),
    ],
)
def test_a_contradiction_is_named_with_its_place(parts: dict[str, Any], path: str, words: str) -> None:
    found = contradictions(document(**parts))
    assert any(where == path and words in what for where, what in found), found


@pytest.mark.parametrize(
    "parts",
    [
        {
            "need": {"points": 50},
            "caps": [cap(select={"category": "b"})],
            "kinds": [CLASS, CLASS | {"key": "b", "kind": "webinar", "category": ["b"]}],
        },
        {"need": {"points": 50}, "caps": [cap(when=[{"fact": "level", "is": "I"}])]},
        {"need": {"points": 50}, "caps": [cap()], "events": [{"key": "e", "name": "E", "select": {"kind": "exam"}}]},
        {"need": {"points": 30}, "caps": [cap(window="year")]},
        {
            "minimums": [minimum(select={"topic": "law"}, when=[{"fact": "level", "is": "I"}], points=90)],
            "caps": [cap()],
        },
        {"minimums": [minimum(points=30, tests="asked")], "caps": [cap()]},  # what was earned, caps aside
        {"kinds": [CLASS | {"select": {"topic": "ethics"}}, CLASS | {"key": "any"}]},
        {"kinds": [CLASS | {"until": "2020-01-01"}, CLASS | {"key": "any"}]},
        {"kinds": [CLASS, CLASS | {"key": "b", "category": ["b"]}]},
        {"examples": [EXAMPLE | {"expect": {"by_category": {"carried": 0}}}]},
        {"minimums": [{"key": "m", "name": "M", "item": "fee-paid"}]},
    ],
)
def test_what_only_looks_odd_is_let_through(parts: dict[str, Any]) -> None:
    assert contradictions(document(**parts)) == []


def test_every_contradiction_comes_at_once() -> None:
    rules = document(caps=[cap(source="S9", select={"category": "z"})], kinds=[CLASS | {"category": ["y"]}])
    assert len(contradictions(rules)) == 3


def test_what_is_below_a_category() -> None:
    rules: Document = document(
        categories=[
            {"key": "a", "name": "A"},
            {"key": "b", "name": "B", "parent": "a"},
            {"key": "c", "name": "C", "parent": "b"},
        ]
    )
    below = descendants(rules.categories)
    assert below == {"a": frozenset("abc"), "b": frozenset("bc"), "c": frozenset("c")}


def test_an_example_without_activities_is_not_strange() -> None:
    rules = document(examples=[EXAMPLE])
    assert list(strange_activities(rules, rules.examples[0])) == []
