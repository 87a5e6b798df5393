"""Which rule an entry falls under, whether it may count, and what repeats what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from certifications.rules.cases import Case, Entry
from certifications.rules.counting import count
from certifications.rules.document import Document
from certifications.rules.results import Line
from certifications.rules.words import Reason
from tests.certifications.rules.generating import HEAD, case, document, entry

ANY = {"key": "any", "name": "Any", "kind": "class", "category": ["a"], "points": 1}


def kinds(*rules: dict[str, Any], **parts: Any) -> Document:
    return document(kinds=[ANY | {"key": f"k{place}"} | rule for place, rule in enumerate(rules)], **parts)


def line(rules: Document, *entries: Entry, **parts: Any) -> Line:
    """The line of the last entry."""
    lines = {one.key: one for one in count(rules, case(*entries, **parts)).lines}
    return lines[entries[-1].key]


def reason(rules: Document, *entries: Entry, **parts: Any) -> Reason | None:
    losses = line(rules, *entries, **parts).losses
    return losses[0].reason if losses else None


def test_the_first_rule_that_fits_is_used() -> None:
    rules = kinds({"select": {"topic": "ethics"}, "points": 3}, {"points": 1})
    assert line(rules, entry(topics=frozenset({"ethics"}))).counted == 300
    assert line(rules, entry()).counted == 100
    assert reason(rules, entry(kind="webinar")) is Reason.KIND


def test_a_chosen_category_looks_for_a_rule_that_allows_it() -> None:
    rules = kinds({"category": ["a"]}, {"category": ["b", "c"], "points": 2})
    assert line(rules, entry(category="c")).by_category == (("c", 200),)
    assert reason(rules, entry(category="d")) is Reason.KIND
    assert line(rules, entry(kind="", category="c")).by_category == (("c", 200),)  # no kind, but a category


def test_a_parent_category_allows_what_is_below_it() -> None:
    tree = [{"key": "a", "name": "A"}, {"key": "b", "name": "B", "parent": "a"}]
    assert line(kinds({}, categories=tree), entry(category="b")).by_category == (("b", 100),)


def test_a_category_alone_is_counted_by_the_rule_that_names_it() -> None:
    tree = [{"key": "a", "name": "A"}, {"key": "b", "name": "B", "parent": "a"}]
    rules = kinds({"category": ["a"], "kind": "teaching", "points": 3}, {"category": ["b"]}, categories=tree)
    assert line(rules, entry(kind="", category="b")).by_category == (("b", 100),)
    assert line(rules, entry(kind="", category="a")).by_category == (("a", 300),)


@pytest.mark.parametrize(
    ("unit", "amount", "points"),
    [("hour", 14, 1400), ("minute", 90, 150), ("each", 2, 3000), ("semester-credit", 1, 4500), ("point", 4, 400)],
)
def test_a_category_alone_is_counted_by_the_rule_made_for_its_unit(unit: str, amount: int, points: int) -> None:
    rules = kinds(
        {"kind": "exam", "per": "each", "points": 15, "stated": False},
        {"kind": "college", "per": "semester-credit", "points": 45, "stated": False},
        {},
    )
    assert line(rules, entry(kind="", category="a", unit=unit, amount=amount)).counted == points


def test_caps_and_events_by_kind_mean_what_was_logged_by_category_alone() -> None:
    cap = {"key": "teaching", "name": "Teaching", "select": {"kind": ["teaching", "presentation"]}, "points": 4}
    rules = kinds(
        {},
        {"kind": ["teaching", "presentation"], "category": ["b"]},
        {"kind": "exam", "category": ["c"], "per": "each"},
        caps=[cap],
        events=[{"key": "exam", "name": "Exam", "select": {"kind": "exam"}}],
    )
    assert line(rules, entry(kind="", category="b", amount=9)).counted == 400
    assert line(rules, entry(kind="", category="a", amount=9)).counted == 900
    assert count(rules, case(entry(kind="", category="c", unit="each"))).satisfied_key == "exam"


def test_conditions_on_the_holder_open_and_close_rules() -> None:
    rules = kinds({"when": [{"fact": "level", "is": "II"}], "points": 2}, {"points": 1})
    assert line(rules, entry(), facts={"level": "II"}).counted == 200
    assert line(rules, entry(), facts={"level": "I"}).counted == 100


@pytest.mark.parametrize(("on", "points"), [("2024-05-31", 100), ("2024-06-01", 200), ("2024-12-31", 200)])
def test_rules_change_by_the_date_of_the_activity(on: str, points: int) -> None:
    rules = kinds({"until": "2024-06-01"}, {"from": "2024-06-01", "points": 2})
    assert line(rules, entry(on=date.fromisoformat(on))).counted == points


def test_rules_change_by_the_date_of_the_application() -> None:
    """PTCB takes no in-service hours in applications from 2018 on, even if they were earned before."""
    rules = kinds({"until": "2018-01-01"}, rules=HEAD | {"decided_by": "submission"})
    earned = entry(on=date(2024, 6, 1))
    assert reason(rules, earned, as_of=date(2025, 1, 1)) is Reason.KIND
    early = kinds({"until": "2026-01-01"}, rules=HEAD | {"decided_by": "submission"})
    assert reason(early, earned, as_of=date(2025, 1, 1)) is None
    assert reason(early, entry(submitted_on=date(2026, 1, 1)), as_of=date(2025, 1, 1)) is Reason.KIND


@pytest.mark.parametrize(
    ("rule", "parts", "expected"),
    [
        ({}, {"relevant": False}, Reason.NOT_RELEVANT),
        ({}, {"duplicate_of": "other"}, Reason.DUPLICATE),
        ({"confirmed": True}, {"confirmed": False}, Reason.NOT_CONFIRMED),
        ({}, {"confirmed": False}, None),  # nobody has to confirm it
        ({"confirmed": True}, {}, Reason.WAITING),
        ({"confirmed": True}, {"confirmed": True}, None),
        ({"evidence": "to-count"}, {"evidence": False}, Reason.EVIDENCE),
        ({"evidence": "to-count"}, {}, None),
        ({"evidence": "packet"}, {"evidence": False}, None),
        ({"above_level": True}, {"above_level": False}, Reason.BELOW_LEVEL),
        ({"above_level": True}, {"above_level": None}, None),
        ({}, {"on": date(2024, 3, 31)}, Reason.BEFORE_PERIOD),
        ({}, {"on": date(2024, 4, 1)}, None),
        ({}, {"on": date(2027, 3, 31)}, None),
        ({}, {"on": date(2027, 4, 1)}, Reason.AFTER_PERIOD),
    ],
)
def test_what_may_not_count_says_why(rule: dict[str, Any], parts: dict[str, Any], expected: Reason | None) -> None:
    found = line(kinds(rule), entry(**parts), as_of=date(2027, 6, 1))
    assert (found.losses[0].reason if found.losses else None) is expected
    assert found.excluded is (expected is not None)
    assert found.counted == (0 if expected else 100)


def test_what_has_not_come_yet_waits() -> None:
    assert reason(kinds({}), entry(on=date(2024, 6, 2)), as_of=date(2024, 6, 1)) is Reason.NOT_YET
    assert reason(kinds({}), entry(on=date(2024, 6, 1)), as_of=date(2024, 6, 1)) is None


def test_an_activity_over_several_days_belongs_to_its_last_or_first_day() -> None:
    over_the_end = entry(since=date(2027, 3, 30), on=date(2027, 4, 2))
    assert reason(kinds({}), over_the_end, as_of=date(2027, 6, 1)) is Reason.AFTER_PERIOD
    assert reason(kinds({"counts_on": "first-day"}), over_the_end, as_of=date(2027, 6, 1)) is None


def test_relief_lets_some_kinds_count_after_the_end() -> None:
    relief = {
        "ends_from": "2027-01-01", "ends_until": "2027-12-31", "extra_months": 6, "select": {"category": "a"},
    }  # fmt: skip
    rules = kinds({}, {"kind": "webinar", "category": ["b"]}, period={"months": 36, "relief": [relief]})
    late = {"on": date(2027, 9, 30)}
    assert reason(rules, entry(**late), as_of=date(2027, 12, 1)) is None
    assert reason(rules, entry(on=date(2027, 10, 1)), as_of=date(2027, 12, 1)) is Reason.AFTER_PERIOD
    assert reason(rules, entry(kind="webinar", **late), as_of=date(2027, 12, 1)) is Reason.AFTER_PERIOD


def test_the_same_course_counts_once() -> None:
    once = kinds({"once": "period"})
    first, second = entry("1", course="A"), entry("2", date(2025, 6, 1), course="A")
    assert reason(once, first, second) is Reason.DUPLICATE
    assert line(once, first, second).losses[0].other == "1"
    assert reason(once, first, entry("2", date(2025, 6, 1), course="B")) is None
    assert reason(once, first, entry("2", date(2025, 6, 1), course="a")) is Reason.DUPLICATE  # large or small
    assert reason(kinds({}), first, second) is None
    untitled = entry("1", title=""), entry("2", date(2025, 6, 1), title="")
    assert reason(once, *untitled) is None  # nothing tells that they are the same


def test_capitals_and_blanks_do_not_make_another_course() -> None:
    rules = kinds({"once": "period"})
    first = entry("1", title="Rope  Access")
    assert reason(rules, first, entry("2", date(2024, 7, 1), title=" rope access ")) is Reason.DUPLICATE
    assert reason(rules, first, entry("2", date(2024, 7, 1), title="Rope access", course=" ")) is Reason.DUPLICATE


def test_of_two_takings_the_one_worth_more_counts() -> None:
    once = kinds({"once": "period", "minimum": "0.75"})
    short, full = entry("1", amount="0.5", course="A"), entry("2", date(2025, 6, 1), amount=8, course="A")
    assert count(once, case(short, full)).counted == 800
    half = entry("1", amount=4, course="A")
    found = count(once, case(half, full))
    assert found.counted == 800
    assert {one.key: one.excluded for one in found.lines} == {"1": True, "2": False}


@pytest.mark.parametrize(
    ("rule", "first", "second", "repeated"),
    [
        ({"once": "ever"}, date(2020, 6, 1), date(2024, 6, 1), True),  # before the period
        ({"once": "period"}, date(2020, 6, 1), date(2024, 6, 1), False),
        ({"once_months": 108}, date(2016, 6, 2), date(2025, 6, 1), True),
        ({"once_months": 108}, date(2016, 6, 1), date(2025, 6, 1), False),  # exactly nine years later is allowed
        ({"once_months": 12}, date(2024, 6, 1), date(2025, 5, 31), True),
        ({"once_months": 12}, date(2024, 6, 1), date(2025, 6, 1), False),
    ],
)
def test_how_far_back_a_repetition_reaches(rule: dict[str, Any], first: date, second: date, repeated: bool) -> None:
    found = reason(kinds(rule), entry("1", first, course="A"), entry("2", second, course="A"))
    assert (found is Reason.DUPLICATE) is repeated


def test_a_refused_repetition_does_not_refuse_the_next_one() -> None:
    rules = kinds({"once_months": 12})
    entries = [
        entry(str(n), on, course="A") for n, on in enumerate((date(2024, 6, 1), date(2025, 1, 1), date(2025, 7, 1)))
    ]
    assert [one.excluded for one in count(rules, case(*entries)).lines] == [False, True, False]


def test_one_claim_a_period() -> None:
    work = kinds({"kind": "field-time", "one_claim": True, "points": 1})
    found = count(work, case(entry("1", kind="field-time"), entry("2", date(2025, 6, 1), kind="field-time")))
    assert found.counted == 100
    assert found.lines[1].losses[0].text == "Any: the same is claimed once a period."


def test_what_is_refused_is_never_remembered_as_taken() -> None:
    once = kinds({"once": "period"})
    assert reason(once, entry("1", course="A", relevant=False), entry("2", date(2025, 6, 1), course="A")) is None


def test_a_case_without_a_kind_or_category_is_refused_in_words() -> None:
    found = line(kinds({}), Entry("1", date(2024, 6, 1), entry().amount))
    assert found.losses[0].text == "It needs a kind or a category to count."


def test_a_case_on_rules_that_are_empty() -> None:
    assert count(document(kinds=[]), Case(case().term, date(2024, 6, 1))).counted == 0


@pytest.mark.parametrize("rule", [{"once": "period"}, {"once": "ever"}, {"once_months": 120}, {"one_claim": True}])
def test_what_is_to_come_repeats_nothing_yet(rule: dict[str, Any]) -> None:
    first, longer = entry("1", date(2024, 6, 1), 2, course="A"), entry("2", date(2025, 6, 1), 9, course="A")
    before, after = (count(kinds(rule), case(first, longer, as_of=day)) for day in (date(2025, 5, 31), longer.on))
    assert (before.counted, before.lines[1].losses[0].reason) == (200, Reason.NOT_YET)
    assert (after.counted, after.lines[0].losses[0].reason) == (900, Reason.DUPLICATE)

    next_period = replace(longer, on=date(2027, 4, 1))
    assert count(kinds(rule), case(first, next_period, as_of=date(2028, 1, 1))).counted == 200


def test_work_that_has_begun_is_no_longer_to_come() -> None:
    rules = kinds({"once": "period", "per": "month"})
    long = entry("1", date(2026, 3, 31), kind="class", since=date(2024, 4, 1), title="Work", unit="month")
    short = entry("2", date(2024, 6, 30), kind="class", since=date(2024, 6, 1), title="Work", unit="month")
    found = count(rules, case(long, short, as_of=date(2025, 3, 31)))
    assert found.counted == 1200
    assert next(one for one in found.lines if one.key == "2").losses[0].reason is Reason.DUPLICATE


def test_work_before_the_period_was_done_also_where_its_points_were_cut() -> None:
    once = {"key": "once", "name": "Once", "select": {"kind": "class"}, "window": "ever", "times": 1}
    rules = kinds({"per": "month", "most": 1}, minimums=[once])
    assert count(rules, case(entry(on=date(2024, 3, 31), since=date(2023, 10, 1), unit="month"))).compliant
