"""Renewals recorded early, in time and late, under rules that differ in what they make of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, User
from activities.models import Claim
from certifications.actions import add_own_certification
from certifications.models import RenewalPeriod
from certifications.rules.dates import Span
from renewals.actions import start_holding
from renewals.models import PlannedActivity, Standing
from renewals.queries import stands_of
from renewals.renewal import CannotRenew
from tests.factories.packs import dates, do, give, load_packs, make_dana, renew
from tests.factories.renewals import PlannedActivityFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)


def test_in_time_the_period_is_frozen_and_the_next_one_follows(technician: User) -> None:
    load_packs("nicet")
    period = make_dana(technician)
    opened = renew(period, date(2027, 3, 10))
    period.refresh_from_db()
    assert (period.renewed_on, period.reference) == (date(2027, 3, 10), "R-1")
    assert (period.result["asked"], period.result["counted"], period.result["needed"]) == ("99", "81", "90")
    assert len(period.result["lines"]) == 7
    assert period.result["lines"][0]["losses"][0]["reason"] == "before period"
    assert period.result["rules"] == str(period.version)
    assert dates(opened) == (date(2027, 4, 1), date(2030, 3, 31))
    assert (opened.ordinal, opened.carried_in, opened.version) == (period.ordinal + 1, [], period.version)


def test_nothing_of_the_closed_period_is_in_the_next_ledger(technician: User) -> None:
    load_packs("nicet")
    renew(make_dana(technician), date(2027, 3, 10))
    [stand] = stands_of(technician, date(2027, 4, 20))
    assert (stand.counted.outcome.asked, stand.counted.outcome.counted, stand.standing.needed) == (0, 0, 9000)
    assert Standing.objects.get(user=technician).period == stand.holding.period


def test_what_is_logged_late_for_a_closed_period_says_so(technician: User) -> None:
    load_packs("nicet")
    renew(make_dana(technician), date(2027, 3, 10))
    late = datetime(2027, 5, 1, 12, tzinfo=UTC)
    do(technician, title="Forgotten class", on=date(2026, 9, 1), amount=300, at=late, today=date(2027, 5, 1))
    [stand] = stands_of(technician, date(2027, 5, 1))
    [line] = stand.counted.outcome.lines
    assert (line.asked, line.counted, line.losses[0].reason.value) == (300, 0, "before period")


def test_work_that_goes_on_over_the_end_counts_in_both_periods(technician: User) -> None:
    load_packs("nicet")
    period = give(technician, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    after = {"at": datetime(2027, 7, 5, 12, tzinfo=UTC), "today": date(2027, 7, 5)}
    do(technician, kind="field-time", title="Work", since=date(2027, 1, 1), on=date(2027, 6, 30), **after)
    renew(period, date(2027, 3, 10), today=date(2027, 7, 5))
    period.refresh_from_db()
    assert period.result["counted"] == "6"
    [stand] = stands_of(technician, date(2027, 7, 5))
    assert stand.counted.outcome.counted == 600


def test_recording_twice_gives_one_next_period(technician: User) -> None:
    load_packs("nicet")
    period = make_dana(technician)
    first = renew(period, date(2027, 3, 10))
    again = renew(period, date(2027, 3, 12))
    assert again == first
    assert RenewalPeriod.objects.filter(held=period.held).count() == 2
    assert AuditEvent.objects.filter(verb="renewal recorded").count() == 1


def test_a_closed_period_never_changes(technician: User) -> None:
    load_packs("nicet")
    period = make_dana(technician)
    renew(period, date(2027, 3, 10))
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        RenewalPeriod.objects.filter(pk=period.pk).update(reference="R-2")
    counted = Claim.objects.filter(period=period, counted__gt=0).first()
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Claim.objects.filter(pk=counted.pk).update(counted=0)


def test_plans_for_days_that_are_over_go_and_later_ones_stay(technician: User) -> None:
    load_packs("nicet")
    period = make_dana(technician)
    for on in (date(2027, 2, 1), date(2027, 5, 1)):
        PlannedActivityFactory(held=period.held, on=on)
    renew(period, date(2027, 3, 10))
    assert [plan.on for plan in PlannedActivity.objects.filter(held=period.held)] == [date(2027, 5, 1)]


# AWS: a renewal starts a new period on the day it is approved, so the old one ends there.


def test_early_under_from_approval_the_old_period_ends_the_day_before(technician: User) -> None:
    load_packs("aws-cloud")
    period = give(technician, "cloud-practitioner", awarded_on=date(2024, 2, 1))
    do(technician, kind="exam", title="Exam", on=date(2026, 9, 20), amount=100, unit="each")
    opened = renew(period, TODAY)
    period.refresh_from_db()
    assert dates(period) == (date(2024, 2, 1), date(2026, 9, 30))
    assert dates(opened) == (date(2026, 10, 1), date(2029, 9, 30))
    assert (period.closed_at is not None, opened.closed_at) == (True, None)


def test_what_was_done_after_an_early_renewal_belongs_to_the_next_period(technician: User) -> None:
    load_packs("aws-cloud")
    period = give(technician, "cloud-practitioner", awarded_on=date(2024, 2, 1))
    activity = do(technician, kind="exam", title="Exam", on=date(2026, 9, 20), amount=100, unit="each")
    opened = renew(period, date(2026, 9, 1), today=TODAY)
    claim = activity.claims.get()
    assert claim.period == opened


def test_late_under_from_approval_there_is_a_gap(technician: User) -> None:
    load_packs("aws-cloud")
    period = give(technician, "cloud-practitioner", expiry=date(2026, 6, 30))
    opened = renew(period, TODAY)
    period.refresh_from_db()
    assert period.last_day == date(2026, 6, 30)
    assert dates(opened) == (date(2026, 10, 1), date(2029, 9, 30))


def test_microsoft_counts_from_the_expiry_whenever_one_renews(technician: User) -> None:
    load_packs("microsoft")
    period = give(technician, "azure-administrator", expiry=date(2026, 12, 15))
    assert dates(renew(period, TODAY)) == (date(2026, 12, 16), date(2027, 12, 15))


# IICRC: lapsed certifications can be renewed for two years; the periods go on as before.


def test_lapsed_and_renewed_soon_after_the_periods_go_on_without_a_gap(technician: User) -> None:
    load_packs("iicrc")
    period = give(technician, "wrt", expiry=date(2026, 5, 31))
    assert stands_of(technician, TODAY)[0].standing.label == "Lapsed"
    opened = renew(period, TODAY)
    assert dates(opened) == (date(2026, 6, 1), date(2030, 5, 31))
    assert stands_of(technician, TODAY)[0].standing.label != "Lapsed"


def test_lapsed_for_more_than_a_whole_period_it_starts_anew(technician: User) -> None:
    load_packs("iicrc")
    period = give(technician, "wrt", expiry=date(2021, 5, 31))
    assert dates(renew(period, TODAY)) == (date(2026, 10, 1), date(2030, 9, 30))


def test_the_next_dates_can_be_said_otherwise(technician: User) -> None:
    load_packs("iicrc")
    period = give(technician, "wrt", expiry=date(2026, 5, 31))
    wanted = Span(date(2026, 9, 15), date(2030, 9, 15))
    assert dates(renew(period, TODAY, following=wanted)) == (wanted.start, wanted.last)


def test_a_licence_goes_on_with_the_month_of_birth(technician: User) -> None:
    load_packs("california-cpa")
    technician.birth_date = date(1985, 5, 14)
    technician.save()
    period = give(technician, "cpa", expiry=date(2027, 5, 31))
    assert dates(renew(period, date(2027, 5, 1))) == (date(2027, 6, 1), date(2029, 5, 31))


def test_an_own_certification_goes_on_as_long_as_before(technician: User) -> None:
    certification = add_own_certification(
        name="Rope access", nonce=UUID(int=7), by=technician, at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    period = start_holding(
        certification=certification, level=None, span=Span(date(2024, 1, 1), date(2027, 1, 1)), plain_need=4000,
        by=technician, at=datetime(2026, 1, 1, tzinfo=UTC), today=TODAY,
    )  # fmt: skip
    assert dates(renew(period, TODAY)) == (date(2027, 1, 1), date(2029, 12, 31))


# What cannot be.


def test_what_never_ends_is_not_renewed(technician: User) -> None:
    load_packs("micro-credentials")
    period = give(technician, "digital-badge", awarded_on=date(2025, 3, 10))
    with pytest.raises(CannotRenew, match="does not end"):
        renew(period, TODAY)


@pytest.mark.parametrize("days", [0, 1, 400])
def test_a_renewal_before_the_period_is_refused(technician: User, days: int) -> None:
    load_packs("nicet")
    period = make_dana(technician)
    with pytest.raises(CannotRenew, match="after this period began on 1 Apr 2024"):
        renew(period, period.start - timedelta(days=days), today=TODAY)
    assert RenewalPeriod.objects.filter(held=period.held).count() == 1


def test_next_dates_before_the_period_are_refused(technician: User) -> None:
    load_packs("nicet")
    period = make_dana(technician)
    with pytest.raises(CannotRenew, match="next period must begin"):
        renew(period, date(2027, 3, 1), following=Span(period.start, period.end))


def test_nothing_is_kept_of_a_renewal_that_fails(technician: User, monkeypatch: pytest.MonkeyPatch) -> None:
    load_packs("nicet")
    period = make_dana(technician)
    events = AuditEvent.objects.count()
    monkeypatch.setattr("renewals.actions.renewing.open_period", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        renew(period, date(2027, 3, 1))
    period.refresh_from_db()
    assert period.closed_at is None
    assert AuditEvent.objects.count() == events
