"""Transactions that are each right alone must not be wrong together."""

from datetime import UTC, date, datetime
from threading import Event

import pytest
from django.db import IntegrityError, transaction

from activities.models import Activity, Claim
from certifications.models import RenewalPeriod
from tests.factories.activities import ActivityFactory, ClaimFactory
from tests.factories.certifications import RESULT, RenewalPeriodFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
CLOSING = {"closed_at": datetime(2027, 3, 1, 12, tzinfo=UTC), "result": RESULT, "result_hash": "a" * 64}
PATIENCE = 1  # seconds; how long a transaction is given to show that it does not wait


def test_nothing_slips_into_a_period_that_is_being_closed() -> None:
    period = RenewalPeriodFactory()
    activity = ActivityFactory(user=period.user)
    closing, tried = Event(), Event()

    def close() -> None:
        with transaction.atomic():
            RenewalPeriod.objects.filter(pk=period.pk).update(**CLOSING)
            closing.set()
            assert not tried.wait(PATIENCE)  # the claim waits for us

    def claim() -> Claim:
        assert closing.wait(30)
        try:
            return ClaimFactory(period=period, activity=activity)
        finally:
            tried.set()

    closed, claimed = at_once(close, claim)
    assert closed is None
    assert isinstance(claimed, IntegrityError)
    assert claimed.__cause__.diag.constraint_name == "claim_in_closed_period_stays"


def test_a_date_and_a_claim_that_part_at_the_same_moment_do_not_both_pass() -> None:
    period = RenewalPeriodFactory()
    activity = ActivityFactory(user=period.user)
    moved, tried = Event(), Event()

    def move() -> None:
        with transaction.atomic():
            Activity.objects.filter(pk=activity.pk).update(on=date(2027, 4, 1))
            moved.set()
            assert not tried.wait(PATIENCE)

    def claim() -> Claim:
        assert moved.wait(30)
        try:
            return ClaimFactory(period=period, activity=activity)
        finally:
            tried.set()

    moving, claimed = at_once(move, claim)
    assert moving is None
    assert isinstance(claimed, IntegrityError)
    assert claimed.__cause__.diag.constraint_name == "claim_fits_its_period"
