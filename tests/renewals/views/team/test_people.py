"""People, a person, a certification in the employer's view: exactly as much as the membership shares."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, Membership, User
from activities.evidence import storage
from activities.models import Activity
from certifications.models import HeldCertification
from renewals.models import PersonNote
from tests.bodies import body
from tests.factories.activities import ActivityFactory, EvidenceFactory, EvidenceLinkFactory
from tests.factories.employers import ConfirmationFactory, InvitationFactory
from tests.factories.packs import make_dana
from tests.factories.teams import TeamOf, make_team, stand

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
SECRET = "only for me"


@pytest.fixture
def dana(nicet: None, team: TeamOf, technician: User) -> Membership:
    membership = team.joins("", user=technician)
    make_dana(technician)
    Activity.objects.update(note=SECRET)
    return membership


@pytest.fixture
def reader(team: TeamOf, client: Client) -> Client:
    client.force_login(team.coordinator)
    return client


def share(membership: Membership, shares: str) -> None:
    Membership.objects.filter(pk=membership.pk).update(shares=shares)


def pages(reader: Client, membership: Membership) -> str:
    """Everything an employer can open about one person."""
    held = HeldCertification.objects.filter(user=membership.user)
    paths = ["/team/", "/team/at-risk/", "/team/people/", f"/team/people/{membership.pk}/"]
    paths += [f"/team/certs/{one.pk}/" for one in held]
    return "".join(reader.get(path).text for path in paths)


@pytest.mark.parametrize(
    ("shares", "standing", "points", "activities", "files"),
    [
        ("nothing", False, False, False, False),
        ("standing", True, False, False, False),
        ("activities", True, True, True, False),
        ("evidence", True, True, True, True),
    ],
)
def test_what_is_shared_is_seen_and_nothing_more(
    reader: Client, dana: Membership, shares: str, standing: bool, points: bool, activities: bool, files: bool
) -> None:
    EvidenceLinkFactory(
        user=dana.user, activity=Activity.objects.get(title="Code update course"),
        evidence=EvidenceFactory(user=dana.user, name="certificate-7.pdf"),
    )  # fmt: skip
    share(dana, shares)
    text = pages(reader, dana)
    assert "Dana Reyes" in text
    assert ('chip at-risk" data-hook="standing"' in text) is standing
    assert bool(re.search(">81<|81 of 90|9 points short", text)) is points
    assert ("Smoke control webinars" in text) is activities
    assert ("certificate-7.pdf" in text) is files
    assert SECRET not in text


def test_the_reason_is_two_clicks_from_the_matrix(reader: Client, dana: Membership) -> None:
    held = HeldCertification.objects.get(user=dana.user)
    assert f'href="/team/certs/{held.pk}/"' in reader.get("/team/").text
    text = reader.get(f"/team/certs/{held.pk}/").text
    for said in ("Cap reached", "Additional Education", "8</span>", "Forecast 81 of 90", "log field time since"):
        assert said in text


@pytest.mark.parametrize("change", [{"left_on": "2026-10-01"}, {"shares": "nothing"}])
def test_the_next_request_obeys(reader: Client, dana: Membership, change: dict[str, str]) -> None:
    held = HeldCertification.objects.get(user=dana.user)
    assert reader.get(f"/team/certs/{held.pk}/").status_code == 200
    Membership.objects.filter(pk=dana.pk).update(**change)
    refused = reader.get(f"/team/certs/{held.pk}/")
    assert refused.status_code == 404
    assert body(refused) == body(reader.get("/team/certs/999999/"))
    person = reader.get(f"/team/people/{dana.pk}/")
    assert person.status_code == (404 if "left_on" in change else 200)


@pytest.mark.parametrize("path", ["/team/people/{}/", "/team/certs/{}/", "/team/people/{}/evidence/1/"])
@pytest.mark.parametrize("wrong", ["0", "-1", "1" * 25, "abc", "1.0", "٣"])
def test_an_address_that_is_no_number_is_missing(reader: Client, path: str, wrong: str) -> None:
    assert reader.get(path.format(wrong)).status_code == 404


def test_somebody_of_another_employer_is_missing(reader: Client) -> None:
    foreign = make_team("Other Works").joins("Elsewhere")
    held = stand(foreign.user).held
    for path in (f"/team/people/{foreign.pk}/", f"/team/certs/{held.pk}/"):
        assert body(reader.get(path)) == body(reader.get("/team/people/999999/"))
    assert reader.post(f"/team/people/{foreign.pk}/", {"text": "x"}).status_code == 404
    assert PersonNote.objects.count() == 0


def test_files_are_opened_only_where_they_are_shared(
    reader: Client, dana: Membership, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = EvidenceFactory(user=dana.user, content=b"%PDF-1.7 here")
    storage.put(b"%PDF-1.7 here")
    path = f"/team/people/{dana.pk}/evidence/{file.pk}/"
    assert reader.get(path).status_code == 404
    share(dana, "evidence")
    answer = reader.get(path)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 here"
    assert answer["Content-Disposition"].startswith("attachment")
    other = make_team("Other Works").joins("Elsewhere", shares="evidence")
    foreign = EvidenceFactory(user=other.user)
    assert reader.get(f"/team/people/{dana.pk}/evidence/{foreign.pk}/").status_code == 404


def test_a_note_is_kept_audited_and_shown(reader: Client, team: TeamOf, dana: Membership) -> None:
    path = f"/team/people/{dana.pk}/"
    empty = reader.post(path, {"text": " \u200b "})
    assert (empty.status_code, PersonNote.objects.count()) == (422, 0)
    assert "Error: " in empty.text
    assert "Note must be 2,000 characters or fewer" in reader.post(path, {"text": "x" * 2001}).text
    assert reader.post(path, {"text": "Late shift until June"}).status_code == 302
    assert "Late shift until June" in reader.get(path).text
    event = AuditEvent.objects.get(verb="note added")
    assert (event.actor, event.subject) == (team.coordinator, dana.user)


def test_states_of_sharing_are_said(reader: Client, team: TeamOf) -> None:
    never = team.joins("Lee Novak", shares="nothing")
    Membership.objects.filter(pk=never.pk).update(shares_changed_at="2025-06-02 13:00+00")
    stopped = team.joins("Sam Okoro", shares="nothing")
    Membership.objects.filter(pk=stopped.pk).update(shares_changed_at="2026-09-03 13:00+00")
    assert "Lee Novak does not share anything" in reader.get(f"/team/people/{never.pk}/").text
    text = reader.get(f"/team/people/{stopped.pk}/").text
    assert "Sam Okoro stopped sharing on 3 Sep 2026. Files downloaded before then are unchanged." in text
    joined = team.joins("Ana Duarte")
    assert "Ana Duarte has joined but holds no certifications yet." in reader.get(f"/team/people/{joined.pk}/").text


def test_only_this_employers_confirmations_are_told(reader: Client, team: TeamOf, dana: Membership) -> None:
    activity, other = Activity.objects.order_by("pk")[:2]
    ConfirmationFactory(activity=activity, employer=team.employer, by=team.coordinator, state="confirmed")
    elsewhere = make_team("Castle Works").employer
    ConfirmationFactory(activity=other, employer=elsewhere, by=team.coordinator, state="confirmed")
    text = reader.get(f"/team/people/{dana.pk}/").text
    assert text.count("Confirmed by Ridgeline") == 1
    assert "Castle" not in text


def test_people_by_name_and_who_is_invited(reader: Client, team: TeamOf) -> None:
    team.joins("Dana Reyes")
    team.joins("Sam 100%")
    InvitationFactory(employer=team.employer, email="new@example.org", expires_at="2026-10-20 12:00+00")
    InvitationFactory(employer=team.employer, email="late@example.org", expires_at="2026-09-20 12:00+00")
    InvitationFactory(email="foreign@example.org", expires_at="2026-10-20 12:00+00")
    text = reader.get("/team/people/").text
    assert [name for name in ("new", "late", "foreign") if f"{name}@example.org" in text] == ["new"]
    found = reader.get("/team/people/", {"q": "100%"}).text
    assert ("Sam 100%" in found, "Dana Reyes" in found) == (True, False)
    assert "Nobody by that name works here." in reader.get("/team/people/", {"q": "<b>"}).text


def queries(reader: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert reader.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", ["/team/people/", "/team/at-risk/", "/team/coverage/", "/team/"])
def test_as_many_queries_for_20_people_as_for_one(reader: Client, team: TeamOf, path: str) -> None:
    stand(team.joins("First").user)
    reader.get(path)
    alone = queries(reader, path)
    for number in range(19):
        stand(team.joins(f"Person {number}").user)
    assert queries(reader, path) == alone


def test_as_many_queries_for_20_activities_as_for_one(reader: Client, team: TeamOf) -> None:
    membership = team.joins("Dana Reyes", shares="evidence")
    path = f"/team/people/{membership.pk}/"
    for _ in range(2):
        ActivityFactory(user=membership.user)
    alone = queries(reader, path)
    for _ in range(18):
        ActivityFactory(user=membership.user)
    assert queries(reader, path) == alone
