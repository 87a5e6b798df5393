"""Two senders never hold the same reminder."""

import uuid
from collections import Counter
from threading import Barrier

import pytest
from django.db import transaction

from renewals.models import Reminder
from tests.factories.certifications import RenewalPeriodFactory
from tests.factories.renewals import LEASED_UNTIL, ReminderFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
STAGES = [f"stage-{n}" for n in range(20)]


@pytest.fixture
def due() -> list[Reminder]:
    period = RenewalPeriodFactory()
    return [ReminderFactory(period=period, stage=stage) for stage in STAGES]


def pending(*, locked: bool) -> list[int]:
    rows = Reminder.objects.filter(state="pending").order_by("id")
    if locked:
        rows = rows.select_for_update(skip_locked=True)
    return list(rows.values_list("id", flat=True)[:10])


def look(both: Barrier, *, locked: bool) -> list[int]:
    """What one sender would claim, while the other one is looking too."""
    with transaction.atomic():
        found = pending(locked=locked)
        both.wait(30)
        return found


def test_senders_that_lock_and_skip_see_different_rows(due: list[Reminder]) -> None:
    both = Barrier(2)
    first, second = at_once(lambda: look(both, locked=True), lambda: look(both, locked=True))
    assert len(first) == len(second) == 10
    assert not set(first) & set(second)


def test_senders_that_only_look_see_the_same_rows(due: list[Reminder]) -> None:
    """The control: it is the lock that keeps them apart."""
    both = Barrier(2)
    first, second = at_once(lambda: look(both, locked=False), lambda: look(both, locked=False))
    assert first == second


def test_every_reminder_is_claimed_once(due: list[Reminder]) -> None:
    def sender() -> list[int]:
        token, mine = uuid.uuid4(), []
        while True:
            with transaction.atomic():
                row = Reminder.objects.filter(state="pending").select_for_update(skip_locked=True).first()
                if row is None:
                    return mine
                claimed = {"state": "claimed", "lease_token": token, "lease_until": LEASED_UNTIL}
                Reminder.objects.filter(pk=row.pk).update(**claimed)
                mine.append(row.pk)

    hands = Counter(pk for mine in at_once(*[sender] * 4) for pk in mine)
    assert hands == Counter(row.pk for row in due)
