"""The days around a period: earning, windows, grace, suspension, reinstatement, inner rhythms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from certifications.rules.dates import DAY, Span
from certifications.rules.period_dates import FOREVER, Dates, Holder, dates_of, exam_by, reliefs
from tests.certifications.rules.generating import document

LAST = date(2024, 6, 30)
SPAN = Span(date(2021, 7, 1), LAST + DAY)


def around(holder: Holder = Holder(), ordinal: int = 1, span: Span = SPAN, **period: Any) -> Dates:  # noqa: B008
    return dates_of(document(period={"months": 36} | period), span, holder, ordinal=ordinal)


@pytest.mark.parametrize(
    ("allows", "earn", "submit", "exam"),
    [
        ("earn", date(2024, 9, 28), date(2024, 9, 28), date(2024, 9, 28)),
        ("submit", LAST, date(2024, 9, 28), LAST),
        ("exam", LAST, LAST, date(2024, 9, 28)),
        ("late-fee", LAST, date(2024, 9, 28), LAST),
    ],
)
def test_five_kinds_of_grace(allows: str, earn: date, submit: date, exam: date) -> None:
    found = around(grace=[{"allows": allows, "days": 90}])
    assert (found.term.earns.last, found.submit_by, found.exam_by) == (earn, submit, exam)


def test_the_fifth_is_suspension() -> None:
    found = around(suspended_months=12)
    assert found.suspended_until == date(2025, 6, 30)
    assert around().suspended_until is None


def test_the_longest_grace_of_each_kind_holds() -> None:
    found = around(grace=[{"allows": "submit", "months": 3}, {"allows": "submit", "days": 10}])
    assert found.submit_by == date(2024, 9, 30)


def test_the_renewal_window() -> None:
    assert around(window_months=6).window_opens == date(2023, 12, 30)
    assert around(window_months=0, window_days=180).window_opens == date(2024, 1, 2)
    assert around(window_days=180).window_opens == date(2024, 1, 2)  # days alone are days alone
    assert around(window_months=6, window_days=1).window_opens == date(2023, 12, 29)
    assert around(window_months=120).window_opens == SPAN.start
    assert around().window_closes is None
    assert around(window_months=6, window_closes_months=2).window_closes == date(2024, 4, 30)
    assert around(window_months=0, window_days=60, window_closes_days=30).window_closes == date(2024, 5, 31)


def test_points_may_open_renewal_early() -> None:
    assert around(renew_from_points=True, renew_from_months=12).renew_from == date(2022, 7, 1)
    assert around(renew_from_points=True).renew_from == SPAN.start
    assert around(renew_from_months=12).renew_from is None


def test_early_earning_belongs_to_the_first_period() -> None:
    holder = Holder(date(2021, 3, 10))
    assert around(holder, early_from="award").term.earns.start == date(2021, 3, 10)
    assert around(holder, early_from="january").term.earns.start == date(2021, 1, 1)
    assert around(holder, 2, early_from="award").term.earns.start == SPAN.start
    assert around(Holder(), early_from="award").term.earns.start == SPAN.start
    assert around(holder).term.earns.start == SPAN.start


def test_tiers_of_reinstatement() -> None:
    tiers = [{"key": "invoice", "name": "Invoice", "months": 24}, {"key": "exam", "name": "Exam", "days": 10}]
    found = around(reinstatement=tiers)
    assert found.reinstatement == (("invoice", date(2026, 6, 30)), ("exam", date(2024, 7, 10)))
    assert found.reinstate_until == date(2026, 6, 30)
    assert around(reinstate_months=12).reinstate_until == date(2025, 6, 30)
    assert around().reinstate_until is None


def test_rhythms_inside_a_period() -> None:
    nine = Span(date(2015, 7, 1), date(2024, 7, 1))
    found = around(span=nine, nested=[{"key": "renewal", "name": "Renewal", "months": 36}])
    assert found.nested == (
        ("renewal", (
            Span(date(2015, 7, 1), date(2018, 7, 1)), Span(date(2018, 7, 1), date(2021, 7, 1)),
            Span(date(2021, 7, 1), date(2024, 7, 1)),
        )),
    )  # fmt: skip
    endless = around(span=Span(date(2015, 7, 1), FOREVER), nested=[{"key": "fee", "name": "Fee", "months": 12}])
    assert endless.nested == (("fee", ()),)


def test_relief_holds_for_periods_that_end_within_it() -> None:
    relief = [{"ends_from": date(2024, 6, 30), "ends_until": date(2024, 12, 31), "extra_months": 6}]
    assert around(relief=relief).term.earns.last == date(2024, 12, 30)
    early = Span(SPAN.start, LAST)
    assert around(relief=relief, span=early).term.earns.last == early.last
    some = [relief[0] | {"select": {"kind": "class"}}]
    rules = document(period={"months": 36, "relief": some})
    assert around(relief=some).term.earns.last == LAST  # only some activities: the period itself stays
    assert len(reliefs(rules, SPAN)) == 1
    assert not reliefs(rules, early)


def test_the_last_day_for_an_exam() -> None:
    rules = document(period={"months": 36, "grace": [{"allows": "exam", "days": 120}]})
    assert exam_by(rules, SPAN) == date(2024, 10, 28)
