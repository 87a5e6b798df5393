"""What goes over into the next period: how much, of what, as what, and for how long."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from certifications.rules.cases import Carried
from certifications.rules.counting import count
from certifications.rules.document import Document
from certifications.rules.results import Outcome
from tests.certifications.rules.generating import case, document, entry

KINDS = [
    {"key": "class", "name": "Class", "kind": "class", "category": ["a"], "points": 1},
    {"key": "talk", "name": "Talk", "kind": "teaching", "category": ["b"], "points": 1},
]


def rules(carry: dict[str, Any], need: int = 20, **parts: Any) -> Document:
    return document(**({"kinds": KINDS, "need": {"points": need}, "carry_over": carry} | parts))


def over(document: Document, *entries: Any, **parts: Any) -> list[tuple[int, str, tuple[str, ...]]]:
    found = count(document, case(*entries, **parts)).carried_out
    return [(one.points // 100, one.category, tuple(sorted(one.topics))) for one in found]


def out(document: Document, *entries: Any, **parts: Any) -> int:
    return count(document, case(*entries, **parts)).carry_out // 100


MIXED = [
    entry("1", date(2024, 6, 1), 15), entry("2", date(2026, 1, 1), 10, kind="teaching"),
    entry("3", date(2026, 12, 1), 8, topics=frozenset({"ethics"})),
]  # fmt: skip


@pytest.mark.parametrize(
    ("carry", "points"),
    [
        ({"points": 40}, 13),
        ({"points": 5}, 5),
        ({"percent": 10}, 2),
        ({}, 13),
        ({"points": 40, "earned_in_last_months": 12}, 8),
        ({"points": 40, "earned_in_last_months": 1}, 0),
        ({"points": 40, "select": {"kind": "teaching"}}, 10),
        ({"points": 40, "select": {"except": {"topic": "ethics"}}}, 13),
        ({"points": 40, "select": {"topic": "ethics"}}, 8),
    ],
)
def test_how_much_goes_over(carry: dict[str, Any], points: int) -> None:
    assert out(rules(carry), *MIXED) == points


def test_nothing_goes_over_from_a_period_that_was_not_met() -> None:
    strict = rules({"points": 40}, minimums=[{"key": "m", "name": "M", "select": {"topic": "law"}, "points": 1}])
    assert count(strict, case(*MIXED)).carried_out == ()
    assert out(document(need={"points": 1}), *MIXED) == 0  # and none where no rule says so


def test_what_it_arrives_as() -> None:
    assert over(rules({"points": 40}), *MIXED) == [(13, "", ())]
    assert over(rules({"points": 40, "arrives_as": "b"}), *MIXED) == [(13, "b", ())]
    assert over(rules({"points": 40, "keeps_categories": True}), *MIXED) == [(8, "a", ()), (5, "b", ())]
    assert over(rules({"points": 40, "keeps_topics": True}), *MIXED) == [(8, "", ("ethics",)), (5, "", ())]


def test_points_over_a_cap_may_go_over_and_go_first() -> None:
    caps = [{"key": "b", "name": "B", "select": {"category": "b"}, "points": 4}]
    carry = {"points": 20, "includes_over_cap": True, "arrives_as": "a"}
    assert out(rules(carry, caps=caps), *MIXED) == 13  # 6 over the cap, 7 above the need
    assert out(rules(carry | {"includes_over_cap": False}, caps=caps), *MIXED) == 7
    assert out(rules(carry | {"points": 6}, caps=caps), *MIXED) == 6
    published = rules(carry, need=60, caps=[{"key": "b", "name": "B", "select": {"category": "b"}, "points": 30}])
    assert out(published, entry("1", amount=50, kind="teaching"), entry("2", amount=30)) == 20  # SHRM's own example


def test_what_one_activity_is_worth_at_most_is_no_surplus() -> None:
    kinds = [KINDS[0] | {"most": 10}]
    carry = {"points": 20, "includes_over_cap": True}
    assert out(rules(carry, need=10, kinds=kinds), entry(amount=18)) == 0


def test_no_more_of_a_required_kind_than_one_period_needs() -> None:
    ethics = [{"key": "ethics", "name": "Ethics", "select": {"topic": "ethics"}, "points": 1}]
    carry = {"points": 15, "keeps_topics": True, "within_minimums": ["ethics"]}
    assert over(rules(carry, minimums=ethics), *MIXED) == [(1, "", ("ethics",)), (12, "", ())]
    assert over(rules(carry | {"within_minimums": []}, minimums=ethics), *MIXED) == [(8, "", ("ethics",)), (5, "", ())]


def test_carried_points_go_on_as_long_as_they_may() -> None:
    came = (Carried(1000, periods=1),)
    assert out(rules({"points": 40}), entry(amount=20), carried=came) == 10
    assert over(rules({"points": 40, "lives_periods": 1}, need=5), entry(amount=1), carried=came) == [(1, "", ())]
    twice = count(rules({"points": 40, "lives_periods": 2}, need=5), case(entry(amount=1), carried=came))
    assert [(one.points, one.periods) for one in twice.carried_out] == [(100, 1), (500, 2)]


def test_carried_points_grow_old() -> None:
    aged = {"points": 30, "lives_periods": 5, "most_months_old": 36}
    old, young = Carried(500, earned_on=date(2024, 3, 31)), Carried(500, earned_on=date(2024, 4, 2))
    found = count(rules(aged, need=1), case(entry(amount=2), carried=(old, young)))
    assert [(one.points, one.earned_on) for one in found.carried_out] == [
        (200, date(2024, 6, 1)), (500, date(2024, 4, 2)),
    ]  # fmt: skip


def test_a_deficit_goes_over_too() -> None:
    owing = rules({"points": 10, "deficit": True})
    found: Outcome = count(owing, case(entry(amount=18)))
    assert (found.compliant, found.carry_out) == (False, -200)
    assert out(rules({"points": 10}), entry(amount=18)) == 0
    paid = count(owing, case(entry(amount=21), carried=(Carried(-200),)))
    assert (paid.needed, paid.compliant) == (2200, False)


def test_more_points_never_carry_less() -> None:
    earlier = 0
    for amount in range(0, 40, 3):
        found = out(rules({"points": 12, "earned_in_last_months": 12}), entry("1", date(2026, 12, 1), amount), MIXED[0])
        assert found >= earlier
        earlier = found
    assert earlier == 12
