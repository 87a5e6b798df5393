"""Mails that failed or may have arrived wait for a person."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from renewals.models import Reminder
from renewals.operating.mails import about
from tests.factories.renewals import ReminderFactory
from tests.renewals.pages import hooked, said

PAGE = "/manage/mail/"


@pytest.fixture
def failed(admin: User) -> Reminder:
    made: Reminder = ReminderFactory(state="failed", error="550 no such user", attempts=3)
    return made


@pytest.fixture
def uncertain(admin: User) -> Reminder:
    made: Reminder = ReminderFactory(state="uncertain", message_id="<one@example.org>", doubtful=1)
    return made


def decide(client: Client, reminder: Reminder, what: str) -> str:
    return said(client.post(reverse("manage:decide", args=[reminder.pk]), {what: "1"}, follow=True))


def state(reminder: Reminder) -> str:
    reminder.refresh_from_db()
    return reminder.state


def test_each_group_says_what_is_in_it(client: Client, failed: Reminder, uncertain: Reminder) -> None:
    ReminderFactory()
    ReminderFactory(due_on=date(2026, 10, 2))  # not due yet
    ReminderFactory(state="failed", error="550", due_on=date(2026, 7, 1))  # long ago
    page = client.get(PAGE)
    assert "1 mail was not sent" in said(page)
    assert "550 no such user" in hooked(page, "mail")[0]
    assert "1 mail may have arrived" in said(client.get(PAGE, {"group": "uncertain"}))
    waiting = client.get(PAGE, {"group": "waiting"})
    assert "1 mail waits" in said(waiting)
    assert "Send again" not in said(waiting)
    assert client.get(PAGE, {"group": "odd"}).status_code == 404
    assert client.get(PAGE, {"page": "9" * 30}).status_code == 200


def test_a_failed_mail_is_tried_again(client: Client, failed: Reminder, stopped_clock: datetime) -> None:
    assert "goes out with the next sweep" in decide(client, failed, "again")
    assert (state(failed), failed.retry_at, failed.attempts, failed.error) == ("retry", stopped_clock, 0, "")
    assert "decided about this mail meanwhile" in decide(client, failed, "again")
    assert AuditEvent.objects.get().verb == "reminder sent again"


def test_an_uncertain_mail_is_sent_again_whole_under_its_id(client: Client, uncertain: Reminder) -> None:
    other = ReminderFactory(
        user=uncertain.user, period__held__user=uncertain.user, state="uncertain", message_id=uncertain.message_id
    )
    decide(client, uncertain, "again")
    assert state(uncertain) == state(other) == "retry"
    assert uncertain.message_id == other.message_id == "<one@example.org>"
    assert uncertain.doubtful == 1


def test_what_is_left_no_longer_asks(client: Client, failed: Reminder, uncertain: Reminder) -> None:
    assert "is left as it is" in decide(client, failed, "leave")
    decide(client, uncertain, "leave")
    assert failed.pk
    assert (state(failed), failed.error) == ("failed", "Left as it is: 550 no such user")
    assert (state(uncertain), uncertain.error) == ("failed", "Left as it is: nobody knows whether it arrived")
    assert "No mail failed" in said(client.get(PAGE))
    assert "Every mail sent is known to be" in said(client.get(PAGE, {"group": "uncertain"}))


def test_what_is_sent_or_waits_is_not_touched(client: Client, admin: User) -> None:
    for reminder in (ReminderFactory(sent=True), ReminderFactory()):
        before = reminder.state
        assert "meanwhile" in decide(client, reminder, "again")
        assert state(reminder) == before
    assert client.post("/manage/mail/999999/", {"again": "1"}).status_code == 404


def test_what_a_mail_says_is_told_in_words() -> None:
    stages = ("due-30-2027-03-01", "lapsed-7-2027-04-07", "digest-2027-03-01", "employer-due-7-2027-03-24", "180-days")
    told = [about(Reminder(stage=stage, due_on=date(2027, 3, 1))) for stage in stages]
    assert told == [
        "30 days before the end", "7 days after it lapsed", "Digest of a team",
        "To the employer, 7 days before the end", "180-days",
    ]  # fmt: skip
