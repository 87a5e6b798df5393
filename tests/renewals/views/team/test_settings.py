"""An employer's settings, teams and sites; opening one."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Employer, Membership, Site, Team, User
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, MembershipFactory, TeamFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


@pytest.fixture
def employer(client: Client, db: None) -> Employer:
    made: Employer = EmployerFactory(name="Ridgeline")
    client.force_login(Membership.objects.get(employer=made).user)
    return made


def test_anybody_opens_an_employer_once(client: Client) -> None:
    user: User = UserFactory()
    client.force_login(user)
    for _ in range(2):
        answer = client.post(reverse("team:new"), {"name": " Ridge\u200bline  Fire "})
    employer = Employer.objects.get()
    assert employer.name == "Ridgeline Fire"
    assert answer["Location"] == f"{reverse('team:invite')}?employer={employer.pk}"
    assert Membership.objects.get(user=user).role == "owner"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "Enter the name"),
        ("\u200b ", "Enter the name"),
        ("a" * 161, "160 characters or fewer"),
    ],
)
def test_a_name_is_needed(client: Client, employer: Employer, name: str, message: str) -> None:
    for page, data in (("team:new", {}), ("team:settings", {"time_zone": "UTC", "digest_weekday": ""})):
        answer = client.post(reverse(page), {"name": name, **data})
        assert answer.status_code == 422
        assert message in answer.content.decode()
    assert Employer.objects.count() == 1


def test_settings(client: Client, employer: Employer) -> None:
    client.post(reverse("team:settings"), {"name": "Ridge", "time_zone": "America/Denver", "digest_weekday": ""})
    employer.refresh_from_db()
    assert (employer.name, employer.time_zone, employer.digest_weekday) == ("Ridge", "America/Denver", None)
    client.post(reverse("team:settings"), {"name": "Ridge", "time_zone": "America/Denver", "digest_weekday": "3"})
    employer.refresh_from_db()
    assert employer.digest_weekday == 3
    for wrong in ({"time_zone": "Mars/Base"}, {"digest_weekday": "9"}, {"digest_weekday": "x"}):
        data = {"name": "Ridge", "time_zone": "UTC", "digest_weekday": "0", **wrong}
        assert client.post(reverse("team:settings"), data).status_code == 422


@pytest.mark.parametrize(
    ("kind", "model", "page"), [("team", Team, "team:team_edit"), ("site", Site, "team:site_edit")]
)
def test_teams_and_sites(client: Client, employer: Employer, kind: str, model: type, page: str) -> None:
    add = reverse("team:place_add")
    client.post(add, {"kind": kind, "name": "Alarms"})
    group = model.objects.get(employer=employer)
    twice = client.post(add, {"kind": kind, "name": "alarms"})
    assert twice.status_code == 422
    assert "There is already one with the name alarms" in twice.content.decode()
    client.post(reverse(page, args=[group.pk]), {"name": "Fire alarms"})
    group.refresh_from_db()
    assert group.name == "Fire alarms"
    MembershipFactory(employer=employer, **{kind: group})
    used = client.post(reverse(page, args=[group.pk]), {"remove": "1"})
    assert used.status_code == 422
    assert "Give it another name instead" in used.content.decode()
    Membership.objects.filter(**{kind: group}).delete()
    client.post(reverse(page, args=[group.pk]), {"remove": "1"})
    assert not model.objects.exists()


def test_another_employers_team_is_not_found(client: Client, employer: Employer) -> None:
    assert client.post(reverse("team:team_edit", args=[TeamFactory().pk]), {"name": "Mine"}).status_code == 404
