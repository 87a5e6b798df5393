"""Rules that can never be about anything are named."""

from typing import Any

import pytest

from certifications.rules.document import Document
from certifications.rules.parsing import read_toml
from certifications.rules.sense import contradictions
from tests.factories.certifications import RULES

CAP = {"key": "c", "name": "C", "points": 200}


def found(**changes: Any) -> list[tuple[str, str]]:
    raw = read_toml(RULES)
    for part, rows in changes.items():
        raw[part] = [*raw.get(part, []), *rows]
    return contradictions(Document.model_validate(raw))


def test_a_selector_of_categories_in_which_nothing_counts_is_named() -> None:
    empty = {"key": "empty", "name": "Empty"}
    inner = {"key": "inner", "name": "Inner", "parent": "learning"}
    assert found(categories=[empty], caps=[CAP | {"select": {"category": "empty"}}]) == [
        ("caps.1.select.category", "selects nothing: no kind of activity counts in 'empty'")
    ]
    assert found(categories=[inner], caps=[CAP | {"select": {"category": ["learning"]}}]) == []
    assert found(categories=[inner], caps=[CAP | {"select": {"category": ["inner"]}}]) != []


def test_a_selector_of_kinds_that_nothing_takes_is_named() -> None:
    assert found(caps=[CAP | {"select": {"kind": "exam"}}]) == [
        ("caps.1.select.kind", "selects nothing: nothing logged as 'exam' counts")
    ]
    assert found(caps=[CAP | {"select": {"kind": ["exam", "class"]}}]) == []
    assert found(minimums=[{"key": "e", "name": "E", "times": 1, "select": {"kind": "exam"}}]) == []


@pytest.mark.parametrize(
    ("when", "wrong"),
    [
        ([{"fact": "level", "is": "I"}, {"fact": "level", "is": "II"}], True),
        ([{"fact": "level", "is": "I"}, {"fact": "level", "one_of": ["II", "III"]}], True),
        ([{"fact": "level", "one_of": ["I"]}, {"fact": "level", "one_of": ["II"]}], True),
        ([{"fact": "period-number", "at_least": 3, "less_than": 3}], True),
        ([{"fact": "period-number", "at_least": 3}, {"fact": "period-number", "less_than": 2}], True),
        ([{"fact": "awarded", "on_or_after": "2020-01-01", "before": "2019-01-01"}], True),
        ([{"fact": "level", "is": "I"}, {"fact": "period-number", "at_least": 2, "less_than": 4}], False),
        ([{"fact": "level", "is": "I"}, {"fact": "level", "one_of": ["I", "II"]}], False),
    ],
)
def test_conditions_that_exclude_each_other_are_named(when: list[dict[str, Any]], wrong: bool) -> None:
    paths = [path for path, _ in found(caps=[CAP | {"when": when}])]
    assert paths == (["caps.1.when"] if wrong else [])
