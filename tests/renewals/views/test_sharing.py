"""What employers see is chosen, looked at and ended by the person."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, User
from tests.factories.employers import EmployerFactory, InvitationFactory, MembershipFactory, PersonNoteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


@pytest.fixture
def working(dana: User) -> Membership:
    """Dana works for Ridgeline and shares her activities."""
    return MembershipFactory(user=dana, employer=EmployerFactory(name="Ridgeline"), shares="activities")


@pytest.fixture
def coordinator(working: Membership) -> Client:
    client = Client()
    client.force_login(MembershipFactory(employer=working.employer, coordinator=True).user)
    return client


def person(working: Membership) -> str:
    return reverse("team:person", args=[working.pk])


def view(working: Membership) -> str:
    return reverse("sharing:view", args=[working.pk])


def seen(page: str) -> str:
    """The part about the person: from the heading to the last section that both pages have, without links."""
    part = page[
        page.index("<h1>") : page.index("Add a note") if "Add a note" in page else page.index("Back to sharing")
    ]
    part = re.sub(r"<a [^>]*/activities/[^>]*>Review.*?</a>", "", part)  # what only an employer can do
    return re.sub(r"\s+", "", re.sub(r"<[^>]*>", "", part))


@pytest.mark.parametrize("shares", ["nothing", "standing", "activities", "evidence"])
def test_the_person_sees_exactly_what_the_employer_sees(
    client: Client, dana: User, working: Membership, coordinator: Client, shares: str
) -> None:
    PersonNoteFactory(membership=working, text="Late shift until June")
    client.force_login(dana)
    client.post(reverse("sharing:change", args=[working.pk]), {"shares": shares})
    theirs, mine = coordinator.get(person(working)), client.get(view(working))
    assert theirs.status_code == mine.status_code == 200
    assert seen(theirs.content.decode()) == seen(mine.content.decode())
    assert ("Panel programming class" in mine.content.decode()) == (shares in ("activities", "evidence"))


def test_the_next_request_obeys(client: Client, dana: User, working: Membership, coordinator: Client) -> None:
    """Narrowed, then ended: the employer's open window sees it at once."""
    client.force_login(dana)
    assert "Panel programming class" in coordinator.get(person(working)).content.decode()
    client.post(reverse("sharing:change", args=[working.pk]), {"shares": "standing"})
    narrowed = coordinator.get(person(working)).content.decode()
    assert "Panel programming class" not in narrowed
    assert "At risk" in narrowed
    assert "of 90" not in re.sub(r"<[^>]*>", "", narrowed)
    client.post(reverse("sharing:change", args=[working.pk]), {"shares": "nothing"})
    assert "At risk" not in seen(coordinator.get(person(working)).content.decode())
    client.post(reverse("sharing:leave", args=[working.pk]))
    missing = coordinator.get(reverse("team:person", args=[10**12]))
    gone = coordinator.get(person(working))
    assert gone.status_code == missing.status_code == 404
    assert "Dana" not in coordinator.get(reverse("team:board")).content.decode()
    assert "Dana" not in coordinator.get(reverse("team:people")).content.decode()


@pytest.mark.parametrize("way", ["role", "end", "disabled"])
def test_a_coordinator_who_is_none_any_more_sees_nothing(
    working: Membership, coordinator: Client, way: str, stopped_clock: object
) -> None:
    assert coordinator.get(person(working)).status_code == 200
    membership = Membership.objects.get(employer=working.employer, role="coordinator")
    if way == "role":
        Membership.objects.filter(pk=membership.pk).update(role="technician")
    elif way == "end":
        Membership.objects.filter(pk=membership.pk).update(left_on="2026-10-01")
    else:
        User.objects.filter(pk=membership.user_id).update(is_active=False)
    for page in (person(working), reverse("team:board"), reverse("team:exports")):
        assert coordinator.get(page).status_code == (302 if way == "disabled" else 404)


def test_the_page_says_what_each_employer_sees(client: Client, dana: User, working: Membership) -> None:
    MembershipFactory(user=dana, employer=EmployerFactory(name="Harbor"), shares="nothing")
    MembershipFactory(user=dana, employer=EmployerFactory(name="Before Inc"), left=True)
    PersonNoteFactory(membership=working, text="Late shift until June", by__name="R. Okafor")
    client.force_login(dana)
    page = client.get(reverse("sharing:sharing")).content.decode()
    assert "2 employers see parts of your record" in page
    assert "It sees your standing, points and activities. It cannot see evidence." in page
    assert "It sees your name and nothing of your record." in page
    assert "Late shift until June" in page
    assert "2 Jun 2025 to 1 May 2026. Sees nothing." in page


def test_without_an_employer(client: Client, technician: User) -> None:
    client.force_login(technician)
    page = client.get(reverse("sharing:sharing")).content.decode()
    assert "No employer sees your record" in page
    # Somebody without an employer has no link to it in the menu, which would lead nowhere yet.
    assert page.count(f'href="{reverse("sharing:sharing")}"') == 0


def test_only_what_can_be_shared(client: Client, dana: User, working: Membership) -> None:
    client.force_login(dana)
    address = reverse("sharing:change", args=[working.pk])
    for wrong in ("", "everything"):
        assert client.post(address, {"shares": wrong}).status_code == 422
    working.refresh_from_db()
    assert working.shares == "activities"


def test_the_last_owner_cannot_leave(client: Client, db: None) -> None:
    own = Membership.objects.get(employer=EmployerFactory())
    client.force_login(own.user)
    answer = client.post(reverse("sharing:leave", args=[own.pk]), follow=True)
    assert "Make somebody else an owner first" in answer.content.decode()


def test_menus_lead_where_one_may_go(client: Client, dana: User, working: Membership, coordinator: Client) -> None:
    client.force_login(dana)
    mine, theirs = (one.get(reverse("accounts:settings")).content.decode() for one in (client, coordinator))
    sharing, team = (f'href="{reverse(name)}"' for name in ("sharing:sharing", "team:board"))
    assert (sharing in mine, team in mine) == (True, False)
    assert (sharing in theirs, team in theirs) == (True, True)


def test_invitations_wait_on_the_page(client: Client, technician: User) -> None:
    technician.emailaddress_set.create(email=technician.email, verified=True, primary=True)
    InvitationFactory(email=technician.email, employer__name="Harbor", expires_at="2026-12-01T00:00:00Z")
    client.force_login(technician)
    assert "Harbor" in client.get(reverse("sharing:sharing")).content.decode()
