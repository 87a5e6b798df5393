"""Owners invite people, change them and end memberships."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Employer, Invitation, Membership, User
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, InvitationFactory, MembershipFactory, TeamFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


@pytest.fixture
def employer(db: None) -> Employer:
    return EmployerFactory(name="Ridgeline")


@pytest.fixture
def owner(employer: Employer, client: Client) -> User:
    user = Membership.objects.get(employer=employer).user
    client.force_login(user)
    return user


def invite(client: Client, **data: str):
    return client.post(reverse("team:invite"), {"role": "technician", "team": "", "site": "", **data})


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_list_names_people_and_open_invitations(client: Client, employer: Employer, owner: User) -> None:
    MembershipFactory(employer=employer, user__name="Ann Lee", team=TeamFactory(employer=employer, name="Alarms"))
    MembershipFactory(employer=employer, user__name="Gone Away", left=True)
    InvitationFactory(employer=employer, email="bo@example.org")
    InvitationFactory(email="elsewhere@example.org")
    page = text(client.get(reverse("team:members")))
    assert "2 members, 1 invitation open" in page
    assert "Ann Lee Technician, Alarms . Since 2 Jun 2025. Shares: standing only" in page
    assert "bo@example.org" in page
    assert "Link ended 30 Sep 2026" in page  # at midnight in UTC, in the evening of who reads it
    assert "Gone Away" not in page
    assert "elsewhere" not in page


def test_the_list_takes_as_many_queries_for_twenty(
    client: Client, employer: Employer, owner: User, django_assert_max_num_queries
) -> None:
    client.get(reverse("team:members"))
    for _ in range(20):
        MembershipFactory(employer=employer, team=TeamFactory(employer=employer))
        InvitationFactory(employer=employer)
    with django_assert_max_num_queries(9):
        client.get(reverse("team:members"))


def test_nothing_is_sent_before_the_list_was_looked_through(
    client: Client, employer: Employer, owner: User, django_capture_on_commit_callbacks
) -> None:
    pasted = "ann@example.org\nbo@example.org, ann@example.org\nnot an address"
    preview = invite(client, pasted=pasted)
    assert preview.status_code == 200
    assert "2 people will be invited" in text(preview)
    assert re.findall(r'data-outcome="(\w+)"', preview.content.decode()) == [
        "invite", "invite", "repeated", "unreadable",
    ]  # fmt: skip
    assert "1 entry is not an email address: nobody is invited there." in text(preview)
    assert not Invitation.objects.exists()
    back = invite(client, pasted=pasted, back="1")
    assert back.status_code == 200
    assert "ann@example.org\nbo@example.org" in back.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            sent = invite(client, pasted=pasted, send="1")
            assert sent["Location"] == reverse("team:members")
    assert sorted(one.email for one in Invitation.objects.all()) == ["ann@example.org", "bo@example.org"]
    assert len(mail.outbox) == 2
    assert f"http://localhost:8000{reverse('sharing:link', args=['x'])[:-2]}" in mail.outbox[0].body


def test_addresses_are_read_as_mail_programs_write_them(client: Client, employer: Employer, owner: User) -> None:
    pasted = 'Ford, Gus <gus@example.org>; "Lee, Bo" <bo@example.org>, ann@example.org, mailto:cy@example.org'
    preview = invite(client, pasted=pasted).content.decode()
    assert re.findall(r'data-outcome="(\w+)"', preview) == ["invite"] * 4
    assert [name in preview for name in ("gus@", "bo@", "ann@", ">cy@", "Ford<")] == [True, True, True, True, False]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"pasted": ""}, "Enter one or more email addresses"),
        ({"pasted": " ,;\n "}, "Enter one or more email addresses"),
        ({"pasted": "\n".join(f"a{n}@example.org" for n in range(201))}, "Enter at most 200 addresses at a time"),
        ({"pasted": "a" * 20_001}, "Enter at most 200 addresses at a time"),
        ({"pasted": "a@example.org", "role": "boss"}, "choose from the list"),
        ({"pasted": "a@example.org", "team": "999999"}, "Choose a team of the list"),
        ({"pasted": "a@example.org", "site": "x" * 30}, "Choose a site of the list"),
        ({"pasted": "a@example.org", "team": "9" * 40}, "Choose a team of the list"),
    ],
)
@pytest.mark.parametrize("send", [{}, {"send": "1"}])
def test_what_is_refused(
    client: Client, employer: Employer, owner: User, data: dict[str, str], message: str, send: dict[str, str]
) -> None:
    answer = invite(client, **{**data, **send})
    assert answer.status_code == 422
    assert "Error: " in answer.content.decode()
    assert message in text(answer)
    assert not Invitation.objects.exists()


def test_a_team_of_another_employer_is_refused(client: Client, employer: Employer, owner: User) -> None:
    foreign = TeamFactory()
    assert invite(client, pasted="a@example.org", team=str(foreign.pk), send="1").status_code == 422


def test_an_address_that_works_elsewhere_is_answered_as_a_new_one(
    client: Client, employer: Employer, owner: User
) -> None:
    MembershipFactory(user=UserFactory(email="known@example.org", confirmed=True))
    known, new = invite(client, pasted="known@example.org"), invite(client, pasted="new@example.org")
    assert text(known).replace("known@", "new@").split("Send")[0] == text(new).split("Send")[0]


def test_change_and_end(client: Client, employer: Employer, owner: User) -> None:
    member, team = MembershipFactory(employer=employer), TeamFactory(employer=employer)
    address = reverse("team:member", args=[member.pk])
    answer = client.post(address, {"role": "coordinator", "team": team.pk, "site": ""})
    assert answer["Location"] == reverse("team:members")
    member.refresh_from_db()
    assert (member.role, member.team) == ("coordinator", team)
    ended = reverse("team:member_end", args=[member.pk])
    assert "Files downloaded before stay as they are" in text(client.get(ended))
    assert client.post(ended).status_code == 302
    assert client.get(address).status_code == client.post(ended).status_code == 404


def test_the_last_owner_is_told_why_not(client: Client, employer: Employer, owner: User) -> None:
    own = Membership.objects.get(employer=employer, user=owner)
    answer = client.post(reverse("team:member", args=[own.pk]), {"role": "technician", "team": "", "site": ""})
    assert answer.status_code == 422
    assert "Make somebody else an owner first" in text(answer)
    ended = client.post(reverse("team:member_end", args=[own.pk]), follow=True)
    assert "Make somebody else an owner first" in text(ended)
    own.refresh_from_db()
    assert own.left_on is None


def test_invitations_are_sent_again_and_taken_back(client: Client, employer: Employer, owner: User) -> None:
    one = InvitationFactory(employer=employer)
    before = one.token_hash
    client.post(reverse("team:invitation_resend", args=[one.pk]))
    one.refresh_from_db()
    assert one.token_hash != before
    client.post(reverse("team:invitation_revoke", args=[one.pk]))
    again = client.post(reverse("team:invitation_revoke", args=[one.pk]), follow=True)
    assert "This invitation is not active" in text(again)


def test_a_coordinator_manages_nothing(client: Client, employer: Employer) -> None:
    client.force_login(MembershipFactory(employer=employer, coordinator=True).user)
    board = client.get(reverse("team:board"))
    assert board.status_code == 200
    assert reverse("team:members") not in board.content.decode()
    assert client.get(reverse("team:members")).status_code == 404


def test_with_two_employers_the_address_says_which(client: Client, employer: Employer, owner: User) -> None:
    other = EmployerFactory(name="Harbor")
    MembershipFactory(employer=other, user=owner, role="owner")
    stranger = EmployerFactory()
    assert "Harbor" in client.get(f"{reverse('team:settings')}?employer={other.pk}").content.decode()
    for wrong in (stranger.pk, 0, "x", "1" * 30, "\u0661"):
        assert client.get(f"{reverse('team:settings')}?employer={wrong}").status_code == 404
