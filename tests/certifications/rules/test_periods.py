"""Renewal periods: from an award, from a card, one after the other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from certifications.rules.dates import DAY, Span
from certifications.rules.document import Document
from certifications.rules.periods import (
    FOREVER,
    Holder,
    begins_first,
    endless,
    first_period,
    joined_period,
    next_period,
    period_before,
    period_ending,
    period_on,
    period_starting,
    rolling_window,
)
from tests.certifications.rules.generating import document


def rules(**period: Any) -> Document:
    return document(period={"months": 36} | period)


def days(span: Span) -> tuple[date, date]:
    """First and last day."""
    return span.start, span.last


@pytest.mark.parametrize(
    ("period", "awarded", "starts", "ends"),
    [
        ({}, date(2021, 3, 1), date(2021, 3, 1), date(2024, 2, 29)),
        ({"months": 24}, date(2024, 2, 29), date(2024, 2, 29), date(2026, 2, 27)),
        ({"months": 24, "leap_day": "1-march"}, date(2024, 2, 29), date(2024, 2, 29), date(2026, 2, 28)),
        ({"ends": "month-end"}, date(2019, 7, 10), date(2019, 7, 10), date(2022, 7, 31)),
        ({"ends": "month-end", "snap": "back"}, date(2019, 7, 10), date(2019, 7, 10), date(2022, 6, 30)),
        ({"ends": "month-end"}, date(2019, 7, 1), date(2019, 7, 1), date(2022, 6, 30)),
        ({"ends": "month-start"}, date(2024, 4, 18), date(2024, 4, 18), date(2027, 3, 31)),
        ({"ends": "month-start"}, date(2024, 4, 1), date(2024, 4, 1), date(2027, 3, 31)),
        ({"ends": "year-end", "starts": "next-january"}, date(2021, 8, 10), date(2022, 1, 1), date(2024, 12, 31)),
        ({"months": 12, "ends": "year-end"}, date(2021, 8, 10), date(2021, 8, 10), date(2022, 12, 31)),
        ({"months": 12, "ends": "year-end", "snap": "back"}, date(2021, 8, 10), date(2021, 8, 10), date(2021, 12, 31)),
        ({"starts": "january"}, date(2021, 8, 10), date(2021, 1, 1), date(2023, 12, 31)),
        ({"starts": "month-start"}, date(2021, 8, 10), date(2021, 8, 1), date(2024, 7, 31)),
        ({"months": 24, "ends": "fixed", "fixed_end": "03-31"}, date(2020, 6, 1), date(2020, 6, 1), date(2023, 3, 31)),
        (
            {"months": 24, "ends": "fixed", "fixed_end": ["03-31", "09-30"]},
            date(2020, 6, 1), date(2020, 6, 1), date(2022, 9, 30),
        ),
        (
            {"months": 24, "ends": "fixed", "fixed_end": ["03-31", "09-30"], "snap": "back"},
            date(2020, 6, 1), date(2020, 6, 1), date(2022, 3, 31),
        ),
        (
            {"months": 24, "ends": "fixed", "fixed_end": "02-29", "snap": "back"},
            date(2020, 6, 1), date(2020, 6, 1), date(2022, 2, 28),
        ),
        (
            {"months": 24, "ends": "fixed", "fixed_end": "08-31", "end_parity": "even", "snap": "back"},
            date(2021, 3, 1), date(2021, 3, 1), date(2022, 8, 31),
        ),
        (
            {"months": 24, "ends": "year-end", "end_parity": "licence-year", "snap": "forward"},
            date(2021, 3, 1), date(2021, 3, 1), date(2023, 12, 31),
        ),
    ],
)  # fmt: skip
def test_the_first_period(period: dict[str, Any], awarded: date, starts: date, ends: date) -> None:
    assert days(first_period(rules(**period), Holder(awarded))) == (starts, ends)


@pytest.mark.parametrize(
    ("awarded", "birth", "ends"),
    [
        (date(2024, 1, 15), date(1981, 5, 7), date(2025, 5, 31)),  # odd birth year, odd end
        (date(2024, 1, 15), date(1982, 5, 7), date(2024, 5, 31)),
        (date(2024, 5, 31), date(1982, 5, 7), date(2024, 5, 31)),
        (date(2024, 6, 1), date(1982, 5, 7), date(2026, 5, 31)),  # exactly two years
        (date(2024, 6, 15), date(1982, 2, 1), date(2026, 2, 28)),
    ],
)
def test_the_birth_month_of_a_year_as_even_or_odd_as_the_birth(awarded: date, birth: date, ends: date) -> None:
    california = rules(months=24, ends="birth-month-end", end_parity="birth-year")
    first = first_period(california, Holder(awarded, birth))
    assert days(first) == (awarded, ends)

    following = next_period(california, first, Holder(awarded, birth))
    assert following.start == ends + DAY
    assert (following.last.month, following.last.year) == (ends.month, ends.year + 2)


def test_a_birth_month_may_also_make_the_first_period_longer() -> None:
    longer = rules(ends="birth-month-end", snap="forward")
    assert days(first_period(longer, Holder(date(2021, 2, 15), date(1980, 8, 3)))) == (
        date(2021, 2, 15), date(2024, 8, 31),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("period", "holder", "missing"),
    [
        ({}, Holder(), "award"),
        ({"ends": "birth-month-end"}, Holder(date(2024, 1, 1)), "birth"),
        ({"ends": "birth-month-end", "end_parity": "licence-year"}, Holder(None, date(1980, 1, 1)), "award"),
        ({"ends": "year-end", "end_parity": "birth-year"}, Holder(date(2024, 1, 1)), "birth"),
    ],
)
def test_a_missing_date_is_named(period: dict[str, Any], holder: Holder, missing: str) -> None:
    with pytest.raises(ValueError, match=missing):
        first_period(rules(**period), holder)


@pytest.mark.parametrize(
    ("period", "expiry", "starts", "ends"),
    [
        ({}, date(2027, 3, 14), date(2024, 3, 15), date(2027, 3, 14)),
        ({"expiry_day_counts": False}, date(2027, 3, 15), date(2024, 3, 15), date(2027, 3, 14)),
        ({"ends": "month-start"}, date(2027, 4, 1), date(2024, 4, 1), date(2027, 3, 31)),
        ({"ends": "month-start"}, date(2027, 4, 15), date(2024, 4, 1), date(2027, 3, 31)),
        ({"ends": "month-start"}, date(2027, 3, 31), date(2024, 4, 1), date(2027, 3, 31)),  # a last day means itself
        ({"ends": "month-end"}, date(2024, 6, 3), date(2021, 7, 1), date(2024, 6, 30)),
        ({"ends": "birth-month-end", "months": 24}, date(2025, 2, 28), date(2023, 3, 1), date(2025, 2, 28)),
        ({"ends": "year-end", "months": 12}, date(2024, 5, 5), date(2024, 1, 1), date(2024, 12, 31)),
        ({"months": 24}, date(2024, 2, 29), date(2022, 3, 1), date(2024, 2, 29)),
    ],
)
def test_the_period_a_card_stands_for(period: dict[str, Any], expiry: date, starts: date, ends: date) -> None:
    assert days(period_ending(rules(**period), expiry)) == (starts, ends)


def test_a_card_of_somebody_who_was_certified_later_begins_with_the_award() -> None:
    nicet = rules(ends="month-start")
    late = period_ending(nicet, date(2027, 4, 1), Holder(date(2025, 5, 10)))
    assert days(late) == (date(2025, 5, 10), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("early", "renewed_on", "starts", "ends"),
    [
        ("keeps", date(2026, 1, 10), date(2027, 4, 1), date(2030, 3, 31)),
        ("from-expiry", date(2026, 1, 10), date(2027, 4, 1), date(2030, 3, 31)),
        ("longer", date(2026, 1, 10), date(2026, 1, 11), date(2030, 3, 31)),
        ("from-approval", date(2026, 1, 10), date(2026, 1, 10), date(2029, 1, 9)),
        ("from-approval", None, date(2027, 4, 1), date(2030, 3, 31)),
        ("longer", date(2027, 5, 2), date(2027, 4, 1), date(2030, 3, 31)),  # late, not early
    ],
)
def test_renewing_early(early: str, renewed_on: date | None, starts: date, ends: date) -> None:
    current = Span(date(2024, 4, 1), date(2027, 4, 1))
    found = next_period(rules(renewing_early=early), current, Holder(), renewed_on=renewed_on)
    assert days(found) == (starts, ends)


def test_a_way_of_renewing_may_give_another_length() -> None:
    current = Span(date(2024, 4, 1), date(2027, 4, 1))
    found = next_period(
        rules(renewing_early="from-approval"), current, Holder(), renewed_on=date(2026, 6, 1), months=12
    )
    assert days(found) == (date(2026, 6, 1), date(2027, 5, 31))


@pytest.mark.parametrize(
    ("leap_day", "ends"),
    [
        ("28-february", [date(2026, 2, 27), date(2028, 2, 28), date(2030, 2, 27), date(2032, 2, 28)]),
        ("1-march", [date(2026, 2, 28), date(2028, 2, 28), date(2030, 2, 28), date(2032, 2, 28)]),
    ],
)
def test_a_leap_day_comes_back(leap_day: str, ends: list[date]) -> None:
    """Awarded on 29 February: the first day out is that day where the year has it."""
    two_years = rules(months=24, leap_day=leap_day)
    holder = Holder(date(2024, 2, 29))
    span = first_period(two_years, holder)
    found = [span.last]
    for _ in range(3):
        span = next_period(two_years, span, holder)
        found.append(span.last)
    assert found == ends


def test_after_a_renewal_moved_the_dates_the_award_is_no_anchor_any_more() -> None:
    moved = rules(renewing_early="from-approval")
    current = next_period(moved, Span(date(2020, 1, 10), date(2023, 1, 10)), Holder(date(2020, 1, 10)),
                          renewed_on=date(2023, 1, 5))  # fmt: skip
    assert days(next_period(moved, current, Holder(date(2020, 1, 10)))) == (date(2026, 1, 5), date(2029, 1, 4))


def test_a_rolling_window_moves_on_by_its_step() -> None:
    texas = rules(rolling=True, rolls_months=12)
    assert days(next_period(texas, Span(date(2022, 4, 1), date(2025, 4, 1)), Holder())) == (
        date(2023, 4, 1), date(2026, 3, 31),
    )  # fmt: skip
    assert days(rolling_window(texas, date(2025, 9, 17))) == (date(2022, 9, 18), date(2025, 9, 17))
    with pytest.raises(ValueError, match="rolling"):
        rolling_window(rules(), date(2025, 9, 17))


def test_certifications_that_share_an_end_share_the_period() -> None:
    shared = rules(shared_end=True)
    others = Span(date(2024, 4, 1), date(2027, 4, 1))
    assert joined_period(shared, date(2025, 5, 10), others) == others
    with pytest.raises(ValueError, match="after the end"):
        joined_period(shared, date(2027, 4, 1), others)
    with pytest.raises(ValueError, match="do not share"):
        joined_period(rules(), date(2025, 5, 10), others)


def test_what_never_ends() -> None:
    badge = document(period={"never_ends": True})
    assert endless(badge, Holder())
    assert first_period(badge, Holder(date(2024, 5, 1))) == Span(date(2024, 5, 1), FOREVER)
    for_life = rules(lifelong_if_issued_before=date(2011, 1, 1))
    assert endless(for_life, Holder(date(2010, 12, 31)))
    assert not endless(for_life, Holder(date(2011, 1, 1)))
    assert not endless(for_life, Holder())


def test_the_period_of_a_day_is_counted_on_from_the_award() -> None:
    holder = Holder(date(2015, 6, 10))
    assert period_on(rules(), holder, date(2015, 6, 10)) == (Span(date(2015, 6, 10), date(2018, 6, 10)), 1)
    assert period_on(rules(), holder, date(2018, 6, 9)) == (Span(date(2015, 6, 10), date(2018, 6, 10)), 1)
    assert period_on(rules(), holder, date(2018, 6, 10)) == (Span(date(2018, 6, 10), date(2021, 6, 10)), 2)
    assert period_on(rules(), holder, date(2026, 1, 1))[1] == 4


def test_a_period_that_is_known_by_one_end() -> None:
    assert days(period_starting(rules(), date(2024, 4, 1), Holder())) == (date(2024, 4, 1), date(2027, 3, 31))
    assert days(period_before(rules(), date(2027, 4, 1))) == (date(2024, 4, 1), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("starts", "first"),
    [("award", date(2024, 3, 10)), ("month-start", date(2024, 3, 1)), ("january", date(2024, 1, 1)),
     ("next-january", date(2025, 1, 1))],
)  # fmt: skip
def test_the_first_period_is_known_by_the_day_the_rules_let_it_begin_on(starts: str, first: date) -> None:
    awarded = date(2024, 3, 10)
    assert begins_first(rules(starts=starts), awarded, first)
    assert begins_first(rules(starts=starts), awarded, awarded)
    assert not begins_first(rules(starts=starts), awarded, first.replace(year=first.year + 1))
