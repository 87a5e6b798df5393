"""How much a holder needs: by facts, prorated, with topics on top and what is owed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from certifications.rules.cases import Carried, Case, Term
from certifications.rules.dates import DAY, Span
from certifications.rules.document import Document
from certifications.rules.needing import active_minimums, total_need
from tests.certifications.rules.generating import document

BLOCKS = {"points": 80, "first_period": {"block_months": 6, "block_points": 20}}
TABLE = {
    "points": 40,
    "first_period": {"table": [{"months_up_to": number * 3, "points": number * 10} for number in (1, 2, 3)]},
}

# Florida's contractors: nothing up to a year, half of it for less than two.
BELOW = {
    "points": 14,
    "first_period": {"table": [{"months_up_to": 12, "points": 0}, {"months_below": 24, "points": 7}]},
}


def needed(rules: Document, start: date, last: date, facts: dict[str, Any] | None = None) -> int:
    span = Span(start, last + DAY)
    return total_need(rules, Case(Term(span, span), last, facts=facts or {})) // 100


@pytest.mark.parametrize(
    ("need", "start", "last", "points"),
    [
        (BLOCKS, date(2024, 1, 15), date(2025, 5, 31), 40),
        (BLOCKS, date(2024, 1, 15), date(2024, 7, 13), 0),
        (BLOCKS, date(2024, 1, 15), date(2024, 7, 14), 20),
        (BLOCKS, date(2024, 1, 15), date(2030, 1, 1), 80),  # never more than the full need
        (TABLE, date(2018, 10, 1), date(2018, 12, 31), 10),
        (TABLE, date(2018, 9, 30), date(2018, 12, 31), 20),
        (TABLE, date(2018, 4, 1), date(2018, 12, 31), 30),
        (TABLE, date(2018, 1, 1), date(2018, 12, 31), 40),
        (BLOCKS | {"first_period": {"exempt_below_months": 12}}, date(2024, 1, 15), date(2025, 1, 13), 0),
        (BLOCKS | {"first_period": {"exempt_below_months": 12}}, date(2024, 1, 15), date(2025, 1, 14), 80),
        (BELOW, date(2025, 9, 1), date(2026, 8, 31), 0),
        (BELOW, date(2025, 8, 31), date(2026, 8, 31), 7),  # a day more than twelve months
        (BELOW, date(2024, 9, 2), date(2026, 8, 31), 7),  # a day less than twenty-four
        (BELOW, date(2024, 9, 1), date(2026, 8, 31), 14),
        ({"points": 80, "first_period_exempt": True}, date(2024, 1, 15), date(2025, 5, 31), 0),
    ],
)
def test_a_shorter_first_period_needs_less(need: dict[str, Any], start: date, last: date, points: int) -> None:
    rules = document(need=need)
    assert needed(rules, start, last, {"first-period": True}) == points
    assert needed(rules, start, last) == need["points"]


def test_a_first_period_that_needs_no_points_needs_nothing_else() -> None:
    rules = document(need=BELOW, minimums=[{"key": "law", "name": "Law", "select": {"topic": "law"}, "points": 1}])

    def asked(start: date) -> list[str]:
        span = Span(start, date(2026, 9, 1))
        return [one.key for one in active_minimums(rules, Case(Term(span, span), span.last, facts={"first-period": 1}))]

    assert asked(date(2025, 9, 1)) == []
    assert asked(date(2025, 8, 31)) == ["law"]


def test_a_first_period_may_need_its_share() -> None:
    share = document(period={"months": 36}, need={"points": 25, "first_period": {"block_months": 1}})

    def of(last: date) -> int:
        span = Span(date(2025, 7, 15), last + DAY)
        return total_need(share, Case(Term(span, span), last, facts={"first-period": True}))

    assert [of(date(2027, 3, 29)), of(date(2027, 3, 14)), of(date(2025, 8, 13)), of(date(2028, 7, 14))] == [
        1388, 1388, 0, 2500,
    ]  # fmt: skip


@pytest.mark.parametrize("row", [{"points": 1}, {"points": 1, "months_up_to": 1, "months_below": 2}])
def test_a_row_says_one_length(row: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="either months_up_to or months_below"):
        document(need={"points": 2, "first_period": {"table": [row]}})


def test_some_holders_need_another_total() -> None:
    rules = document(
        need={
            "points": 16,
            "by": [
                {"when": [{"fact": "class", "is": "IV"}], "points": 24},
                {"when": [{"fact": "class", "one_of": ["III", "IV"]}], "points": 20},
            ],
        },
        facts=[{"key": "class", "ask": "Class?", "answer": "choice", "choices": ["I", "III", "IV"]}],
    )
    day = date(2024, 1, 1)
    assert [needed(rules, day, day, {"class": name}) for name in ("I", "III", "IV")] == [16, 20, 24]


def test_topics_on_top_and_minimums_by_turn() -> None:
    turn = {
        "key": "violence", "name": "Violence", "select": {"topic": "violence"}, "points": 2, "on_top": True,
        "when": [{"fact": "period-number", "every": 3}],
    }  # fmt: skip
    rules = document(need={"points": 24}, minimums=[turn])
    day = date(2024, 1, 1)
    assert [needed(rules, day, day, {"period-number": number}) for number in (2, 3, 6)] == [24, 26, 26]


def test_what_the_period_before_was_short_of_is_needed_too() -> None:
    span = Span(date(2024, 1, 1), date(2025, 1, 1))
    case = Case(Term(span, span), span.last, carried=(Carried(-300), Carried(200)))
    assert total_need(document(need={"points": 10}), case) == 1300


def test_minimums_that_go_when_less_is_needed() -> None:
    ethics = {"key": "ethics", "name": "Ethics", "select": {"topic": "ethics"}, "points": 4, "only_at_full_need": True}
    always = {"key": "law", "name": "Law", "select": {"topic": "law"}, "points": 1}
    rules = document(need=BLOCKS, minimums=[ethics, always])
    span = Span(date(2024, 1, 15), date(2025, 6, 1))

    def keys(rules: Document, **facts: Any) -> list[str]:
        return [one.key for one in active_minimums(rules, Case(Term(span, span), span.last, facts=facts))]

    assert keys(rules) == ["ethics", "law"]
    assert keys(rules, **{"first-period": True}) == ["law"]
    exempt = document(need={"points": 80, "first_period_exempt": True}, minimums=[always])
    assert keys(exempt, **{"first-period": True}) == []


def test_a_minimum_for_each_area_held() -> None:
    areas = {"key": "area", "name": "Practice", "points": 50, "for_each": "areas"}
    rules = document(minimums=[areas])
    span = Span(date(2024, 1, 1), date(2025, 1, 1))

    def asked(value: object) -> list[tuple[str, tuple[str, ...]]]:
        case = Case(Term(span, span), span.last, facts={"areas": value} if value else {})
        return [(one.key, one.select.topic) for one in active_minimums(rules, case)]

    assert asked(("civil", "structural")) == [("area civil", ("civil",)), ("area structural", ("structural",))]
    assert asked("civil") == [("area civil", ("civil",))]
    assert asked(None) == asked(5) == []  # a number is no list of areas


HOW_MANY = [{"fact": "further-certifications", "at_least": 1}]


@pytest.mark.parametrize(
    ("parts", "asks"),
    [
        ({}, False),
        ({"need": {"points": 1, "by": [{"when": HOW_MANY, "points": 3}]}}, True),
        ({"money": {"fees": [{"key": "f", "name": "F", "cents": 1}]}}, False),
        ({"money": {"fees": [{"key": "f", "name": "F", "cents": 1, "due": "each-further"}]}}, True),
        ({"minimums": [{"key": "m", "name": "M", "fact": "further-certifications", "at_least": 1}]}, True),
        (
            {"events": [{"key": "e", "name": "E", "select": {"kind": "exam"}, "minimums": [
                {"key": "m", "name": "M", "points": 1, "when": HOW_MANY},
            ]}]},
            True,
        ),
    ],
)  # fmt: skip
def test_some_rules_ask_how_many_others_are_held(parts: dict[str, Any], asks: bool) -> None:
    assert document(**parts).counts_others is asks
