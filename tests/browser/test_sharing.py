"""An invitation from its mail to its answer: for somebody new, on another device, and where it cannot be answered."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.actions.invitations import invite
from accounts.models import Invitation, Membership, User
from tests.browser.checks import assert_sound
from tests.browser.conftest import OpenPage
from tests.factories.accounts import UserFactory
from tests.factories.packs import AT, TODAY
from tests.factories.teams import TeamOf, make_team
from tests.renewals.conftest import NOW

PASSWORD = "correct horse battery staple"
EMPLOYER = "Ridgeline Fire and Security"


@pytest.fixture
def team(transactional_db: None, settings: Any) -> TeamOf:
    settings.CLOCK_AT = NOW
    settings.CELERY_TASK_ALWAYS_EAGER = True
    with transaction.atomic():
        return make_team()


def invited(team: TeamOf, address: str) -> str:
    """Invite somebody, and give the link that the mail has."""
    invite(
        employer=team.employer, pasted=address, role="technician", team=None, site=None, by=team.coordinator, at=AT,
        today=TODAY,
    )  # fmt: skip
    return link_in_last_mail(r"/invite/\S+")


def link_in_last_mail(pattern: str) -> str:
    found = re.search(rf"https?://[^/\s]+({pattern})", str(mail.outbox[-1].body))
    assert found
    return found[1]


def sign_up(page: Page, link: str, name: str, address: str) -> str:
    """From the link of the invitation through the sign-up; gives the link that confirms the address."""
    page.goto(link)
    expect(page.get_by_role("heading", name=f"{EMPLOYER} invites you")).to_be_visible()
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Check your email")).to_be_visible()
    return link_in_last_mail(r"/account/email/confirm/\S+")


def test_somebody_new_signs_up_and_ends_on_the_answer(open_page: OpenPage, team: TeamOf) -> None:
    page = open_page(scripts=False)
    link = invited(team, "sam@example.org")
    page.goto(sign_up(page, link, "Sam Okoro", "sam@example.org"))
    page.get_by_role("button", name="Confirm address").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Join {EMPLOYER}?")
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("status").last).to_contain_text(f"You joined {EMPLOYER}.")
    joined = Membership.objects.get(employer=team.employer, user__name="Sam Okoro")
    assert joined.shares == "standing"
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link is not active")
    page.get_by_role("link", name="See what you share").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"What {EMPLOYER} sees of your record")


def test_confirmed_on_another_device_the_invitation_is_not_lost(open_page: OpenPage, team: TeamOf) -> None:
    confirm = sign_up(open_page(width=1280), invited(team, "lee@example.org"), "Lee Novak", "lee@example.org")
    phone = open_page(mode="dark")
    phone.goto(confirm)
    phone.get_by_role("button", name="Confirm address").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")
    phone.get_by_label("Email").fill("lee@example.org")
    phone.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.get_by_role("button", name="Sign in", exact=True).click()
    expect(phone.get_by_text(f"{EMPLOYER} invites you.")).to_be_visible()
    assert_sound(phone)
    phone.goto("/help/")
    phone.locator("summary", has_text="Menu").click()
    phone.get_by_role("navigation", name="Main").get_by_role("link", name="Sharing").click()
    phone.get_by_role("link", name=f"Answer {EMPLOYER}").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(f"Join {EMPLOYER}?")
    phone.get_by_role("button", name="Decline").click()
    expect(phone.get_by_role("status").last).to_contain_text("You declined.")
    expect(phone.get_by_role("heading", level=1)).to_have_text("No employer sees your record")
    assert not Membership.objects.filter(user__name="Lee Novak").exists()


@pytest.mark.thorough
def test_another_address_and_a_link_that_ran_out_say_what_to_do(open_page: OpenPage, team: TeamOf) -> None:
    dana: User = UserFactory(name="Dana Reyes", email="dana@example.org", confirmed=True)
    link = invited(team, "dana.reyes@example.org")
    page = open_page(user=dana)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This invitation is for another address")
    expect(page.get_by_text("You are signed in with dana@example.org.")).to_be_visible()
    assert_sound(page)
    page.locator("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name=f"{EMPLOYER} invites you")).to_be_visible()
    assert_sound(page)
    Invitation.objects.update(made_at=AT - timedelta(days=40), expires_at=AT - timedelta(days=10))
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link is not active")
    expect(page.get_by_text("Ask whoever invited you to send it again.")).to_be_visible()
    assert_sound(page)
