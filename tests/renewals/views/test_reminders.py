"""Settings of reminders, the sample, the preview and the way out without a sign-in."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.signing import dumps
from django.test import Client

from accounts.actions.addresses import bounced
from accounts.actions.operations import hold_sending, settle
from accounts.models import User
from renewals.models import ReminderSettings
from renewals.reminding.unsubscribing import Mails, token_for
from renewals.reminding.wishes import wishes_of
from tests.factories.accounts import JOINED, EmailAddressFactory
from tests.factories.renewals import InAppNoticeFactory, ReminderFactory
from tests.factories.teams import make_team, stand
from tests.renewals.conftest import NOW
from tests.renewals.pages import hooked, queries_of, said
from tests.renewals.sent import sent_back

SETTINGS = "/settings/reminders/"


@pytest.fixture
def browser(client: Client, dana: User) -> Client:
    EmailAddressFactory(user=dana)
    client.force_login(dana)
    return client


def test_it_says_when_the_next_mail_comes_and_to_which_address(browser: Client, dana: User) -> None:
    page = browser.get(SETTINGS)
    assert "We email you at dana@example.org. Next email: 2 Oct 2026" in said(page)
    assert hooked(page, "next-mail") == ["2 Oct 2026"]
    assert "Due: " not in said(browser.get("/settings/reminders/next/"))
    period = dana.held.get().periods.get()
    ReminderFactory(period=period, user=dana, stage="at-risk-2026-10-01", due_on=NOW.date())
    assert hooked(browser.get(SETTINGS), "next-mail") == ["1 Oct 2026"]


def test_what_is_chosen_is_kept(browser: Client, dana: User) -> None:
    fields = {**sent_back(browser.get(SETTINGS)), "days_before": ["30", "7"], "at_risk": "weekly", "dates": "en-us"}
    fields |= {"quiet_from": "20", "quiet_until": "8"}
    assert browser.post(SETTINGS, fields).status_code == 302
    wishes = wishes_of(dana)
    assert (wishes.days_before, wishes.at_risk, wishes.dates) == ((30, 7), "weekly", "en-us")
    assert (wishes.quiet_from, wishes.quiet_until) == (20, 8)
    browser.post(SETTINGS, {**fields, "by_mail": "False"})
    assert "We do not email you" in said(browser.get(SETTINGS))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"days_before": []}, "Choose one or more days, or choose never above"),
        ({"days_before": ["2000"]}, "Choose from the list"),
        ({"quiet_from": "25"}, "Choose from the list"),
        ({"dates": "xx"}, "Choose from the list"),
    ],
)
def test_what_cannot_be_chosen_is_said(browser: Client, wrong: dict[str, object], message: str) -> None:
    fields = {**sent_back(browser.get(SETTINGS)), "days_before": ["30"], "quiet_from": "21", "quiet_until": "7"}
    answer = browser.post(SETTINGS, {**fields, "dates": "en", **wrong})
    assert answer.status_code == 422
    assert message in said(answer)
    assert not ReminderSettings.objects.exists()


def test_a_sample_comes_at_once_and_at_most_three_times_an_hour(browser: Client, dana: User) -> None:
    for _ in range(4):
        answer = browser.post("/settings/reminders/sample/", follow=True)
    assert [one.subject for one in mail.outbox] == [
        "At risk: Fire Alarm Systems, Level II, 9 points short, ends 31 Mar 2027"
    ] * 3
    assert "Three samples an hour are enough. The next is possible from 1 Oct 2026, 10:00." in said(answer)


def test_who_only_looks_after_a_team_sees_its_weekly_summary(client: Client, stopped_clock: None, db: None) -> None:
    team = make_team()
    EmailAddressFactory(user=team.coordinator)
    client.force_login(team.coordinator)
    assert "If nobody needs action then, as today, it is not sent." in said(client.get("/settings/reminders/next/"))
    stand(team.joins("Dana Reyes").user)
    assert hooked(client.get(SETTINGS), "next-mail") == ["5 Oct 2026"]
    page = said(client.get("/settings/reminders/next/"))
    assert "Your next weekly summary comes on 5 Oct 2026" in page
    assert "1 of 1 person needs action, Ridgeline Fire and Security" in page
    client.post("/settings/reminders/sample/")
    assert [one.subject for one in mail.outbox] == ["1 of 1 person needs action, Ridgeline Fire and Security"]


def test_no_sample_where_mail_is_held_or_not_reached(browser: Client, dana: User) -> None:
    bounced(email=dana.email, reason="550", at=NOW)
    assert "We cannot reach dana@example.org" in said(browser.post("/settings/reminders/sample/", follow=True))
    assert "We cannot reach dana@example.org. Change it" in said(browser.get("/me/"))
    browser.post("/settings/reminders/address/")
    assert "We cannot reach" not in said(browser.get("/me/"))
    settle(at=JOINED)
    hold_sending(reason="Moving", by=dana, at=NOW)
    assert "Sending is on hold" in said(browser.post("/settings/reminders/sample/", follow=True))
    assert mail.outbox == []


def test_a_notice_stands_on_home_until_it_is_read(browser: Client, dana: User) -> None:
    notices = [InAppNoticeFactory(user=dana, subject=f"Number {number}") for number in range(5)]
    assert "Number 4" in said(browser.get("/me/"))
    assert "Number 0" not in said(browser.get("/me/"))
    browser.post(f"/settings/reminders/told/{notices[4].pk}/read/")
    assert "Number 4" not in said(browser.get("/me/"))
    assert "Number 4" in said(browser.get("/settings/reminders/told/"))
    few = queries_of(lambda: browser.get("/settings/reminders/told/"))
    InAppNoticeFactory.create_batch(15, user=dana)
    assert queries_of(lambda: browser.get("/settings/reminders/told/")) == few


def test_the_mail_is_shown_in_a_frame_that_loads_and_runs_nothing(browser: Client) -> None:
    answer = browser.get("/settings/reminders/next/mail/")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "9 points short" in answer.content.decode()


# --- unsubscribing ---


def address(user: User, mails: Mails = Mails.OWN, used: int = 0) -> str:
    return f"/unsubscribe/{token_for(user, mails, used)}/"


def test_opening_the_page_does_nothing_and_posting_works_once(technician: User) -> None:
    client = Client(enforce_csrf_checks=True)  # as a mail program posts it
    for _ in range(2):
        assert "Stop these emails to d...@example.org?" in said(client.get(address(technician)))
    assert wishes_of(technician).by_mail is True
    answer = client.post(address(technician), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, "Unsubscribed" in said(answer)) == (200, True)
    assert wishes_of(technician).by_mail is False
    # Turned on again: the old link does nothing more, a new one does.
    ReminderSettings.objects.update(by_mail=True)
    assert "This link was used before" in said(client.post(address(technician)))
    assert wishes_of(technician).by_mail is True
    client.post(address(technician, used=1))
    assert wishes_of(technician).by_mail is False


def test_a_link_of_team_mails_ends_those_alone(technician: User) -> None:
    Client().post(address(technician, Mails.TEAM))
    wishes = wishes_of(technician)
    assert (wishes.by_mail, wishes.team_digest, wishes.team_notices) == (True, False, False)


def test_nobody_ends_the_mails_of_another(client: Client, technician: User, stranger: User) -> None:
    mine, theirs = address(technician), address(stranger)
    swapped = f"/unsubscribe/{theirs.split('/')[2].split(':')[0]}:{mine.split('/')[2].split(':', 1)[1]}/"
    forged = f"/unsubscribe/{dumps([technician.pk, 'own', 0])}/"
    for path in (swapped, forged, "/unsubscribe/x/"):
        assert client.post(path).status_code == 404
    client.force_login(stranger)
    assert client.post(mine).status_code == 404
    assert not ReminderSettings.objects.exists()
