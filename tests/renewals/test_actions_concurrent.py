"""One person in several tabs at once: everything waits for its turn, nothing is lost, nothing locks up."""

from datetime import UTC, date, datetime
from threading import Event
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.audit import verify_chain
from accounts.models import User
from activities.actions import Facts, StaleActivity
from activities.models import Activity, Claim
from renewals.actions import amend, log, record_renewal, recount, restore, withdraw
from renewals.actions.wishing import choose
from tests.factories.certifications import RenewalPeriodFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WHEN = {"at": datetime(2026, 10, 1, 13, tzinfo=UTC), "today": date(2026, 10, 1)}


def worked(number: int) -> Facts:
    """Field time under one yearly cap, so that each change moves points between all the others."""
    since, until = date(2026, 1, 1), date(2026, 9 - number % 5, 20)
    return Facts(kind="field-time", title=f"Site {number}", since=since, on=until, amount=600 + number, unit="month")


def test_tabs_of_one_person_never_lock_each_other_up(technician: User) -> None:
    RenewalPeriodFactory(held__user=technician)
    first = [log(facts=worked(number), nonce=uuid4(), by=technician, **WHEN) for number in range(3)]

    def logging() -> None:
        for number in range(8):
            log(facts=worked(number + 10), nonce=uuid4(), by=technician, **WHEN)

    def amending() -> None:
        for number in range(8):
            activity = Activity.objects.get(pk=first[number % 3].pk)
            try:
                amend(activity=activity, facts=worked(number + 40), version=activity.version, by=technician, **WHEN)
            except StaleActivity:
                continue  # another tab was first, and says so

    def removing() -> None:
        for number in range(8):
            activity = Activity.objects.get(pk=first[number % 3].pk)
            withdraw(activity=activity, by=technician, **WHEN)
            restore(activity=activity, by=technician, **WHEN)

    assert at_once(logging, amending, removing, amending) == [None] * 4
    assert Activity.objects.of(technician).kept().count() == 11
    assert Claim.objects.filter(user=technician).count() == 11
    assert verify_chain() is None


def test_a_renewal_recorded_while_logging_is_recorded_once(technician: User) -> None:
    period = RenewalPeriodFactory(held__user=technician)

    def logging() -> None:
        for number in range(8):
            log(facts=worked(number), nonce=uuid4(), by=technician, **WHEN)

    def renewing() -> int:
        return record_renewal(period=period, renewed_on=WHEN["today"], reference="R-1", by=technician, **WHEN).pk

    logged, one, two = at_once(logging, renewing, renewing)
    assert logged is None
    assert one == two
    assert Activity.objects.of(technician).count() == 8
    assert verify_chain() is None


def test_whoever_is_counted_can_be_written_about_meanwhile(technician: User) -> None:
    """What is told of a person points at their row. Had it to wait for who counts, and who counts for its place in the
    audit trail, both would wait for ever: somebody's page broke."""
    counting, told = Event(), Event()

    def count() -> None:
        with transaction.atomic():
            recount(user=technician, **WHEN)
            counting.set()
            assert told.wait(30)

    def tell() -> None:
        assert counting.wait(30)
        choose(by=technician, at=WHEN["at"], chosen={"action": "never"})
        told.set()

    assert at_once(count, tell) == [None, None]
