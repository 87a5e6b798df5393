"""Caps in their windows: what they limit, and that nothing gets past them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from certifications.rules.cases import Entry
from certifications.rules.counting import count
from certifications.rules.document import Document
from tests.certifications.rules.generating import case, document, entry

KINDS = [
    {"key": "class", "name": "Class", "kind": "class", "category": ["a"], "points": 1},
    {"key": "talk", "name": "Talk", "kind": "teaching", "category": ["b"], "points": 1},
]


def rules(*caps: dict[str, Any], **parts: Any) -> Document:
    made = [{"key": f"cap-{place}", "name": f"Cap {place}"} | cap for place, cap in enumerate(caps)]
    return document(**({"kinds": KINDS, "caps": made} | parts))


def counted(document: Document, *entries: Entry, **parts: Any) -> int:
    return count(document, case(*entries, **parts)).counted // 100


SIX = [
    entry("1", date(2024, 6, 1), 6), entry("2", date(2024, 6, 1), 4), entry("3", date(2025, 1, 10), 6),
    entry("4", date(2025, 6, 1), 5, kind="teaching"), entry("5", date(2026, 6, 1), 7, format="on-demand"),
    entry("6", date(2027, 3, 31), 3, topics=frozenset({"ethics"})),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cap", "total"),
    [
        ({"points": 40}, 31),
        ({"points": 20}, 20),
        ({"points": 0}, 0),
        ({"select": {"category": "a"}, "points": 10}, 15),
        ({"select": {"category": ["a", "b"]}, "points": 10}, 10),
        ({"select": {"kind": "teaching"}, "points": 2}, 28),
        ({"select": {"format": "on-demand"}, "points": 2}, 26),
        ({"select": {"topic": "ethics"}, "points": 1}, 29),
        ({"select": {"except": {"topic": "ethics"}}, "points": 20}, 23),
        ({"window": "day", "points": 8}, 29),
        ({"window": "activity", "points": 5}, 27),
        ({"window": "year", "points": 10}, 25),  # 16, 5, 10 in the three years
        ({"window": "calendar-year", "points": 10}, 30),  # 10, 11, 7, 3
        ({"window": "last-12-months", "points": 4}, 25),
        ({"window": "first-12-months", "points": 4}, 19),
        ({"window": "rolling-9-months", "points": 12}, 27),  # June 2024 to February 2025 hold 16
        ({"window": "each-18-months", "points": 15}, 25),  # 21 and 10
        ({"window": "ever", "points": 30}, 30),
        ({"percent": 50}, 20),  # of the 40 needed
    ],
)
def test_a_cap_in_its_window(cap: dict[str, Any], total: int) -> None:
    assert counted(rules(cap, need={"points": 40}), *SIX, as_of=date(2027, 3, 31)) == total


@pytest.mark.parametrize(("percent", "points"), [("100/3", 1200), (Decimal("12.5"), 450), (0, 0), (100, 3100)])
def test_a_cap_in_percent_is_exact(percent: Any, points: int) -> None:
    assert count(rules({"percent": percent}, need={"points": 36}), case(*SIX)).counted == points


def test_caps_nest() -> None:
    both = rules({"window": "year", "points": 8}, {"points": 20})
    assert counted(both, *SIX) == 20
    assert counted(rules({"window": "year", "points": 5}, {"points": 20}), *SIX) == 15


def test_a_cap_of_some_holders() -> None:
    some = rules({"points": 5, "when": [{"fact": "part-time", "is": True}]})
    assert counted(some, *SIX, facts={"part-time": True}) == 5
    assert counted(some, *SIX) == 31


def test_a_cap_that_begins_and_ends() -> None:
    assert counted(rules({"points": 0, "applies_from": "2026-01-01"}), *SIX) == 21
    assert counted(rules({"points": 0, "applies_until": "2025-01-10"}), *SIX) == 21
    window = rules({"points": 3, "applies_from": "2025-01-01", "applies_until": "2026-01-01"})
    assert counted(window, *SIX) == 23


def test_a_share_of_what_is_needed_moves_with_the_need() -> None:
    half = rules({"select": {"kind": "teaching"}, "percent": 50}, need={"points": 8})
    assert counted(half, SIX[3]) == 4
    prorated = rules(
        {"select": {"kind": "teaching"}, "percent": 50},
        need={"points": 80, "first_period": {"block_months": 36, "block_points": 4}},
    )
    assert counted(prorated, SIX[3], facts={"first-period": True}) == 2


@pytest.mark.parametrize(("other", "total"), [(0, 0), (4, 8), (5, 10), (50, 55)])
def test_a_share_of_what_counts_in_the_end(other: int, total: int) -> None:
    """Half of the hours submitted may be shared: so many as there are others."""
    half = rules({"select": {"kind": "teaching"}, "percent": 50, "percent_of": "counted"})
    entries = [entry("1", amount=5, kind="teaching")] + [entry("2", amount=other)] * bool(other)
    assert counted(half, *entries) == total


def test_a_share_of_a_share() -> None:
    quarter = rules(
        {"select": {"kind": "teaching"}, "percent": 25, "percent_of": "counted"},
        {"select": {"kind": "class"}, "points": 9},
    )
    outcome = count(quarter, case(entry("1", amount=20), entry("2", date(2025, 1, 1), amount=20, kind="teaching")))
    assert outcome.counted == 1200  # 9 and 3: a quarter of 12
    assert {one.limit for one in outcome.caps} == {900, 300}


def test_crossing_caps_give_the_most_there_is() -> None:
    crossing = rules({"select": {"kind": "teaching"}, "points": 10}, {"select": {"topic": "soft"}, "points": 10})
    soft = frozenset({"soft"})
    both = entry("1", date(2024, 5, 1), 10, kind="teaching", topics=soft)
    others = [entry("2", date(2024, 6, 1), 10, kind="teaching"), entry("3", date(2024, 7, 1), 10, topics=soft)]
    assert counted(crossing, both, *others) == 20
    in_order = rules(
        {"select": {"kind": "teaching"}, "points": 10}, {"select": {"topic": "soft"}, "points": 10},
        allocation="date-order",
    )  # fmt: skip
    assert counted(in_order, both, *others) == 10


def test_rolling_months_begin_with_what_the_cap_is_about() -> None:
    talks = {"select": {"category": "b"}, "window": "rolling-12-months", "points": 6}
    entries = [
        entry("0", date(2024, 5, 1), 3),
        entry("1", date(2024, 9, 1), 4, kind="teaching"),
        entry("2", date(2025, 3, 1), 4, kind="teaching"),
    ]
    outcome = count(rules(talks), case(*entries))
    [loss] = [loss for line in outcome.lines for loss in line.losses]
    assert loss.text == "B counts up to 6 from 1 Sep 2024 to 31 Aug 2025. You are at 6."
