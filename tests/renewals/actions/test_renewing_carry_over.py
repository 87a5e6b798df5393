"""What is left over at a renewal, or missing, and goes into the next period.

PMI: at most 20 PDUs of the last year go over, none of them as a practitioner; renewing early keeps the dates.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from certifications.models import RenewalPeriod
from renewals.queries import stands_of
from tests.factories.packs import dates, do, give, load_packs, renew

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)


def make_pmp(technician: User, *classes: tuple[date, int], kind: str = "class") -> RenewalPeriod:
    load_packs("pmi")
    period = give(technician, "pmp", expiry=date(2026, 12, 31), today=date(2024, 2, 1))
    for on, hours in classes:
        do(technician, kind=kind, title=f"Course of {on}", on=on, amount=hours * 100)
    return period


def test_pmi_carries_at_most_twenty_over(technician: User) -> None:
    period = make_pmp(technician, (date(2024, 5, 1), 50), (date(2026, 5, 1), 45))
    counted = stands_of(technician, TODAY)[0].counted.outcome.counted
    opened = renew(period, TODAY)
    assert counted == 9500
    assert [one["points"] for one in opened.carried_in] == [2000]
    assert dates(opened) == (date(2027, 1, 1), date(2029, 12, 31))
    [stand] = stands_of(technician, date(2027, 1, 5))
    assert stand.standing.counted == 2000
    period.refresh_from_db()
    assert period.result["carry_out"] == "20"


def test_pmi_carries_only_what_was_earned_in_the_last_year(technician: User) -> None:
    period = make_pmp(technician, (date(2024, 5, 1), 70), (date(2026, 5, 1), 5))
    assert [one["points"] for one in renew(period, TODAY).carried_in] == [500]


def test_pmi_carries_nothing_where_nothing_is_left_over(technician: User) -> None:
    period = make_pmp(technician, (date(2026, 5, 1), 60))
    assert renew(period, TODAY).carried_in == []


def test_carried_points_do_not_go_over_a_second_time(technician: User) -> None:
    period = make_pmp(technician, (date(2024, 5, 1), 50), (date(2026, 5, 1), 45))
    opened = renew(period, TODAY)
    later = {"at": datetime(2029, 6, 1, 12, tzinfo=UTC), "today": date(2029, 6, 1)}
    do(technician, title="Course", on=date(2028, 6, 1), amount=6000, **later)
    assert renew(opened, date(2029, 11, 1)).carried_in == []


def test_what_is_missing_is_owed_to_the_next_year_where_rules_say_so(technician: User) -> None:
    load_packs("sagt")
    period = give(technician, "registration", expiry=date(2026, 12, 31), today=date(2026, 2, 1))
    do(technician, title="Course", on=date(2026, 5, 1), amount=700, unit="point")
    opened = renew(period, date(2026, 12, 20))
    assert [one["points"] for one in opened.carried_in] == [-300]
    [stand] = stands_of(technician, date(2027, 1, 5))
    assert (stand.standing.counted, stand.standing.needed) == (0, 1300)


def test_shrm_carries_over_into_education(technician: User) -> None:
    load_packs("shrm")
    technician.birth_date = date(1980, 8, 3)
    technician.save(update_fields=["birth_date"])
    period = give(technician, "shrm-cp", expiry=date(2026, 12, 31), today=date(2024, 2, 1))
    do(technician, title="Course", on=date(2025, 5, 1), amount=7500)
    opened = renew(period, date(2026, 12, 20))
    assert [(one["points"], one["category"]) for one in opened.carried_in] == [(1500, "aye")]
    [stand] = stands_of(technician, date(2027, 1, 5))
    assert {one.key: one.counted for one in stand.counted.outcome.categories}["aye"] == 1500


def test_nicet_carries_nothing_over(technician: User) -> None:
    load_packs("nicet")
    period = give(technician, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    for year in (2024, 2025):
        since, on = date(year, 4, 1), date(year + 1, 3, 31)
        do(technician, kind="field-time", title="Work", since=since, on=on)
    do(technician, kind="committee", title="Committee", on=date(2026, 2, 1), amount=4500, unit="point", role="member")
    do(technician, title="Course", on=date(2026, 3, 1), amount=2000)
    assert stands_of(technician, TODAY)[0].standing.counted == 11300
    assert renew(period, date(2027, 3, 1)).carried_in == []
