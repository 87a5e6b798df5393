"""Requirements: totals, minimums in their windows, times, items, facts, alternatives, events."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from certifications.rules.cases import Carried, Entry
from certifications.rules.checking import describe
from certifications.rules.counting import count
from certifications.rules.document import Document
from certifications.rules.results import Outcome, Requirement
from tests.certifications.rules.generating import case, document, entry

KINDS = [
    {"key": "class", "name": "Class", "kind": "class", "category": ["a"], "points": 1},
    {"key": "exam", "name": "Exam", "kind": "exam", "category": ["b"], "points": 0, "per": "each"},
]


def rules(*minimums: dict[str, Any], **parts: Any) -> Document:
    made = [{"key": f"m{place}", "name": f"M{place}"} | one for place, one in enumerate(minimums)]
    return document(**({"kinds": KINDS, "minimums": made} | parts))


def outcome(document: Document, *entries: Entry, **parts: Any) -> Outcome:
    return count(document, case(*entries, **parts))


def short(found: Outcome) -> dict[str, int]:
    return {one.key: one.short for one in found.shortfalls}


YEARLY = [entry("1", date(2024, 5, 1), 20), entry("2", date(2025, 5, 1), 15), entry("3", date(2026, 5, 1), 25)]


@pytest.mark.parametrize(
    ("minimum", "missing"),
    [
        ({"points": 60}, {}),
        ({"points": 61}, {"m0": 100}),
        ({"window": "year", "points": 20}, {"m0-2025-04-01": 500}),
        ({"window": "calendar-year", "points": 20}, {"m0-2025": 500, "m0-2027": 2000}),
        ({"window": "each-18-months", "points": 30}, {"m0-2025-10-01": 500}),
        ({"window": "each-24-months", "times": 2}, {"m0-2026-04-01": 1}),
        ({"window": "last-12-months", "points": 30}, {"m0": 500}),
        ({"window": "first-12-months", "points": 20}, {}),
        ({"select": {"topic": "ethics"}, "points": 2}, {"m0": 200}),
        ({"percent": 50}, {"m0": 1500}),
        ({"select": {"category": "a"}, "points": 60}, {}),
        ({"select": {"category": "b"}, "points": 1}, {"m0": 100}),
        ({"categories": 2}, {"m0": 1}),
        ({"categories": 2, "window": "first-12-months"}, {"m0": 1}),
        ({"in_one_category": True, "points": 60}, {}),
        ({"in_one_category": True, "points": 70}, {"m0": 1000}),
        ({"in_one_category": True, "window": "year", "points": 16}, {"m0-2025-04-01": 100}),
    ],
)
def test_minimums_in_points(minimum: dict[str, Any], missing: dict[str, int]) -> None:
    found = outcome(rules(minimum, need={"points": 150}), *YEARLY)
    assert {key: points for key, points in short(found).items() if key != "total"} == missing


def test_several_categories_in_each_year() -> None:
    each = rules({"categories": 2, "window": "calendar-year"}, kinds=[KINDS[0], KINDS[1] | {"points": 1}])
    exams = [entry(f"e{year}", date(year, 6, 1), kind="exam") for year in (2024, 2026)]
    found = outcome(each, *YEARLY, *exams, months=33)
    assert short(found) == {"m0-2025": 1}
    assert describe(next(one for one in found.requirements if not one.met), "points") == "M0, 2025: 1 of 2"


def test_what_was_earned_in_one_category_may_be_over_a_cap() -> None:
    cap = [{"key": "cap", "name": "Cap", "points": 10}]
    one = {"in_one_category": True, "points": 20, "tests": "asked"}
    assert short(outcome(rules(one, caps=cap), *YEARLY)) == {}


def test_minimums_are_tested_on_what_counts_unless_they_say_otherwise() -> None:
    cap = [{"key": "cap", "name": "Cap", "points": 10}]
    assert short(outcome(rules({"points": 20}, caps=cap), *YEARLY)) == {"m0": 1000}
    assert short(outcome(rules({"points": 20, "tests": "asked"}, caps=cap), *YEARLY)) == {}


def test_an_hour_serves_its_category_the_total_and_a_topic() -> None:
    both = rules({"select": {"topic": "ethics"}, "points": 2}, {"select": {"category": "a"}, "points": 2},
                 need={"points": 2})  # fmt: skip
    assert outcome(both, entry(amount=2, topics=frozenset({"ethics"}))).compliant


def test_a_window_that_reaches_back_counts_what_was_before() -> None:
    ethics = {"select": {"topic": "ethics"}, "window": "rolling-48-months", "points": 4}
    before = entry("0", date(2023, 4, 1), 3, topics=frozenset({"ethics"}))
    found = outcome(rules(ethics), before, entry("1", amount=1, topics=frozenset({"ethics"})))
    assert found.compliant
    assert found.counted == 100
    first_day = entry("0", date(2024, 4, 1), 3, topics=frozenset({"ethics"}))
    assert short(outcome(rules(ethics), first_day)) == {"m0": 100}  # in the period, so not before it as well
    too_old = entry("0", date(2023, 3, 31), 3, topics=frozenset({"ethics"}))
    assert short(outcome(rules(ethics), too_old)) == {"m0": 400}
    not_related = entry("0", date(2023, 4, 1), 3, topics=frozenset({"ethics"}), relevant=False)
    assert short(outcome(rules(ethics), not_related)) == {"m0": 400}
    twice = [entry(str(n), date(2023, 5, n + 1), 2, topics=frozenset({"ethics"})) for n in range(2)]
    assert outcome(rules(ethics), *twice).compliant


def test_once_in_a_lifetime() -> None:
    ever = {"select": {"topic": "hiv"}, "window": "ever", "points": 1}
    assert outcome(rules(ever), entry("0", date(2010, 1, 1), 1, topics=frozenset({"hiv"}))).compliant
    assert not outcome(rules(ever)).compliant


@pytest.mark.parametrize(
    ("on", "met"), [(date(2026, 9, 30), False), (date(2026, 10, 1), True), (date(2027, 3, 31), True)]
)
def test_something_to_be_done_in_the_last_months(on: date, met: bool) -> None:
    late = rules({"select": {"kind": "exam"}, "window": "last-6-months", "times": 1})
    assert outcome(late, entry(kind="exam", unit="each", on=on)).compliant is met


def test_what_may_only_be_done_late_is_not_asked_for_early() -> None:
    late = rules({"select": {"kind": "exam"}, "window": "last-6-months", "times": 1})
    assert outcome(late, as_of=date(2026, 9, 30)).compliant
    opened = outcome(late, as_of=date(2026, 10, 1))
    assert not opened.compliant
    assert opened.shortfalls[0].due_now


def test_times_counts_what_happened_whatever_it_is_worth() -> None:
    twice = rules({"select": {"kind": "exam"}, "times": 2})
    exams = [entry(str(n), date(2025, n + 1, 1), kind="exam", unit="each") for n in range(2)]
    assert outcome(twice, *exams).compliant
    assert short(outcome(twice, exams[0])) == {"m0": 1}
    refused = [exams[0], entry("9", date(2025, 8, 1), kind="exam", unit="each", relevant=False)]
    assert short(outcome(twice, *refused)) == {"m0": 1}
    assert short(outcome(twice, *exams, as_of=date(2025, 1, 15))) == {"m0": 1}


def test_items_and_facts() -> None:
    asked = rules({"item": "fee-paid"}, {"fact": "months", "at_least": 36},
                  facts=[{"key": "months", "ask": "Months?", "answer": "number"}])  # fmt: skip
    assert short(outcome(asked, facts={"months": 35})) == {"m0": 1, "m1": 1}
    assert outcome(asked, facts={"fee-paid": True, "months": 36}).compliant
    assert short(outcome(asked, facts={"fee-paid": True})) == {"m1": 36}


def test_recommendations_never_fail() -> None:
    advised = rules({"points": 60, "advisory": True}, need={"points": 90, "advisory": True})
    found = outcome(advised)
    assert found.compliant
    assert [one.met for one in found.requirements] == [False, False]
    assert found.shortfalls == ()


def test_another_set_of_requirements_may_suffice() -> None:
    way = {
        "key": "focus",
        "name": "Focus",
        "minimums": [{"key": "b", "name": "B", "select": {"topic": "tax"}, "points": 24}],
    }
    either = rules(need={"points": 40}, alternatives=[way])
    tax = outcome(either, entry(amount=24, topics=frozenset({"tax"})))
    assert (tax.compliant, tax.satisfied_key, tax.satisfied_by) == (True, "focus", "Focus")
    assert outcome(either, entry(amount=40)).satisfied_key == ""
    neither = outcome(either, entry(amount=23, topics=frozenset({"tax"})))
    assert short(neither) == {"total": 1700, "focus: b": 100}


def test_an_alternative_with_fewer_points_and_an_exam() -> None:
    way = {"key": "exam", "name": "40 and an exam", "points": 40,
           "minimums": [{"key": "exam", "name": "Exam", "select": {"kind": "exam"}, "times": 1}]}  # fmt: skip
    mixed = rules(need={"points": 80}, alternatives=[way])
    exam = entry("x", date(2027, 3, 31), kind="exam", unit="each")
    met = outcome(mixed, entry(amount=40), exam)
    assert (met.compliant, met.needed, met.satisfied_key) == (True, 4000, "exam")
    assert short(outcome(mixed, entry(amount=39), exam)) == {"total": 4100, "exam: total": 100}
    assert short(outcome(mixed, entry(amount=40))) == {"total": 4000, "exam: exam": 1}


def test_an_alternative_may_keep_the_documents_own_minimums() -> None:
    way = {"key": "less", "name": "Less", "points": 10, "with_minimums": True}
    strict = rules({"select": {"topic": "law"}, "points": 2}, need={"points": 40}, alternatives=[way])
    assert not outcome(strict, entry(amount=10)).compliant
    assert outcome(strict, entry(amount=10, topics=frozenset({"law"}))).satisfied_key == "less"


def test_alternatives_alone_must_be_met() -> None:
    ways = [{"key": "any", "name": "Any", "points": 40}, {"key": "few", "name": "Few", "points": 24,
             "minimums": [{"key": "tax", "name": "Tax", "select": {"topic": "tax"}, "points": 24}]}]  # fmt: skip
    only = rules(alternatives=ways)
    assert not outcome(only).compliant
    assert set(short(outcome(only))) == {"any: total", "few: total", "few: tax"}
    assert outcome(only, entry(amount=40)).satisfied_key == "any"


def test_an_alternative_for_some_holders() -> None:
    way = {"key": "exempt", "name": "Certified nurse", "when": [{"fact": "certified", "is": True}]}
    exempt = rules(need={"points": 24}, alternatives=[way])
    assert outcome(exempt, facts={"certified": True}).satisfied_key == "exempt"
    assert not outcome(exempt).compliant


EXAM = {"key": "exam", "name": "Exam passed", "select": {"kind": "exam"}}


def test_an_event_meets_everything() -> None:
    found = outcome(rules(need={"points": 50}, events=[EXAM]), entry(kind="exam", unit="each"))
    assert (found.compliant, found.satisfied_by, found.counted) == (True, "Exam passed", 0)


@pytest.mark.parametrize(
    ("on", "met"),
    [("2024-03-31", False), ("2024-04-01", True), ("2027-03-31", True), ("2027-07-29", True), ("2027-07-30", False)],
)
def test_an_exam_may_be_sat_in_its_grace(on: str, met: bool) -> None:
    graced = rules(
        need={"points": 50}, events=[EXAM], period={"months": 36, "grace": [{"allows": "exam", "days": 120}]}
    )
    exam = entry(kind="exam", unit="each", on=date.fromisoformat(on))
    assert outcome(graced, exam, as_of=date(2027, 12, 1)).compliant is met


def test_only_exams_profit_from_the_grace_of_exams() -> None:
    graced = rules(
        need={"points": 50}, events=[EXAM | {"select": {"kind": "class"}}],
        period={"months": 36, "grace": [{"allows": "exam", "days": 120}]},
    )  # fmt: skip
    assert not outcome(graced, entry(on=date(2027, 5, 1)), as_of=date(2027, 12, 1)).compliant


def test_an_event_may_have_to_happen_several_times_or_for_some() -> None:
    twice = rules(need={"points": 50}, events=[EXAM | {"times": 2}])
    exams = [entry(str(n), date(2025, n + 1, 1), kind="exam", unit="each") for n in range(2)]
    assert not outcome(twice, exams[0]).compliant
    assert outcome(twice, *exams).compliant
    some = rules(need={"points": 50}, events=[EXAM | {"when": [{"fact": "level", "is": "I"}]}])
    assert outcome(some, exams[0], facts={"level": "I"}).compliant
    assert not outcome(some, exams[0], facts={"level": "II"}).compliant


def test_an_event_may_leave_something_due() -> None:
    rest = [{"key": "law", "name": "Law", "select": {"topic": "law"}, "points": 2}]
    partly = rules(need={"points": 50}, events=[EXAM | {"minimums": rest}])
    exam = entry("x", kind="exam", unit="each")
    assert short(outcome(partly, exam)) == {"law": 200}
    assert outcome(partly, exam, entry("1", amount=2, topics=frozenset({"law"}))).compliant


def test_of_several_events_the_one_that_leaves_nothing_due_counts() -> None:
    law = {"key": "law", "name": "Law", "select": {"topic": "ethics"}, "points": 2}
    exam = {"key": "exam", "name": "Exam", "select": {"kind": "exam"}, "minimums": [law]}
    taught = {"key": "taught", "name": "Taught", "select": {"kind": "teaching"}}
    sat, gave = entry("1", kind="exam"), entry("2", kind="teaching")
    several = rules(need={"points": 20}, events=[exam, taught])

    assert outcome(several, sat, gave).satisfied_key == "taught"
    assert short(outcome(several, sat)) == {"law": 200}
    assert outcome(several, entry("3", amount=20), sat).satisfied_key == ""  # the points did it, not the exam


def test_an_event_alone_is_what_must_happen() -> None:
    only = rules(events=[EXAM])
    assert short(outcome(only)) == {"exam": 1}
    assert outcome(only, entry(kind="exam", unit="each")).compliant
    assert outcome(document(period={"never_ends": True}, events=[EXAM])).compliant


def test_owed_points_do_not_stand_for_the_event_that_must_happen() -> None:
    event = {"key": "exam", "name": "Exam", "select": {"kind": "exam"}}
    only = rules(events=[event], carry_over={"deficit": True})

    assert short(outcome(only, entry(amount=3), carried=(Carried(-200),))) == {"exam": 1}


def test_carried_points_without_a_category_are_no_category() -> None:
    spread = rules({"categories": 2}, carry_over={})

    assert short(outcome(spread, entry(amount=3), carried=(Carried(200),))) == {"m0": 1}
    assert outcome(spread, entry(amount=3), carried=(Carried(200, "b"),)).compliant


def test_requirements_in_words() -> None:
    def words(counts: str, needed: int, have: int) -> str:
        return describe(Requirement("k", "Name", needed, have, have >= needed, counts), "points")

    assert words("points", 9000, 8150) == "Name: 81.5 of 90 points"
    assert words("item", 1, 0) == "Name: to do"
    assert words("times", 1, 1) == "Name: done"
    assert words("times", 2, 1) == "Name: 1 of 2"
