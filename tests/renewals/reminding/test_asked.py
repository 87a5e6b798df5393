"""Reminders that an employer asks for: who gets one, what it says, and never two in a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from accounts.models import AuditEvent, Membership
from renewals.models import Reminder, Standing
from renewals.reminding.asked import ask
from renewals.reminding.sender import sweep
from renewals.teams.at_risk import at_risk, recipients
from renewals.teams.filters import Filters
from tests.factories.accounts import EmailAddressFactory, UserFactory
from tests.factories.teams import TeamOf, make_team, stand

pytestmark = pytest.mark.django_db
AT, TODAY = datetime(2026, 10, 1, 13, tzinfo=UTC), date(2026, 10, 1)


@pytest.fixture
def team() -> TeamOf:
    return make_team()


def joins(team: TeamOf, name: str = "Dana Reyes", shares: str = "activities", **facts: object) -> Membership:
    membership = team.joins(name, shares=shares, user=UserFactory(name=name, confirmed=True))
    stand(membership.user, **facts)
    return membership


def remind(team: TeamOf, *people: Membership, at: datetime = AT) -> list[str]:
    asked = ask(memberships=list(people), by=team.coordinator, at=at, today=at.date())
    sweep(at=at)
    return [one.membership.user.name for one in asked]


def test_the_mail_says_who_asks_what_is_short_and_what_to_do(team: TeamOf) -> None:
    dana = joins(team)
    assert remind(team, dana) == ["Dana Reyes"]
    (sent,) = mail.outbox
    assert sent.to == [dana.user.email]
    assert sent.subject == f"At risk: {Standing.objects.get().held}"
    for said in ("Ruth Okafor of Ridgeline", "81 of 90 points", "9 points short", "181 days left", "Next: Log field"):
        assert said in sent.body
        assert said in str(sent.alternatives[0][0]).replace("<b>", "").replace("</b>", "")
    row = Reminder.objects.get()
    assert (row.state, row.sent_at, row.attempts) == ("sent", AT, 1)
    assert (row.message_id, row.stage) == (sent.extra_headers["Message-ID"], "asked-2026-10-01")
    event = AuditEvent.objects.get(verb="reminder asked for")
    assert (event.actor, event.subject) == (team.coordinator, dana.user)


def test_nobody_is_mailed_twice_in_a_day_whoever_asks(team: TeamOf) -> None:
    dana = joins(team)
    other = make_team("Other Works")
    there = other.joins("", user=dana.user)
    remind(team, dana)
    assert remind(team, dana) == []
    assert remind(other, there) == []
    assert sweep(at=AT)["mails"] == 0
    assert len(mail.outbox) == 1
    assert remind(team, dana, at=AT + timedelta(days=1)) == ["Dana Reyes"]
    assert len(mail.outbox) == 2


def test_one_mail_for_all_that_a_person_holds(team: TeamOf) -> None:
    dana = joins(team)
    stand(dana.user, word="due", window_opens=TODAY, summary={"sub_line": "Due line"})
    stand(dana.user, on_course=True, window_opens=date(2027, 3, 1))
    remind(team, dana)
    assert mail.outbox[0].subject.startswith("Due: ")
    assert mail.outbox[0].subject.endswith(" and 1 more")
    assert mail.outbox[0].body.count("days left") == 2


def test_without_a_confirmed_address_nothing_goes_out(team: TeamOf) -> None:
    nobody = team.joins("Sam Okoro")
    stand(nobody.user)
    EmailAddressFactory(user=nobody.user, verified=False)
    assert not recipients([nobody], TODAY)[0].reachable
    assert remind(team, nobody) == []
    assert (mail.outbox, Reminder.objects.count()) == ([], 0)


def test_who_shares_the_standing_alone_reads_no_points_either(team: TeamOf) -> None:
    remind(team, joins(team, shares="standing"))
    for points in ("81 of", "points short", "Next: Log"):
        assert points not in mail.outbox[0].body
    assert "At risk" in mail.outbox[0].body


@pytest.mark.parametrize("change", ["left", "narrowed", "solved"])
def test_what_no_longer_applies_is_not_sent(team: TeamOf, change: str) -> None:
    dana = joins(team)
    ask(memberships=[dana], by=team.coordinator, at=AT, today=TODAY)
    if change == "solved":
        Standing.objects.update(on_course=True, window_opens=date(2027, 3, 1))
    else:
        facts: dict[str, Any] = {"left": {"left_on": TODAY}, "narrowed": {"shares": "nothing"}}[change]
        Membership.objects.filter(pk=dana.pk).update(**facts)
    assert sweep(at=AT)["mails"] == 0
    assert (mail.outbox, Reminder.objects.get().state) == ([], "dropped")


def test_a_mail_server_that_is_away_is_asked_again_later(team: TeamOf, settings: Any) -> None:
    ask(memberships=[joins(team)], by=team.coordinator, at=AT, today=TODAY)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    assert sweep(at=AT)["mails"] == 0
    assert Reminder.objects.get().state == "retry"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sweep(at=AT)["mails"] == 0
    Reminder.objects.update(retry_at=AT - timedelta(days=999))
    assert sweep(at=AT)["mails"] == 1
    assert (len(mail.outbox), Reminder.objects.get().attempts) == (1, 2)


def test_the_list_shows_the_own_reminders_and_no_other_employers(team: TeamOf) -> None:
    dana = joins(team)
    other = make_team("Other Works")
    there = other.joins("", user=dana.user)
    remind(other, there)
    (row,) = at_risk(team.employer, TODAY, Filters(), date(2026, 12, 31)).rows
    assert row.reminded_at is None
    (row,) = at_risk(other.employer, TODAY, Filters(), date(2026, 12, 31)).rows
    assert row.reminded_at == AT
