"""One class for many people: logging, correcting, withdrawing, declining."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.models import AuditEvent, Membership, User
from activities.models import Activity, Attendance, ClassSession, Confirmation, Evidence
from renewals.models import Standing
from tests.factories.employers import ClassSessionFactory, MembershipFactory
from tests.factories.packs import give

pytestmark = pytest.mark.django_db
NEW = "/team/classes/new/"


@pytest.fixture
def crew(coordinator: Membership) -> list[User]:
    names = ("Abara", "Chen", "Diaz")
    return [
        MembershipFactory(
            employer=coordinator.employer, user__name=name, user__email=f"{name.lower()}@example.org"
        ).user
        for name in names
    ]


@pytest.fixture
def inside(client: Client, coordinator: Membership) -> Client:
    client.force_login(coordinator.user)
    return client


def same(answer: Any) -> str:
    """A page without its token."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


def form(there: Iterable[User] = (), /, **changes: object) -> dict[str, object]:
    return {
        "title": "NFPA 25 refresher", "kind": "class", "hours": "8", "on": "2026-09-12", "provider": "",
        "nonce": str(uuid.uuid4()), "people": [str(user.pk) for user in there], "pasted": "", **changes,
    }  # fmt: skip


def log(inside: Client, people: list[User], **changes: object) -> ClassSession:
    answer = inside.post(NEW, form(people, **changes))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return ClassSession.objects.latest("pk")


def picture() -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", (40, 30), "white").save(data, "PNG")
    return SimpleUploadedFile("sheet.png", data.getvalue(), content_type="image/png")


def test_each_gets_their_own_confirmed_by_the_employer(
    inside: Client, crew: list[User], coordinator: Membership
) -> None:
    session = log(inside, crew, pasted=f"rae@example.org\n{crew[0].name}")
    rows = Attendance.objects.filter(session=session)
    assert {row.user for row in rows} == {*crew, coordinator.user}
    assert {row.activity.amount for row in rows.select_related("activity")} == {800}
    confirmed = Confirmation.objects.filter(state="confirmed", by=coordinator.user)
    assert {one.owner for one in confirmed} == set(crew), "Nobody confirms their own, by logging a class neither"
    assert AuditEvent.objects.filter(verb="class logged").count() == 1
    assert AuditEvent.objects.filter(verb="activity logged").count() == 4


def test_it_counts_at_once(inside: Client, crew: list[User], nicet: None) -> None:
    give(crew[0], "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    log(inside, crew)
    assert Standing.objects.get(user=crew[0]).counted == 800


def test_the_person_sees_it_as_theirs(inside: Client, crew: list[User], client: Client) -> None:
    session = log(inside, crew)
    activity = session.attendances.get(user=crew[0]).activity
    client.force_login(crew[0])
    page = client.get(f"/activities/{activity.pk}/").content.decode()
    assert "Ridgeline logged this class for you on 1 Oct 2026" in page
    assert "Confirmed by Ridgeline on 1 Oct 2026" in page
    assert "Self-reported" not in page


def test_one_form_is_one_class(inside: Client, crew: list[User]) -> None:
    sent = form(crew)
    for _ in range(2):
        assert inside.post(NEW, sent).status_code == 302
    assert ClassSession.objects.count() == 1
    assert Activity.objects.count() == 3


def test_the_proof_is_everybodys_own(inside: Client, crew: list[User], coordinator: Membership) -> None:
    log(inside, crew, file=picture())
    rows = Evidence.objects.all()
    assert sorted(row.user_id for row in rows) == sorted(user.pk for user in crew)
    assert len({row.sha256 for row in rows}) == 1
    assert {row.state for row in rows} == {"stored"}
    assert not Evidence.objects.filter(user=coordinator.user).exists()


def test_a_file_is_kept_while_the_form_comes_back(inside: Client, crew: list[User], coordinator: Membership) -> None:
    answer = inside.post(NEW, form(crew, hours="", file=picture()))
    kept = Evidence.objects.get(user=coordinator.user)
    assert f'name="staged" value="{kept.pk}"' in answer.content.decode()
    log(inside, crew, staged=[str(kept.pk)])
    assert Evidence.objects.filter(state="stored").count() == 3
    assert not Evidence.objects.filter(pk=kept.pk).exists()


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"title": ""}, "Enter the title of the class"),
        ({"title": "\u200b"}, "Enter the title of the class"),
        ({"hours": ""}, "Enter how many hours it took"),
        ({"hours": "-3"}, "Enter the hours as a number"),
        ({"hours": "1e3"}, "Enter the hours as a number"),
        ({"hours": "٣"}, "Enter the hours as a number"),
        ({"hours": "25"}, "A day has 24 hours"),
        ({"on": ""}, "Enter the date"),
        ({"on": "12/09/2026"}, "Date must be a real date"),
        ({"on": "2026-10-02"}, "This date is in the future"),
        ({"kind": "field-time"}, "Kind: choose from the list"),
        ({"people": []}, "Choose who was there"),
        ({"people": ["9" * 30]}, "Choose from the list"),
        ({"people": [], "pasted": "who@elsewhere.org"}, "Nobody of Ridgeline: who@elsewhere.org"),
        ({"people": [], "pasted": "Chen\nSomebody Else"}, "Nobody of Ridgeline: Somebody Else"),
    ],
)
def test_odd_input(inside: Client, crew: list[User], changes: dict[str, object], text: str) -> None:
    answer = inside.post(NEW, form(crew, **changes))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Error: " in page
    assert text in page
    assert not ClassSession.objects.exists()


