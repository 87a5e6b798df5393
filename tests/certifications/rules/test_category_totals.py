"""The bars by category: counted, cap, over, room, and the cells of the years."""

from __future__ import annotations

from datetime import date
from typing import Any

from certifications.rules.counting import count
from certifications.rules.results import CategoryTotal
from tests.certifications.rules.generating import case, document, entry

TREE = [{"key": "a", "name": "A"}, {"key": "b", "name": "B", "parent": "a"}, {"key": "c", "name": "C"}]


def totals(
    caps: list[dict[str, Any]], *entries: Any, as_of: date = date(2026, 6, 1), **parts: Any
) -> dict[str, CategoryTotal]:
    made = [{"key": f"cap-{place}", "name": f"Cap {place}"} | cap for place, cap in enumerate(caps)]
    kinds = [
        {"key": "class", "name": "Class", "kind": "class", "category": ["b"], "points": 1},
        {"key": "talk", "name": "Talk", "kind": "teaching", "category": ["c"], "points": 1},
    ]
    rules = document(categories=TREE, kinds=kinds, caps=made, **parts)
    return {one.key: one for one in count(rules, case(*entries, as_of=as_of)).categories}


def test_a_category_holds_what_is_below_it() -> None:
    found = totals([], entry("1", amount=5), entry("2", amount=3, kind="teaching"))
    assert {key: one.counted for key, one in found.items()} == {"a": 500, "b": 500, "c": 300}
    assert (found["b"].parent, found["a"].parent) == ("a", "")
    assert found["a"].room is None


def test_the_tightest_cap_of_the_period_is_the_bar() -> None:
    caps = [{"select": {"category": "b"}, "points": 4}, {"select": {"category": "a"}, "points": 10}]
    found = totals(caps, entry(amount=6))
    assert (found["b"].cap, found["b"].over, found["b"].room, found["b"].full) == (400, 200, 0, True)
    assert (found["a"].cap, found["a"].over, found["a"].room) == (1000, 0, 600)
    assert totals(caps)["b"].cap == 400  # also where nothing is logged yet


def test_room_is_what_all_caps_together_leave() -> None:
    caps = [
        {"select": {"category": ["b", "c"]}, "points": 9},
        {"points": 20},
        {"select": {"category": "c"}, "points": 7},
    ]
    found = totals(caps, entry("1", amount=5), entry("2", amount=1, kind="teaching"))
    assert {key: one.room for key, one in found.items()} == {"a": 1400, "b": 300, "c": 300}


def test_caps_on_something_else_than_categories_leave_the_room_open() -> None:
    assert totals([{"select": {"kind": "class"}, "points": 5}], entry(amount=9))["b"].room is None
    assert totals([{"window": "activity", "points": 5}], entry(amount=9))["b"].room is None


def test_years_have_cells_of_their_own() -> None:
    caps = [{"select": {"category": "b"}, "window": "year", "points": 4}]
    least = [{"key": "m", "name": "M", "select": {"category": "b"}, "window": "year", "points": 2}]
    found = totals(caps, entry("1", date(2024, 6, 1), 6), entry("2", date(2026, 5, 1), 1), minimums=least)["b"]
    cells = [
        (cell.start, cell.counted, cell.cap, cell.over, cell.minimum, cell.past, cell.room) for cell in found.years
    ]
    assert cells == [
        (date(2024, 4, 1), 400, 400, 200, 200, True, 0),
        (date(2025, 4, 1), 0, 400, 0, 200, True, 400),
        (date(2026, 4, 1), 100, 400, 0, 200, False, 300),
    ]
    assert found.room == 700


def test_a_year_without_the_cap_leaves_room_for_anything() -> None:
    caps = [{"select": {"category": "b"}, "window": "year", "points": 4, "applies_from": "2025-04-01"}]
    assert totals(caps, entry(amount=1))["b"].room is None


def test_a_yearly_minimum_alone_makes_cells_without_caps() -> None:
    least = [{"key": "m", "name": "M", "select": {"category": "c"}, "window": "calendar-year", "points": 2}]
    cells = totals([], entry("2", date(2025, 5, 1), 3, kind="teaching"), minimums=least)["c"].years
    assert [(cell.counted, cell.cap, cell.minimum, cell.room) for cell in cells] == [
        (0, None, 200, 0), (300, None, 200, 0), (0, None, 200, 0), (0, None, 200, 0),
    ]  # fmt: skip


def test_days_to_come_have_the_room_of_their_years_alone() -> None:
    yearly, ever = {"window": "year", "points": 10}, {"window": "ever", "points": 24}
    found = totals([yearly, ever], entry("1", date(2025, 6, 1), 4), as_of=date(2026, 6, 1))["b"]
    assert (found.room, found.ahead) == (2000, 1000)
    late = totals([{"window": "last-12-months", "points": 3}], as_of=date(2026, 6, 1))["b"]
    assert (late.room, late.ahead) == (None, 300)


def test_years_of_two_kinds_are_two_limits() -> None:
    caps = [{"window": "year", "points": 10}, {"window": "calendar-year", "points": 6}]
    assert totals(caps)["b"].room == 2400  # four calendar years, not three years and four more
    assert totals([{"window": "each-24-months", "points": 6}])["b"].room == 1200
