"""Counting everybody anew: the timetable's task and the command do the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from accounts.models import JobRun, User
from certifications.models import HeldCertification
from renewals import tasks
from renewals.models import Reminder, Standing
from renewals.queries import holders
from tests.factories.accounts import EmailAddressFactory
from tests.factories.packs import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def stale(nicet: None, technician: User, colleague: User) -> list[User]:
    for user in (technician, colleague):
        give(user, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    Standing.objects.update(counted=1)
    return [technician, colleague]


def test_holders_come_in_lists_and_each_once(stale: list[User], stranger: User) -> None:
    assert list(holders(1)) == [[user.pk] for user in sorted(stale, key=lambda user: user.pk)]
    assert list(holders(10)) == [sorted(user.pk for user in stale)]


def test_the_command_counts_everybody_anew(stale: list[User]) -> None:
    out = StringIO()
    call_command("recount", stdout=out)
    assert out.getvalue() == "2 people counted.\n"
    assert set(Standing.objects.values_list("counted", flat=True)) == {0}


def test_the_task_counts_everybody_a_list_at_a_time(stale: list[User], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.recount_people, "delay", tasks.recount_people)
    tasks.recount_everybody()
    assert set(Standing.objects.values_list("counted", flat=True)) == {0}


def test_what_is_due_is_planned_and_sent_by_task_and_by_command_alike(
    nicet: None, technician: User, settings: Any
) -> None:
    settings.CLOCK_AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
    EmailAddressFactory(user=technician, email=technician.email)
    give(technician, "fire-alarm-systems", level="II", expiry=date(2026, 10, 31))
    HeldCertification.objects.update(added_at=datetime(2025, 1, 1, tzinfo=UTC))
    tasks.plan_reminders()
    assert Reminder.objects.get().stage == "due-30-2026-10-01"
    out = StringIO()
    call_command("plan_reminders", stdout=out)
    assert out.getvalue() == "people: 0, employers: 0, digests: 0, rules: 0\n"
    tasks.send_reminders()
    (sent,) = mail.outbox
    assert sent.subject.startswith("Due: ")
    call_command("send_reminders", stdout=out)
    assert len(mail.outbox) == 1
    assert list(JobRun.objects.order_by("pk").values_list("job", "outcome")) == [
        ("plan-reminders", "done"), ("plan-reminders", "done"), ("send-reminders", "done"), ("send-reminders", "done"),
    ]  # fmt: skip