def test_nobody_outside_the_employer(inside: Client, crew: list[User]) -> None:
    stranger = MembershipFactory(user__name="Vale").user
    gone = MembershipFactory(employer=crew[0].memberships.get().employer, user__name="Gone", left=True).user
    for person in (stranger, gone):
        assert inside.post(NEW, form([*crew, person])).status_code == 422
        assert inside.post(NEW, form(crew, pasted=person.email)).status_code == 422
        assert inside.post(NEW, form(crew, pasted=person.name)).status_code == 422
    assert not Activity.objects.exists()


def test_two_of_one_name_are_not_guessed(inside: Client, crew: list[User], coordinator: Membership) -> None:
    MembershipFactory(employer=coordinator.employer, user__name="chen")
    answer = inside.post(NEW, form(pasted="Chen"))
    assert "More than one person has this name" in answer.content.decode()


def test_correcting_reaches_who_left_theirs_alone(inside: Client, crew: list[User], client: Client) -> None:
    session = log(inside, crew)
    edited, declined, follows = (session.attendances.get(user=user).activity for user in crew)
    client.force_login(crew[0])
    page = client.get(f"/activities/{edited.pk}/edit/").context["form"]
    sent = {name: value for name, value in {**page.initial, "hours": "6", "version": 1}.items() if value is not None}
    assert client.post(f"/activities/{edited.pk}/edit/", sent).status_code == 302
    client.force_login(crew[1])
    assert client.post(f"/activities/{declined.pk}/decline/").status_code == 302
    client.force_login(session.made_by)
    answer = client.post(f"/team/classes/{session.pk}/edit/", form(hours="7", version=1), follow=True)
    said = " ".join(answer.content.decode().split())
    assert "The class is corrected for 1 person." in said
    assert "Not for 2: Abara (changed it themselves); Chen (declined it)." in said
    assert [Activity.objects.get(pk=one.pk).amount for one in (edited, declined, follows)] == [600, 800, 700]
    assert Activity.objects.get(pk=declined.pk).deleted_at is not None
    states = dict(Confirmation.objects.values_list("activity", "version"))
    assert states[follows.pk] == Activity.objects.get(pk=follows.pk).version, "still confirmed, as corrected"
    assert states[edited.pk] < Activity.objects.get(pk=edited.pk).version, "self-reported since it was changed"


