"""The link of an invitation, and answering it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.actions.invitations import hash_of
from accounts.models import Invitation, Membership, User
from tests.factories.accounts import UserFactory
from tests.factories.employers import InvitationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
TOKEN = "t0k3n"
LINK = f"/invite/{TOKEN}/"
LATER = datetime(2026, 10, 20, tzinfo=UTC)


@pytest.fixture
def invitation(db: None) -> Invitation:
    return InvitationFactory(
        employer__name="Ridgeline", email="dana@example.org", token_hash=hash_of(TOKEN), expires_at=LATER
    )


@pytest.fixture
def dana(db: None) -> User:
    return UserFactory(name="Dana Reyes", email="dana@example.org", confirmed=True)


def answer_page(invitation: Invitation) -> str:
    return reverse("sharing:invitation", args=[invitation.pk])


def body(page: HttpResponse, address: str) -> str:
    """The page without what differs from one visit to the next."""
    return re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", page.content.decode()).replace(address, "")


def test_a_stranger_reads_who_invites(client: Client, invitation: Invitation) -> None:
    page = client.get(LINK)
    assert page.status_code == 200
    assert "<bdi>Ridgeline</bdi> invites you" in page.content.decode()
    assert f"/signup/?next={LINK}" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    invitation.refresh_from_db()
    assert invitation.is_open(LATER.replace(day=19))


@pytest.mark.parametrize("way", ["wrong", "other case", "shorter", "used", "declined", "revoked", "expired"])
def test_every_link_that_does_not_work_looks_the_same(client: Client, invitation: Invitation, way: str) -> None:
    wrong = client.get("/invite/never/")
    link = LINK
    if way in ("wrong", "other case", "shorter"):
        link = {"wrong": "/invite/t0k3m/", "other case": LINK.replace("k", "K"), "shorter": "/invite/t0k3/"}[way]
    elif way == "used":
        membership = Membership.objects.get(employer=invitation.employer)
        Invitation.objects.update(used_at=LATER, membership=membership)
    else:
        field = {"declined": "declined_at", "revoked": "revoked_at", "expired": "expires_at"}[way]
        Invitation.objects.update(**{field: datetime(2026, 10, 1, 12, 59, tzinfo=UTC)})
    page = client.get(link)
    assert page.status_code == wrong.status_code == 404
    assert "This link is not active" in page.content.decode()
    assert body(page, link) == body(wrong, "/invite/never/")


def test_another_account_is_told_which_address(client: Client, invitation: Invitation) -> None:
    client.force_login(UserFactory(email="robin@example.org", confirmed=True))
    page = client.get(LINK).content.decode()
    assert "This invitation is for another address" in page
    assert client.get(answer_page(invitation)).status_code == 404
    assert client.post(answer_page(invitation), {"shares": "evidence"}).status_code == 404


def test_joining_with_a_choice(client: Client, invitation: Invitation, dana: User) -> None:
    client.force_login(dana)
    assert client.get(LINK)["Location"] == answer_page(invitation)
    assert "Join <bdi>Ridgeline</bdi>?" in client.get(answer_page(invitation)).content.decode()
    joined = client.post(answer_page(invitation), {"shares": "activities"}, follow=True)
    assert "You joined Ridgeline." in joined.content.decode()
    membership = Membership.objects.get(user=dana)
    assert (membership.shares, str(membership.joined_on)) == ("activities", "2026-10-01")
    # Once.
    assert client.post(answer_page(invitation), {"shares": "evidence"}).status_code == 404
    assert client.get(LINK).status_code == 404
    assert Membership.objects.filter(user=dana).count() == 1


def test_declining(client: Client, invitation: Invitation, dana: User) -> None:
    client.force_login(dana)
    page = client.post(answer_page(invitation), {"decline": "1"}, follow=True)
    assert "You declined. Ridgeline sees nothing of your record." in page.content.decode()
    assert not Membership.objects.filter(user=dana).exists()


@pytest.mark.parametrize("shares", ["", "everything"])
def test_a_choice_is_needed(client: Client, invitation: Invitation, dana: User, shares: str) -> None:
    client.force_login(dana)
    answer = client.post(answer_page(invitation), {"shares": shares})
    assert answer.status_code == 422
    assert not Membership.objects.filter(user=dana).exists()


def test_the_menu_leads_to_sharing_once_somebody_invites(client: Client, dana: User) -> None:
    client.force_login(dana)
    before = client.get("/help/").text
    assert 'href="/sharing/"' not in before
    assert 'href="/rules/"' in before
    invitation = InvitationFactory(email="Dana@example.org", email_key="dana@example.org")
    assert 'href="/sharing/"' in client.get("/help/").text
    Invitation.objects.filter(pk=invitation.pk).update(declined_at=LATER)
    assert 'href="/sharing/"' not in client.get("/help/").text
