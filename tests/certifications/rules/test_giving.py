"""Which categories get the points: minimums first, then the total, then oldest first; spread and focus where asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from certifications.rules import giving
from certifications.rules.counting import count
from certifications.rules.dates import add_months
from certifications.rules.document import Document
from certifications.rules.results import Outcome
from tests.certifications.rules.generating import case, document, entry

FREE = {"key": "free", "name": "Free", "kind": "class", "category": ["a", "b", "c"], "points": 1}


def rules(**parts: Any) -> Document:
    return document(**({"kinds": [FREE]} | parts))


def split(outcome: Outcome) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in outcome.lines:
        for key, points in line.by_category:
            found[key] = found.get(key, 0) + points // 100
    return found


def least(key: str, points: int, **parts: Any) -> dict[str, Any]:
    return {"key": f"least-{key}", "name": key, "select": {"category": key}, "points": points} | parts


def test_without_wishes_the_first_category_is_taken() -> None:
    assert split(count(rules(), case(entry(amount=9)))) == {"a": 9}


def test_minimums_pull_points_where_they_are_missing() -> None:
    outcome = count(rules(minimums=[least("b", 3), least("c", 4)]), case(entry(amount=9)))
    assert split(outcome) == {"a": 2, "b": 3, "c": 4}
    assert outcome.compliant


def test_minimums_come_before_the_total() -> None:
    """An hour that fills a minimum may stand under two caps and cost two others."""
    crossing = document(
        kinds=[
            {"key": "t", "name": "T", "kind": "teaching", "category": ["a"], "points": 1},
            {"key": "c", "name": "C", "kind": "class", "category": ["a"], "points": 1},
        ],
        caps=[
            {"key": "teaching", "name": "Teaching", "select": {"kind": "teaching"}, "points": 10},
            {"key": "soft", "name": "Soft", "select": {"topic": "soft"}, "points": 10},
        ],
        minimums=[{"key": "law", "name": "Law", "select": {"topic": "law"}, "points": 4}],
    )
    soft = frozenset({"soft"})
    others = [entry("1", amount=10, kind="teaching"), entry("2", date(2024, 7, 1), amount=10, topics=soft)]
    law = entry("3", date(2024, 8, 1), amount=4, kind="teaching", topics=soft | {"law"})

    assert count(crossing, case(*others)).counted == 2000
    outcome = count(crossing, case(*others, law))
    assert outcome.counted == 1600
    assert outcome.compliant


def test_recommended_minimums_pull_nothing() -> None:
    assert split(count(rules(minimums=[least("b", 3, advisory=True)]), case(entry(amount=9)))) == {"a": 9}


def test_date_order_pulls_nothing_either() -> None:
    in_order = rules(minimums=[least("b", 3)], allocation="date-order")
    assert split(count(in_order, case(entry(amount=9)))) == {"a": 9}


SPREAD = [{"key": "spread", "name": "Two categories", "categories": 2}]


def test_a_point_is_moved_where_two_categories_are_asked_for() -> None:
    outcome = count(rules(minimums=SPREAD), case(entry(amount=9)))
    assert split(outcome) == {"a": 8, "b": 1}
    assert outcome.compliant


def test_less_than_a_point_is_shared_out_where_two_categories_are_asked_for() -> None:
    spread = {"key": "spread", "name": "Spread", "categories": 2}
    halves = (entry("1", amount="0.5"), entry("2", amount="0.25"))
    outcome = count(rules(minimums=[spread]), case(*halves))
    assert outcome.compliant
    assert outcome.counted == 75


def test_a_full_combined_cap_makes_room_for_a_second_category() -> None:
    fixed = [FREE | {"category": ["a"]}, {"key": "t", "name": "T", "kind": "teaching", "category": ["b"], "points": 1}]
    combined = [{"key": "both", "name": "Both", "select": {"category": ["a", "b"]}, "points": 15}]
    tight = rules(kinds=fixed, caps=combined, minimums=SPREAD)
    outcome = count(tight, case(entry("1", amount=15), entry("2", date(2025, 1, 1), amount=5, kind="teaching")))
    assert split(outcome) == {"a": 14, "b": 1}
    assert outcome.compliant


def test_where_spreading_cannot_help_nothing_is_moved() -> None:
    three = rules(minimums=[{"key": "spread", "name": "Four", "categories": 4}])
    outcome = count(three, case(entry(amount=9)))
    assert split(outcome) == {"a": 9}
    assert not outcome.compliant


def test_spreading_never_breaks_what_holds() -> None:
    tight = rules(
        need={"points": 10},
        caps=[{"key": "b", "name": "B", "select": {"category": ["b", "c"]}, "points": 0}],
        minimums=SPREAD,
    )
    outcome = count(tight, case(entry(amount=10)))
    assert split(outcome) == {"a": 10}
    assert [one.key for one in outcome.shortfalls] == ["spread"]


def test_named_categories_may_be_asked_for() -> None:
    some = rules(minimums=[{"key": "spread", "name": "B or C", "select": {"category": ["b", "c"]}, "categories": 2}])
    outcome = count(some, case(entry(amount=9)))
    assert split(outcome) == {"a": 7, "b": 1, "c": 1}


def test_all_in_one_category_where_that_is_asked_for() -> None:
    one = {
        "key": "one",
        "name": "One subject",
        "points": 8,
        "in_one_category": True,
        "select": {"category": ["b", "c"]},
    }
    outcome = count(rules(minimums=[one]), case(entry(amount=9)))
    assert split(outcome)["b"] >= 8
    assert outcome.compliant
    assert not count(rules(minimums=[one]), case(entry(amount=7))).compliant


def test_in_one_category_each_year_is_looked_for_in_that_year() -> None:
    one = {"key": "one", "name": "One subject", "points": 8, "in_one_category": True, "window": "calendar-year",
           "select": {"category": ["b", "c"]}}  # fmt: skip
    entries = [entry(str(year), date(year, 6, 1), 8) for year in (2024, 2025, 2026)]
    found = count(rules(minimums=[one]), case(*entries, months=33))
    assert found.compliant
    assert [one.key for one in found.requirements] == ["one-2024", "one-2025", "one-2026"]


def test_a_spread_in_very_many_windows_is_tried_only_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    allocated = giving.allocate

    def allocate(*args: Any, **named: Any) -> Any:
        tried.append(1)
        return allocated(*args, **named)

    monkeypatch.setattr(giving, "allocate", allocate)
    every = {"key": "m", "name": "M", "categories": 3, "window": "each-1-months"}
    entries = [entry(str(month), add_months(date(2024, 4, 2), month), 1) for month in range(36)]
    cap = {"key": "cap", "name": "Cap", "points": 1, "window": "each-1-months"}
    assert not count(rules(minimums=[every], caps=[cap]), case(*entries)).compliant
    assert len(tried) <= giving.MOST_TRIES + 1


def test_the_oldest_count_first_whatever_the_category() -> None:
    tight = rules(caps=[{"key": "all", "name": "All", "points": 10}])
    entries = [entry(str(year), date(year, 6, 1), 6) for year in (2026, 2024, 2025)]
    lines = {line.key: line.counted // 100 for line in count(tight, case(*entries)).lines}
    assert lines == {"2024": 6, "2025": 4, "2026": 0}