def test_who_left_is_out_of_reach(inside: Client, crew: list[User]) -> None:
    session = log(inside, crew)
    crew[0].memberships.update(left_on=date(2026, 10, 1))
    answer = inside.post(f"/team/classes/{session.pk}/edit/", form(hours="7", version=1), follow=True)
    assert "Not for 1: Abara (no longer works here)." in answer.content.decode()
    assert session.attendances.get(user=crew[0]).activity.amount == 800
    page = inside.get(f"/team/classes/{session.pk}/").content.decode()
    assert "No longer works here" in page


def test_somebody_saved_it_meanwhile(inside: Client, crew: list[User]) -> None:
    session = log(inside, crew)
    assert inside.post(f"/team/classes/{session.pk}/edit/", form(hours="7", version=1)).status_code == 302
    stale = inside.post(f"/team/classes/{session.pk}/edit/", form(hours="6", version=1))
    assert stale.status_code == 409
    assert "7 hours" in stale.content.decode()
    assert set(Activity.objects.values_list("amount", flat=True)) == {700}


def test_withdrawing(inside: Client, crew: list[User], client: Client) -> None:
    session = log(inside, crew)
    assert inside.get(f"/team/classes/{session.pk}/withdraw/").status_code == 200
    answer = inside.post(f"/team/classes/{session.pk}/withdraw/", follow=True)
    assert "The class is withdrawn for 3 people." in answer.content.decode()
    assert not Activity.objects.kept().exists()
    mine = session.attendances.get(user=crew[0]).activity
    client.force_login(crew[0])
    client.post(f"/activities/{mine.pk}/restore/")
    assert "Self-reported" in client.get(f"/activities/{mine.pk}/").content.decode()


def test_declining_and_taking_it_back(inside: Client, crew: list[User], client: Client) -> None:
    session = log(inside, crew)
    mine = session.attendances.get(user=crew[0]).activity
    client.force_login(crew[0])
    client.post(f"/activities/{mine.pk}/decline/")
    assert session.attendances.get(user=crew[0]).state == "declined"
    client.force_login(session.made_by)
    assert "3 people, 1 declined" in " ".join(client.get("/team/classes/").content.decode().split())
    client.force_login(crew[0])
    client.post(f"/activities/{mine.pk}/restore/")
    assert session.attendances.get(user=crew[0]).state == "follows"
    assert "Confirmed by Ridgeline" in client.get(f"/activities/{mine.pk}/").content.decode()


@pytest.mark.parametrize("page", ["", "edit/", "withdraw/"])
def test_another_employers_class_is_not_there(inside: Client, page: str, crew: list[User]) -> None:
    foreign = ClassSessionFactory()
    for method in (inside.get, inside.post):
        answer, missing = (method(f"/team/classes/{pk}/{page}") for pk in (foreign.pk, foreign.pk + 1000))
        assert answer.status_code == missing.status_code in (404, 405)
        assert same(answer).replace(f"/{foreign.pk}/", "/") == same(missing).replace(f"/{foreign.pk + 1000}/", "/")
    inside.force_login(crew[0])
    for path in ("/team/classes/", NEW, f"/team/classes/{foreign.pk}/"):
        assert inside.get(path).status_code == 404


def test_nobody_declines_for_somebody_else(inside: Client, crew: list[User]) -> None:
    session = log(inside, crew)
    mine = session.attendances.get(user=crew[0]).activity
    assert inside.post(f"/activities/{mine.pk}/decline/").status_code == 404
    assert Activity.objects.kept().count() == 3


def test_the_list_asks_as_much_for_one_as_for_many(inside: Client, crew: list[User], coordinator: Membership) -> None:
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert inside.get(path).status_code == 200
        return len(queries)

    session = log(inside, crew[:1])
    one, one_list = asked(f"/team/classes/{session.pk}/"), asked("/team/classes/")
    many = log(inside, crew)
    for _ in range(5):
        ClassSessionFactory(employer=coordinator.employer, made_by=coordinator.user)
    assert asked(f"/team/classes/{many.pk}/") == one
    assert asked("/team/classes/") == one_list
