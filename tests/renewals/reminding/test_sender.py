"""Sending: one mail a day for a person, only what still applies, only when its reader wants it, whatever fails."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts.models import Membership, SiteSwitch, User
from certifications.models import HeldCertification, RenewalPeriod
from renewals.models import InAppNotice, Reminder, ReminderSettings, Standing
from renewals.reminding import mails
from renewals.reminding.claiming import claim, fenced, shortlist
from renewals.reminding.planner import plan
from renewals.reminding.sender import POISONED, sweep
from tests.factories.crowd import Line, crowd
from tests.factories.teams import make_team, stand
from tests.faults.nursery import plain
from tests.faults.stack import AT, TODAY, due, expire_leases

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mails, "compose", plain)


def states() -> list[str]:
    return list(Reminder.objects.order_by("pk").values_list("state", flat=True))


def test_all_that_was_missed_is_one_mail(technician: User) -> None:
    EmailAddress.objects.create(user=technician, email=technician.email, verified=True, primary=True)
    for ahead in (29, 13, 6):
        ends = TODAY + timedelta(days=ahead)
        row = stand(technician, ends_on=ends, lapses_after=ends, window_opens=date(2026, 4, 1))
        HeldCertification.objects.filter(pk=row.held_id).update(added_at=datetime(2025, 1, 1, tzinfo=UTC))
    plan(at=AT)
    sweep(at=AT)
    (sent,) = mail.outbox
    assert (sent.to, sent.body) == ([technician.email], f"{technician}: 3")
    assert Reminder.objects.filter(state="sent", message_id=sent.extra_headers["Message-ID"]).count() == 3
    assert InAppNotice.objects.get().user == technician


def test_whoever_was_too_slow_no_longer_writes_to_what_was_claimed() -> None:
    (pk,) = due(1)
    batch, _ = claim(shortlist(AT, 1)[0], AT)
    assert batch
    expire_leases()
    assert not fenced(batch, state=Reminder.State.HANDING)
    assert Reminder.objects.get(pk=pk).state == Reminder.State.CLAIMED


def test_a_person_gets_one_mail_a_day_and_the_rest_tomorrow() -> None:
    (pk,) = due(1)
    sweep(at=AT)
    first = Reminder.objects.get(pk=pk)
    Reminder.objects.create(user=first.user, period=first.period, stage="rules-3", due_on=TODAY, planned_at=AT)
    sweep(at=AT + timedelta(hours=9))
    assert (len(mail.outbox), states()) == (1, ["sent", "pending"])
    sweep(at=AT + timedelta(hours=22))
    assert (len(mail.outbox), states()) == (2, ["sent", "sent"])


@pytest.mark.parametrize(("hour", "wish", "goes"), [
    (6, {}, False), (7, {}, True), (20, {}, True), (21, {}, False),
    (6, {"quiet_from": 9, "quiet_until": 17}, True), (9, {"quiet_from": 9, "quiet_until": 17}, False),
    (23, {"quiet_from": 5, "quiet_until": 5}, True),
])  # fmt: skip
def test_nobody_is_mailed_in_quiet_hours(hour: int, wish: dict[str, int], goes: bool) -> None:
    (pk,) = due(1)
    if wish:
        ReminderSettings.objects.create(user=Reminder.objects.get(pk=pk).user, changed_at=AT, **wish)
    sweep(at=datetime(2026, 10, 1, hour + 4, 30, tzinfo=UTC) if hour < 20 else AT.replace(day=2, hour=hour - 20))
    assert states() == ["sent" if goes else "pending"]


def test_it_goes_on_the_day_it_is_for_its_reader_also_where_the_zone_is_not_known_any_more() -> None:
    due(3)
    users = list(User.objects.filter(reminders__isnull=False).order_by("pk"))
    for user, zone in zip(users, ("Pacific/Kiritimati", "Nowhere/Left", "America/Los_Angeles"), strict=True):
        User.objects.filter(pk=user.pk).update(time_zone=zone)
    sweep(at=datetime(2026, 9, 30, 20, tzinfo=UTC))  # 10:00 on 1 Oct in Kiritimati, 30 Sep elsewhere
    assert states() == ["sent", "pending", "pending"]
    sweep(at=datetime(2026, 10, 1, 12, tzinfo=UTC))  # 08:00 in New York, 05:00 in Los Angeles
    assert states() == ["sent", "sent", "pending"]
    sweep(at=datetime(2026, 10, 1, 15, tzinfo=UTC))
    assert states() == ["sent"] * 3


@pytest.mark.parametrize("change", [
    "renewed", "removed", "gone", "on track", "never", "overtaken", "no address", "no mail",
])  # fmt: skip
def test_what_no_longer_applies_is_dropped(change: str) -> None:
    (pk,) = due(1)
    row = Reminder.objects.select_related("user").get(pk=pk)
    if change == "renewed":
        RenewalPeriod.objects.filter(pk=row.period_id).update(closed_at=AT, result={}, result_hash="0" * 64)
    elif change == "removed":
        HeldCertification.objects.update(removed_at=AT)
    elif change == "gone":
        User.objects.update(is_active=False)
    elif change == "on track":
        Standing.objects.update(window_opens=TODAY + timedelta(days=1))
    elif change == "overtaken":
        Reminder.objects.filter(pk=pk).update(due_on=TODAY - timedelta(days=1))
        Reminder.objects.create(user=row.user, period=row.period, stage="due-14-x", due_on=TODAY, planned_at=AT)
    elif change == "no address":
        EmailAddress.objects.update(verified=False)
    else:
        wish = {"never": {"action": "never"}, "no mail": {"by_mail": False}}[change]
        ReminderSettings.objects.create(user=row.user, changed_at=AT, **wish)
    sweep(at=AT)
    assert Reminder.objects.get(pk=pk).state == "dropped"
    assert len(mail.outbox) == (change == "overtaken")
    # Who cannot or does not want to be mailed still finds it in the product.
    assert InAppNotice.objects.exists() is (change in ("overtaken", "no address", "no mail"))


@pytest.mark.parametrize(("row", "change"), [
    ({"stage": "on-track-2026-10-01"}, {"on_course": False}), ({"stage": "at-risk-2026-10-01"}, {"on_course": True}),
    ({"stage": "lapsed-1-2026-10-01"}, {}), ({"stage": "ended-2026-10-01"}, {"lapses_after": date(2026, 9, 1)}),
])  # fmt: skip
def test_the_standing_must_still_be_the_one_it_is_about(row: dict[str, str], change: dict[str, Any]) -> None:
    (period,) = crowd([Line(date(2027, 9, 30), date(2027, 4, 1), date(2027, 9, 30))])
    user = RenewalPeriod.objects.get(pk=period).user
    Reminder.objects.create(user=user, period_id=period, due_on=TODAY, planned_at=AT, **row)
    Standing.objects.update(**change)
    sweep(at=AT)
    assert states() == ["dropped"]


@pytest.mark.parametrize("change", ["none", "left", "hidden", "not overseer", "renewed"])
def test_an_employer_hears_only_while_it_may(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    team = make_team()
    EmailAddress.objects.create(user=team.coordinator, email=team.coordinator.email, verified=True, primary=True)
    dana = team.joins("Dana Reyes")
    about = stand(dana.user, window_opens=date(2026, 6, 1)).period
    Reminder.objects.create(
        user=team.coordinator, about=about, employer=team.employer, stage="employer-due-30-2026-10-01", due_on=TODAY,
        planned_at=AT,
    )  # fmt: skip
    if change == "left":
        Membership.objects.filter(pk=dana.pk).update(left_on=TODAY)
    elif change == "hidden":
        Membership.objects.filter(pk=dana.pk).update(shares="nothing")
    elif change == "not overseer":
        Membership.objects.filter(user=team.coordinator).update(role="technician")
    elif change == "renewed":
        RenewalPeriod.objects.filter(pk=about.pk).update(closed_at=AT, result={}, result_hash="0" * 64)
    sweep(at=AT)
    assert states() == ["sent" if change == "none" else "dropped"]
    assert not InAppNotice.objects.exists()


def test_one_persons_mail_that_cannot_be_made_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = due(3)
    poison = Reminder.objects.get(pk=ids[1]).user

    def compose(user: User, rows: object, today: date) -> object:
        if user == poison:
            raise ValueError("A name that no mail can hold.")
        return plain(user, [rows], today)

    monkeypatch.setattr(mails, "compose", compose)
    sweep(at=AT)
    assert states() == ["sent", "retry", "sent"]
    for _ in range(POISONED - 1):
        expire_leases()
        sweep(at=AT)
    row = Reminder.objects.get(pk=ids[1])
    assert (row.state, row.attempts) == ("failed", POISONED)
    assert row.error == "ValueError: A name that no mail can hold."


def test_what_says_nothing_any_more_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    due(1)
    monkeypatch.setattr(mails, "compose", lambda *_: None)
    sweep(at=AT)
    assert (states(), mail.outbox) == (["dropped"], [])


def test_nothing_goes_out_while_sending_is_held() -> None:
    due(2)
    switch = SiteSwitch.objects.create(name=SiteSwitch.HOLD_SENDING, is_on=True, reason="Restored.", turned_at=AT)
    sweep(at=AT)
    assert (states(), mail.outbox) == (["pending", "pending"], [])
    switch.delete()
    assert sweep(at=AT)["mails"] == 2


def test_a_sweep_keeps_to_its_limits() -> None:
    due(3)
    assert sweep(at=AT, limit=2)["mails"] == 2
    assert sweep(at=AT, seconds=0)["mails"] == 0
    assert sweep(at=AT, going=lambda: False)["mails"] == 0
    assert sweep(at=AT)["mails"] == 1
