"""Adding people to a class that is logged, and taking them off: what is theirs by now stays theirs."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import AuditEvent, Membership, User
from activities.actions import Facts, log_session, withdraw_activity, withdraw_session
from activities.models import Activity, ClassSession, Confirmation, Evidence
from renewals.models import Standing
from tests.factories.employers import ClassSessionFactory, MembershipFactory
from tests.factories.packs import give
from tests.renewals.conftest import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def crew(coordinator: Membership) -> list[User]:
    return [MembershipFactory(employer=coordinator.employer, user__name=one).user for one in ("Abara", "Chen", "Diaz")]


@pytest.fixture
def session(coordinator: Membership, crew: list[User]) -> ClassSession:
    """Abara and Chen were there; Diaz not yet."""
    facts = Facts(kind="class", title="NFPA 25 refresher", on=date(2026, 9, 12), amount=800, unit="hour")
    made, _ = log_session(
        employer=coordinator.employer, facts=facts, people=crew[:2], proof=[], nonce=uuid4(), by=coordinator.user,
        at=NOW, today=TODAY,
    )  # fmt: skip
    return made


@pytest.fixture
def inside(client: Client, coordinator: Membership) -> Client:
    client.force_login(coordinator.user)
    return client


def form(shown: list[User], people: list[User], **more: object) -> dict[str, object]:
    return {"shown": ",".join(str(one.pk) for one in shown), "people": [str(one.pk) for one in people],
            "pasted": "", **more}  # fmt: skip


def there(session: ClassSession) -> set[str]:
    return set(session.attendances.values_list("user__name", flat=True))


def address(session: ClassSession) -> str:
    return f"/team/classes/{session.pk}/people/"


def test_one_is_added_and_one_taken_off(inside: Client, session: ClassSession, crew: list[User], nicet: None) -> None:
    abara, chen, diaz = crew
    give(diaz, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    theirs = session.attendances.get(user=chen).activity
    page = inside.get(address(session)).text
    assert f'value="{abara.pk},{chen.pk}"' in page
    data = BytesIO()
    Image.new("RGB", (40, 30), "white").save(data, "PNG")
    proof = SimpleUploadedFile("sheet.png", data.getvalue(), content_type="image/png")
    answer = inside.post(address(session), form([abara, chen], [abara], pasted="diaz", file=proof), follow=True)
    assert "Added: Diaz. Taken off: Chen." in answer.text
    assert there(session) == {"Abara", "Diaz"}
    theirs.refresh_from_db()
    assert theirs.deleted_at is not None
    mine = session.attendances.get(user=diaz).activity
    assert (mine.title, mine.amount) == ("NFPA 25 refresher", 800)
    assert Confirmation.objects.get(activity=mine).state == "confirmed"
    assert [one.user for one in Evidence.objects.filter(state="stored")] == [diaz]
    assert Standing.objects.get(user=diaz).counted == 800
    event = AuditEvent.objects.get(verb="class people changed")
    assert event.data["after"] == {"added": ["Diaz"], "removed": ["Chen"]}


def test_who_is_taken_off_can_bring_it_back_as_their_own_word(
    inside: Client, session: ClassSession, crew: list[User]
) -> None:
    theirs = session.attendances.get(user=crew[1]).activity
    inside.post(address(session), form(crew[:2], crew[:1]))
    inside.force_login(crew[1])
    inside.post(f"/activities/{theirs.pk}/restore/")
    page = inside.get(f"/activities/{theirs.pk}/").text
    assert "NFPA 25 refresher" in page
    assert "Confirmed by" not in page
    assert there(session) == {"Abara"}


def test_what_is_theirs_stays_theirs(inside: Client, session: ClassSession, crew: list[User]) -> None:
    abara, chen, _ = crew
    activity = session.attendances.get(user=chen).activity
    # Chen declines after the form was opened: taking them off comes too late, and nothing is lost.
    withdraw_activity(activity=activity, by=chen, at=NOW)
    answer = inside.post(address(session), form([abara, chen], [abara]), follow=True)
    assert "Not taken off: Chen (declined it)." in answer.text
    assert session.attendances.get(user=chen).state == "declined"
    page = inside.get(address(session)).text
    assert ">Chen<" not in page
    for again in ({"people": [abara, chen]}, {"people": [abara], "pasted": "Chen"}):
        refused = inside.post(address(session), form([abara], **again))  # type: ignore[arg-type]
        assert refused.status_code == 422
    assert "They changed or declined this class themselves: Chen" in refused.text


def test_two_changes_at_once_come_to_both(inside: Client, session: ClassSession, crew: list[User]) -> None:
    abara, chen, diaz = crew
    inside.post(address(session), form([abara, chen], [abara, chen, diaz]))
    # The other form was opened before Diaz was there: not to name her is not to take her off.
    inside.post(address(session), form([abara, chen], [abara]))
    inside.post(address(session), form([abara, chen], [abara]))
    assert there(session) == {"Abara", "Diaz"}
    assert Activity.objects.kept().count() == 2
    assert AuditEvent.objects.filter(verb="class people changed").count() == 2


def test_wrong_input_loses_nothing(inside: Client, session: ClassSession, crew: list[User]) -> None:
    stranger = MembershipFactory(user__name="Vale").user
    gone = MembershipFactory(employer=session.employer, user__name="Gone", left=True).user
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"people": []}, "Choose who was there"),
        ({"people": [stranger]}, "Choose from the list"),
        ({"people": [gone]}, "Choose from the list"),
        ({"people": crew, "pasted": "Vale"}, "Nobody of Ridgeline: Vale"),
    ]
    for changes, text in wrong:
        answer = inside.post(address(session), form(crew[:2], **changes))
        assert answer.status_code == 422
        assert "<title>Error: " in answer.text
        assert text in answer.text
    assert "Vale</textarea>" in answer.text
    assert answer.text.count("checked") == 3
    assert inside.post(address(session), {**form([], crew[:2]), "shown": "x,-1," + "9" * 40}).status_code == 302
    assert there(session) == {"Abara", "Chen"}


def test_who_left_and_a_withdrawn_class_are_out_of_reach(
    inside: Client, session: ClassSession, crew: list[User], coordinator: Membership
) -> None:
    crew[1].memberships.update(left_on=TODAY)
    assert "Nobody was added" in inside.post(address(session), form(crew[:2], crew[:1]), follow=True).text
    assert there(session) == {"Abara", "Chen"}
    withdraw_session(session=session, gone=frozenset(), by=coordinator.user, at=NOW)
    for answer in (inside.get(address(session)), inside.post(address(session), form(crew[:1], crew[::2]))):
        assert answer.headers["Location"] == f"/team/classes/{session.pk}/"
    assert there(session) == {"Abara", "Chen"}
    foreign = ClassSessionFactory()
    assert inside.get(address(foreign)).status_code == inside.post(address(foreign)).status_code == 404
