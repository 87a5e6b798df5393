"""Employers for whoever runs the site, and a new owner where the old ones are out of reach."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import BouncedAddress, Employer, Membership, User
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.renewals.conftest import NOW
from tests.renewals.pages import hooked, queries_of, said

PAGE = "/manage/organisations/"


@pytest.fixture
def ridgeline(admin: User) -> Employer:
    made: Employer = EmployerFactory(name="Ridgeline Fire", owner__user__name="Gail Ortiz")
    return made


def address(employer: Employer) -> str:
    return reverse("manage:organisation", args=[employer.pk])


def naming(membership: Membership) -> str:
    return reverse("manage:owner", args=[membership.employer_id, membership.pk])


def test_the_list_says_who_owns_what(client: Client, ridgeline: Employer) -> None:
    MembershipFactory(employer=ridgeline)
    MembershipFactory(employer=ridgeline, left=True)
    alone = EmployerFactory(name="Vale Fire", owner__user__name="Lee Park", owner__user__is_active=False)
    BouncedAddress.objects.create(email_key="gone@example.org", first_at=NOW, last_at=NOW)
    MembershipFactory(employer=alone, role="owner", user__email="gone@example.org", user__name="Una Gone")
    page = client.get(PAGE)
    assert hooked(page, "organisation") == [
        "Vale Fire No owner within reach 2 people. Owned by Lee Park, Una Gone. Created 2 Jun 2025.",
        "Ridgeline Fire 2 people. Owned by Gail Ortiz. Created 2 Jun 2025.",
    ]
    assert "Newest: Vale Fire, 2 Jun 2025" in said(page)
    assert "1 organisation found" in said(client.get(PAGE, {"q": "ridge"}))
    assert "No organisation was found" in said(client.get(PAGE, {"q": "dge"}))
    assert client.get(PAGE, {"q": "x" * 300}).status_code == 422


def test_no_page_grows_with_the_population(
    client: Client, ridgeline: Employer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("renewals.operating.organisations.PAGE", 2)
    one = queries_of(lambda: client.get(PAGE)), queries_of(lambda: client.get(address(ridgeline), {"q": "p"}))
    for _ in range(4):
        MembershipFactory(employer=EmployerFactory())
        MembershipFactory(employer=ridgeline)
    assert (
        queries_of(lambda: client.get(PAGE)), queries_of(lambda: client.get(address(ridgeline), {"q": "p"}))
    ) == one  # fmt: skip
    assert max(one) <= 10
    page = client.get(PAGE)
    rest = client.get(PAGE, {"before": str(page.context["found"].older)})
    assert [len(hooked(one, "organisation")) for one in (page, rest)] == [2, 2]
    assert "Earlier organisations" in said(rest)


def test_its_people_are_found_by_name(client: Client, ridgeline: Employer) -> None:
    MembershipFactory(employer=ridgeline, coordinator=True, user__name="Rosa Okafor")
    MembershipFactory(employer=ridgeline, user__name="Nina Diaz")
    MembershipFactory(employer=ridgeline, user__name="Nils Gone", left=True)
    MembershipFactory(user__name="Nina Elsewhere")
    page = client.get(address(ridgeline))
    assert "Ridgeline Fire: 1 owner, 3 people" in said(page)
    assert [one.split(" ")[0] for one in hooked(page, "member")] == ["Rosa"]
    found = hooked(client.get(address(ridgeline), {"q": "ni"}), "member")
    assert [one[:9] for one in found] == ["Nina Diaz"]
    nobody = client.get(address(ridgeline), {"q": "elsewhere"})
    assert "Nobody of that name or address works there" in said(nobody)


def test_a_new_owner_is_named_after_a_question(client: Client, ridgeline: Employer) -> None:
    nina = MembershipFactory(employer=ridgeline, user__name="Nina Diaz")
    asked = said(client.get(naming(nina)))
    assert "Make Nina Diaz an owner of Ridgeline Fire?" in asked
    assert "The other owners stay: Gail Ortiz." in asked
    assert client.post(naming(nina), {"reason": ""}).status_code == 422
    done = client.post(naming(nina), {"reason": "Gail left"}, follow=True)
    assert "Nina Diaz is an owner now. All owners are told." in said(done)
    assert "Ridgeline Fire: 2 owners" in said(done)
    assert "was an owner already" in said(client.post(naming(nina), {"reason": "Gail left"}, follow=True))
    assert "This is an owner already." in said(client.get(naming(nina)))


def test_only_its_own_people_become_owners(client: Client, ridgeline: Employer) -> None:
    elsewhere, gone = MembershipFactory(), MembershipFactory(employer=ridgeline, left=True)
    for one in (elsewhere, gone):
        page = reverse("manage:owner", args=[ridgeline.pk, one.pk])
        assert client.get(page).status_code == client.post(page, {"reason": "x"}).status_code == 404
    closed = MembershipFactory(employer=ridgeline, user__is_active=False, user__name="Una Closed")
    refused = client.post(naming(closed), {"reason": "x"})
    assert refused.status_code == 422
    assert "Una Closed does not work there any more, or the account is closed." in said(refused)
