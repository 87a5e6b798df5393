"""A renewal worked out before it is recorded, and what is said about it."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from certifications.models import RenewalPeriod
from certifications.queries import Holding, holdings
from certifications.rules.dates import Span
from renewals.renewal import CannotRenew, Renewal, explained, missing, ways_back, work_out
from tests.factories.packs import TODAY, give, load_packs, make_dana

pytestmark = pytest.mark.django_db


def holding(period: RenewalPeriod) -> Holding:
    [found] = holdings(type(period.held).objects.filter(pk=period.held_id))
    return found


def worked(period: RenewalPeriod, on: date, following: Span | None = None) -> Renewal:
    return work_out(holding(period), renewed_on=on, today=max(on, TODAY), following=following)


def test_working_out_changes_nothing(technician: User) -> None:
    load_packs("aws-cloud")
    period = give(technician, "cloud-practitioner", awarded_on=date(2024, 2, 1))
    found = worked(period, TODAY)
    assert (found.cut, found.early, found.late, found.gap) == (True, True, False, 0)
    assert found.closing.holding.period.end == TODAY
    period.refresh_from_db()
    assert period.end == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2027, 3, 1), ["You renewed early. The next period begins when this one ends, so you lose no time."]),
        (date(2027, 3, 31), []),
        (
            date(2027, 4, 2),
            [
                "You renewed after 31 Mar 2027, and after the time these rules allow.",
                "If the certifying body gave other dates, change them below.",
            ],
        ),
    ],
)
def test_what_the_day_means(technician: User, on: date, words: list[str]) -> None:
    load_packs("nicet")
    assert explained(worked(make_dana(technician), on)) == words


def test_what_can_still_be_reinstated_is_not_too_late(technician: User) -> None:
    load_packs("iicrc")
    period = give(technician, "wrt", expiry=date(2025, 7, 31))
    how = {on: explained(worked(period, on))[0] for on in (date(2027, 7, 31), date(2027, 8, 1))}
    assert how == {
        date(2027, 7, 31): "You renewed after 31 Jul 2025, within the time to reinstate it.",
        date(2027, 8, 1): "You renewed after 31 Jul 2025, and after the time these rules allow.",
    }


def test_a_day_between_two_periods_is_said(technician: User) -> None:
    load_packs("nicet")
    following = Span(date(2027, 4, 2), date(2030, 4, 1))
    said = explained(worked(make_dana(technician), date(2027, 3, 31), following))
    assert said == ["1 day lies between the two periods. What you did then counts in neither."]


def test_what_is_missing_is_named(technician: User) -> None:
    load_packs("nicet")
    assert missing(worked(make_dana(technician), TODAY)) == ["9 points"]


def test_minimums_and_items_are_named_with_their_rule(technician: User) -> None:
    load_packs("california-cpa", "aws-cloud")
    technician.birth_date = date(1985, 5, 14)
    technician.save()
    said = missing(worked(give(technician, "cpa", expiry=date(2027, 5, 31)), TODAY))
    assert "80 hours" in said
    assert "4 hours for Ethics" in said
    period = give(technician, "cloud-practitioner", awarded_on=date(2024, 2, 1))
    assert missing(worked(period, TODAY)) == ["Renewal exam passed"]


def test_a_missing_birth_date_is_a_sentence(technician: User) -> None:
    load_packs("california-cpa")
    period = give(technician, "cpa", expiry=date(2027, 5, 31))
    with pytest.raises(CannotRenew, match="birth"):
        worked(period, TODAY)


def test_ways_back_name_dates_that_are_still_to_come(technician: User) -> None:
    load_packs("iicrc", "pmi", "nicet")
    [iicrc] = ways_back(holding(give(technician, "wrt", expiry=date(2026, 5, 31))), TODAY)
    assert "31 May 2028" in iicrc
    assert ways_back(holding(give(technician, "asd", expiry=date(2020, 5, 31))), TODAY) == []
    [pmi] = ways_back(holding(give(technician, "pmp", expiry=date(2026, 5, 31))), TODAY)
    assert pmi == "It is suspended until 31 May 2027: what is missing can still be earned."
    nicet = give(technician, "fire-alarm-systems", level="I", expiry=date(2026, 5, 1))
    assert ways_back(holding(nicet), TODAY) == []
