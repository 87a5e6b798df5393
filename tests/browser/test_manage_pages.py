"""The pages of whoever runs the site: every state at every width, and a mail that failed is tried again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import expect

from accounts.actions.operations import hold_sending
from accounts.models import JobRun, User
from renewals.models import Reminder
from tests.browser.checks import WINDOWS, assert_sound, look
from tests.browser.conftest import OpenPage
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.renewals import ReminderFactory
from tests.renewals.conftest import NOW

PATHS = ["/manage/", "/manage/jobs/tend-exports/", "/manage/mail/", "/manage/mail/?group=uncertain",
         "/manage/mail/?group=waiting", "/manage/sending/", "/manage/audit/", "/manage/audit/?since=x",
         "/manage/users/", "/manage/users/?q=nobody", "/manage/organisations/"]  # fmt: skip


@pytest.fixture
def ari(transactional_db: None, settings: Any) -> User:
    """Runs a site with some trouble: a job that failed, one that is late, mails in every state."""
    settings.CLOCK_AT = NOW
    JobRun.objects.create(
        job="tend-exports", started_at=NOW, ended_at=NOW, outcome="failed", error="OSError: no space left on device"
    )
    early = NOW - timedelta(hours=9)
    JobRun.objects.create(job="send-reminders", started_at=early, ended_at=early, outcome="done", counts={"sent": 12})
    ReminderFactory(state="failed", error="550 5.1.1 no such mailbox", attempts=8)
    ReminderFactory(state="uncertain", message_id="<reminder-1@example.org>", doubtful=1)
    ReminderFactory()
    made: User = UserFactory(name="Ari Lund", is_site_admin=True)
    return made


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_every_page_is_sound(open_page: OpenPage, ari: User, width: int, mode: str) -> None:
    hold_sending(reason="The mail server moves tonight", by=ari, at=NOW)
    page = open_page(user=ari, width=width, mode=mode)
    for path in PATHS:
        page.goto(path)
        assert_sound(page)
        look(page, f"{path.strip('/').replace('/', '-').replace('?', '-')}-{width}-{mode}")


@pytest.mark.thorough
def test_an_owner_sets_up_a_webhook(open_page: OpenPage, transactional_db: None, settings: Any) -> None:
    settings.CLOCK_AT, settings.WEBHOOKS = NOW, True
    with transaction.atomic():
        owner = EmployerFactory(name="Ridgeline").memberships.get(role="owner").user
    page = open_page(user=owner)
    page.goto("/team/settings/")
    page.get_by_role("link", name="Set up a webhook").click()
    page.get_by_role("button", name="Save address").click()
    expect(page.locator(".error-summary")).to_contain_text("Enter an address")
    assert_sound(page)
    page.get_by_label("Address").fill("http://127.0.0.1:1/in")
    page.get_by_role("button", name="Save address").click()
    expect(page.get_by_text("Copy it now")).to_be_visible()
    assert_sound(page)
    look(page, "webhook")
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("The test did not arrive.")).to_be_visible()
    assert_sound(page)


@pytest.mark.thorough
def test_trouble_is_seen_and_settled(open_page: OpenPage, ari: User) -> None:
    page = open_page(user=ari)
    page.goto("/manage/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("late")
    expect(page.get_by_text("OSError: no space left on device")).to_be_visible()
    page.get_by_role("link", name="Mails not sent 1").click()
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_text("goes out with the next sweep")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("No mail failed")
    assert Reminder.objects.filter(state="retry").count() == 1
    page.get_by_role("link", name="Sending", exact=True).click()
    page.get_by_label("Why").fill("The mail server moves tonight")
    page.get_by_role("button", name="Hold all sending").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sending is held")
    page.get_by_role("link", name="Check and let it go on").click()
    page.get_by_role("button", name="Let sending go on").click()
    expect(page.get_by_text("Sending goes on.")).to_be_visible()


def test_roles_and_owners_are_given(open_page: OpenPage, ari: User) -> None:
    with transaction.atomic():
        employer = EmployerFactory(name="Ridgeline Fire", owner__user__is_active=False)
        MembershipFactory(employer=employer, user__name="Nina Diaz", user__email="nina@example.org")
    page = open_page(user=ari)
    page.goto("/manage/users/")
    page.get_by_label("Name or email address").fill("nina@")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 person found")
    page.get_by_role("link", name="Nina Diaz").click()
    assert_sound(page)
    look(page, "user")
    page.get_by_role("link", name="Give the role rules admin").click()
    page.get_by_role("button", name="Give the role").click()
    expect(page.locator(".error-summary")).to_contain_text("Say why")
    assert_sound(page)
    look(page, "role")
    page.get_by_label("Why").fill("Knows NICET")
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_text("Nina Diaz is a rules admin now.")).to_be_visible()
    page.get_by_role("link", name="Ridgeline Fire").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ridgeline Fire: no owner within reach")
    page.get_by_label("Name or email address").fill("nina")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", name="1 person found")).to_be_visible()
    assert_sound(page)
    look(page, "organisation")
    page.get_by_role("link", name="Make Nina Diaz an owner").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Make Nina Diaz an owner")
    assert_sound(page)
    page.get_by_label("Why").fill("The owner left")
    page.get_by_role("button", name="Make owner").click()
    expect(page.get_by_text("All owners are told.")).to_be_visible()
