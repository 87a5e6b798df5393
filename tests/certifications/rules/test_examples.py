"""Worked examples: every expectation is checked, and a wrong one is named with both figures."""

from __future__ import annotations

from typing import Any

import pytest

from certifications.rules.document import Document
from certifications.rules.examples import run_examples
from tests.certifications.rules.generating import document

EXAMPLE = {
    "say": "One",
    "starts": "2024-04-01",
    "ends": "2027-03-31",
    "as_of": "2027-04-10",
    "failures": ["2024-03-31"],
    "activities": [
        {"on": "2024-06-01", "kind": "class", "amount": 14},
        {"on": "2024-03-01", "kind": "class", "amount": 2},
    ],
}
RULES: dict[str, Any] = {
    "need": {"points": 12},
    "caps": [{"key": "a", "name": "A", "select": {"category": "a"}, "points": 10}],
    "minimums": [{"key": "law", "name": "Law", "item": "law-read"}],
    "carry_over": {"deficit": True},
    "escalations": [{"key": "letter", "name": "Letter", "failures": 2, "within_months": 60}],
    "money": {"fees": [{"key": "fee", "name": "Fee", "cents": 500}]},
}


def rules(expect: dict[str, Any], **example: Any) -> Document:
    return document(**RULES, examples=[EXAMPLE | example | {"expect": expect}])


RIGHT: dict[str, Any] = {
    "counted": 10,
    "needed": 12,
    "by_category": {"a": 10},
    "not_counted": {"over category cap": 4, "before period": 2},
    "lost_to_caps": 4,
    "lost_by_category": {"a": 4, "b": 0},
    "excluded": [1],
    "compliant": False,
    "short": {"total": 2, "law": 1},
    "satisfied_by": "",
    "carry_out": -2,
    "carried_out": None,
    "consequence": "letter",
    "fees": {"fee": 500},
    "standing": "lapsed",
    "forecast": 10,
}


def test_what_is_right_holds() -> None:
    assert run_examples(rules(RIGHT)) == []


@pytest.mark.parametrize(
    ("what", "wrong"),
    [
        ("counted", "10.25"),
        ("needed", 13),
        ("by_category", {"a": 9}),
        ("by_category", {"a": 10, "b": 1}),
        ("not_counted", {"over category cap": 4}),
        ("lost_to_caps", 3),
        ("lost_by_category", {}),
        ("excluded", [0]),
        ("excluded", []),
        ("compliant", True),
        ("short", {"total": 2}),
        ("satisfied_by", "exam"),
        ("carry_out", 2),
        ("carried_out", []),
        ("consequence", ""),
        ("fees", {}),
        ("standing", "due"),
        ("forecast", 12),
    ],
)
def test_what_is_wrong_is_named(what: str, wrong: object) -> None:
    [failure] = run_examples(rules(RIGHT | {what: wrong}))
    assert (failure.example, failure.what) == ("One", what)
    assert failure.expected != failure.found
    assert str(failure).startswith(f"One: {what} should be ")


def test_only_what_is_said_is_checked() -> None:
    assert run_examples(rules({})) == []


def test_figures_are_written_as_people_read_them() -> None:
    [failure] = run_examples(rules({"by_category": {"a": "9.5"}}))
    assert (failure.expected, failure.found) == ("a 9.5", "a 10")


def test_an_event_may_be_named_by_key_or_name() -> None:
    for name in ("exam", "Exam passed"):
        passed = document(
            need={"points": 12},
            events=[{"key": "exam", "name": "Exam passed", "select": {"kind": "exam"}}],
            examples=[
                EXAMPLE | {"activities": [{"on": "2025-01-01", "kind": "exam"}], "expect": {"satisfied_by": name}}
            ],
        )
        assert run_examples(passed) == []


def test_facts_about_dates_widen_the_period() -> None:
    early = document(
        period={"months": 36, "early_from": "award"},
        examples=[
            EXAMPLE | {"facts": {"awarded": "2024-02-15"}, "expect": {"counted": 16}},
            EXAMPLE | {"facts": {"awarded": "2024-02-15", "period-number": 2}, "expect": {"counted": 14}},
        ],
    )
    assert run_examples(early) == []


def test_carried_points_and_levels() -> None:
    above = document(
        rules=document().rules.model_dump() | {"levels": ["I", "II", "III"]},
        kinds=[{"key": "prep", "name": "Prep", "kind": "class", "category": ["a"], "points": 1, "above_level": True}],
        examples=[
            EXAMPLE
            | {
                "facts": {"level": "II"},
                "carried": [{"points": 3, "category": "b"}],
                "activities": [{"on": "2025-01-01", "kind": "class", "level": level} for level in ("I", "III", "")],
                "expect": {"counted": 5, "by_category": {"a": 2, "b": 3}, "excluded": [0]},
            }
        ],
    )
    assert run_examples(above) == []


DATES = {
    "starts": "2024-04-01", "ends": "2027-03-31", "earns_from": "2024-04-01", "last_earning_day": "2027-03-31",
    "submit_by": "2027-03-31", "exam_by": "2027-03-31", "next_starts": "2027-04-01", "next_ends": "2030-03-31",
    "window_opens": "2026-09-30", "window_closes": "2027-03-01", "renew_from": "2025-04-01",
    "reinstate_until": "2029-03-31", "suspended_until": "2028-03-31", "reinstatement": {"invoice": "2029-03-31"},
    "nested": {"fee": ["2025-03-31", "2026-03-31", "2027-03-31"]},
}  # fmt: skip
PERIOD = {
    "months": 36, "window_closes_days": 30, "renew_from_points": True, "renew_from_months": 12, "suspended_months": 12,
    "reinstatement": [{"key": "invoice", "name": "Invoice", "months": 24}],
    "nested": [{"key": "fee", "name": "Fee", "months": 12}],
}  # fmt: skip


def dated(expect: dict[str, Any]) -> Document:
    return document(period=PERIOD, period_examples=[{"say": "Dates", "awarded": "2024-04-01", "expect": expect}])


def test_dates_that_are_right_hold() -> None:
    assert run_examples(dated(DATES)) == []


@pytest.mark.parametrize("what", [key for key, value in DATES.items() if isinstance(value, str)])
def test_a_date_that_is_wrong_is_named(what: str) -> None:
    [failure] = run_examples(dated(DATES | {what: "2020-01-01"}))
    assert failure.what == what


@pytest.mark.parametrize("what", ["reinstatement", "nested"])
def test_a_list_of_dates_that_is_wrong_is_named(what: str) -> None:
    [failure] = run_examples(dated(DATES | {what: {}}))
    assert failure.what == what
