"""What follows from a count: consequences, fees, and the version that does the counting."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from certifications.rules.cases import Case, Term
from certifications.rules.counting import count
from certifications.rules.dates import Span
from certifications.rules.document import Document
from certifications.rules.escalation import consequence
from certifications.rules.fees import fees_due
from certifications.rules.periods import Holder, dates_of
from certifications.rules.versions import version_for
from tests.certifications.rules.generating import HEAD, case, document, entry

TIERS = [
    {"key": "letter", "name": "Letter", "failures": 1, "within_months": 60},
    {"key": "denial", "name": "Denial", "failures": 2, "within_months": 60},
]


@pytest.mark.parametrize(
    ("failures", "expected"),
    [
        ([], "letter"),
        ([date(2022, 4, 1)], "denial"),
        ([date(2022, 3, 31)], "letter"),  # five years ago to the day
        ([date(2010, 1, 1), date(2026, 1, 1)], "denial"),
    ],
)
def test_a_second_failure_weighs_more(failures: list[date], expected: str) -> None:
    rules = document(need={"points": 10}, escalations=TIERS)
    missed = case(as_of=date(2027, 4, 1))
    found = consequence(rules, missed, count(rules, missed), failures)
    assert found is not None
    assert found.key == expected


def test_nothing_follows_while_there_is_time_or_all_is_met() -> None:
    rules = document(need={"points": 1}, escalations=TIERS)
    open_still = case()
    assert consequence(rules, open_still, count(rules, open_still)) is None
    met = case(entry(), as_of=date(2027, 4, 1))
    assert consequence(rules, met, count(rules, met)) is None


FEES = [
    {"key": "base", "name": "Base", "cents": 2500},
    {"key": "more", "name": "More", "cents": 500, "due": "each-further"},
    {"key": "year", "name": "Year", "cents": 1000, "due": "yearly"},
    {"key": "member", "name": "Member", "cents": 100, "when": [{"fact": "member", "is": True}]},
    {"key": "late", "name": "Late", "cents": 300, "due": "late"},
    {"key": "later", "name": "Later", "cents": 900, "due": "late", "from_months_late": 3},
    {"key": "latest", "name": "Latest", "cents": 950, "due": "late", "from_months_late": 3, "from_days_late": 10},
    {"key": "back", "name": "Back", "cents": 7000, "due": "reinstatement"},
]


def due(as_of: date, period: dict[str, Any] | None = None, **facts: Any) -> dict[str, int]:
    rules = document(money={"fees": FEES}, period={"months": 36} | (period or {}))
    asked = case(as_of=as_of, facts=facts)
    found = fees_due(rules, asked, dates_of(rules, asked.term.span, Holder()))
    return {one.fee.key: one.cents for one in found}


def test_base_further_and_yearly_fees() -> None:
    assert due(date(2027, 3, 31)) == {"base": 2500, "year": 3000}
    further = due(date(2027, 3, 31), **{"further-certifications": 3, "member": True})
    assert further == {"base": 2500, "more": 1500, "year": 3000, "member": 100}


@pytest.mark.parametrize(
    ("as_of", "late"),
    [
        (date(2027, 4, 1), "late"),
        (date(2027, 6, 30), "late"),
        (date(2027, 7, 1), "later"),
        (date(2027, 7, 10), "later"),
        (date(2027, 7, 11), "latest"),
    ],
)
def test_late_fees_come_in_stages(as_of: date, late: str) -> None:
    found = due(as_of, {"grace": [{"allows": "late-fee", "months": 12}]})
    assert [key for key in found if key.startswith("late")] == [late]
    assert "back" not in found


def test_after_the_grace_reinstatement_is_due() -> None:
    assert due(date(2027, 4, 1))["back"] == 7000


def test_no_fees_without_money_or_an_end() -> None:
    asked = case()
    assert fees_due(document(), asked, dates_of(document(), asked.term.span, Holder())) == []
    endless = Case(Term(asked.term.span, asked.term.span, never_ends=True), asked.as_of)
    rules = document(money={"fees": FEES})
    assert fees_due(rules, endless, dates_of(rules, asked.term.span, Holder())) == []


def versions(decided_by: str) -> list[Document]:
    return [
        document(rules=HEAD | {"version": name, "in_force_from": since, "decided_by": decided_by, "status": status})
        for name, since, status in (
            ("old", date(2010, 1, 1), "published"), ("new", date(2018, 1, 1), "published"),
            ("next", date(2019, 1, 1), "draft"),
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("decided_by", "as_of", "version"),
    [
        ("period-start", date(2020, 1, 1), "old"),
        ("period-end", date(2017, 6, 1), "new"),
        ("submission", date(2017, 12, 31), "old"),
        ("submission", date(2018, 1, 1), "new"),
    ],
)
def test_different_dates_decide_the_version(decided_by: str, as_of: date, version: str) -> None:
    found = version_for(versions(decided_by), Span(date(2016, 7, 1), date(2018, 7, 1)), as_of)
    assert found is not None
    assert found.rules.version == version


def test_a_period_older_than_all_versions_has_the_oldest() -> None:
    found = version_for(versions("period-start"), Span(date(2001, 1, 1), date(2004, 1, 1)), date(2003, 1, 1))
    assert found is not None
    assert found.rules.version == "old"
    assert version_for([], Span(date(2001, 1, 1), date(2004, 1, 1)), date(2003, 1, 1)) is None
