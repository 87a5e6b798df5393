"""Who is told of what somebody else did with their record, and that it is said once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Membership, User
from activities.actions import Facts
from renewals.actions.classes import change_people, correct_class, log_class, withdraw_class
from renewals.actions.confirming import answer, ask
from renewals.models import InAppNotice
from tests.factories.activities import ActivityFactory
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.renewals.conftest import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
FACTS = Facts(kind="class", title="NFPA 25 refresher", on=date(2026, 9, 12), amount=800, unit="hour")


@pytest.fixture
def coordinator() -> Membership:
    return MembershipFactory(role=Membership.Role.COORDINATOR, employer=EmployerFactory(name="Ridgeline"))


@pytest.fixture
def crew(coordinator: Membership) -> list[User]:
    return [MembershipFactory(employer=coordinator.employer, user__name=one).user for one in ("Abara", "Chen", "Diaz")]


def told() -> list[tuple[str, str, str]]:
    """Everything said so far, and forgotten after."""
    rows = [(one.user.name, one.subject, one.url) for one in InAppNotice.objects.order_by("user__name")]
    InAppNotice.objects.all().delete()
    return rows


def test_a_class_is_told_to_everybody_in_it_but_to_who_logs_it(coordinator: Membership, crew: list[User]) -> None:
    by, nonce = coordinator.user, uuid4()
    for _ in range(2):
        session, _ = log_class(
            employer=coordinator.employer, facts=FACTS, people=[*crew[:2], by], proof=[], nonce=nonce, by=by, at=NOW,
            today=TODAY,
        )  # fmt: skip
    mine = {row.user.name: row.activity_id for row in session.attendances.select_related("user")}
    said = "Ridgeline logged a class for you: NFPA 25 refresher"
    notice = InAppNotice.objects.filter(user=crew[0]).get()
    assert notice.text == (
        "NFPA 25 refresher, 8 hours, 12 Sep 2026. It counts as yours, confirmed by Ridgeline. "
        "If you were not there, say so on its page."
    )
    assert told() == [(name, said, f"/activities/{mine[name]}/") for name in ("Abara", "Chen")]
    change_people(session=session, add=crew[2:], remove=crew[1:2], proof=[], by=by, at=NOW, today=TODAY)
    off = "Ridgeline took you off a class: NFPA 25 refresher"
    new = session.attendances.get(user=crew[2]).activity_id
    assert told() == [
        ("Chen", off, f"/activities/?deleted={mine['Chen']}"),
        ("Diaz", said, f"/activities/{new}/"),
    ]
    longer = Facts(kind="class", title="NFPA 25 refresher", on=FACTS.on, amount=900, unit="hour")
    correct_class(session=session, facts=longer, gone=frozenset(), version=1, by=by, at=NOW)
    assert InAppNotice.objects.filter(user=crew[0]).get().text.startswith("It says now: NFPA 25 refresher, 9 hours,")
    assert [row[:2] for row in told()] == [
        (name, "Ridgeline corrected a class of yours: NFPA 25 refresher") for name in ("Abara", "Diaz")
    ]
    withdraw_class(session=session, gone=frozenset({crew[2].pk}), by=by, at=NOW)
    withdraw_class(session=session, gone=frozenset(), by=by, at=NOW)
    assert told() == [
        ("Abara", "Ridgeline withdrew a class of yours: NFPA 25 refresher", f"/activities/?deleted={mine['Abara']}")
    ]


def test_asked_confirmations_are_told_once_a_day_to_who_looks_after_the_team(
    coordinator: Membership, crew: list[User]
) -> None:
    employer = coordinator.employer
    MembershipFactory(employer=employer, role=Membership.Role.OWNER, user__name="Former", left=True)
    MembershipFactory(role=Membership.Role.OWNER, user__name="Elsewhere")
    first, second = ActivityFactory(user=crew[0], title="Webinar"), ActivityFactory(user=crew[0], title="Course")
    for activity, at in ((first, NOW), (first, NOW + timedelta(hours=1)), (second, NOW + timedelta(hours=2))):
        ask(activity=activity, employer=employer, by=crew[0], at=at, today=TODAY)
    url = f"/team/confirmations/?employer={employer.pk}"
    owner = employer.memberships.get(role="owner", left_on=None)
    said = "Abara asks Ridgeline to confirm an activity"
    assert told() == sorted((one.user.name, said, url) for one in (coordinator, owner))
    third = ActivityFactory(user=crew[0])
    ask(activity=third, employer=employer, by=crew[0], at=NOW + timedelta(days=1), today=TODAY + timedelta(days=1))
    assert len(told()) == 2


def test_a_change_that_is_asked_for_is_told_with_its_note(coordinator: Membership, crew: list[User]) -> None:
    activity = ActivityFactory(user=crew[0], title="Webinar")
    for note in (None, "It was 6 hours"):
        answer(
            activity=activity, employer=coordinator.employer, note=note, version=1,
            seen="confirmed" if note else "", by=coordinator.user, at=NOW, today=TODAY,
        )  # fmt: skip
    assert 'Their note: "It was 6 hours"' in InAppNotice.objects.get().text
    assert told() == [("Abara", "Ridgeline asks you to change Webinar", f"/activities/{activity.pk}/")]


def test_the_home_page_leads_to_what_it_is_about(
    coordinator: Membership, crew: list[User], client: Client, stopped_clock: Any
) -> None:
    activity = ActivityFactory(user=crew[0], title="Webinar")
    answer(
        activity=activity, employer=coordinator.employer, note="It was 6 hours", version=1, seen="",
        by=coordinator.user, at=NOW, today=TODAY,
    )  # fmt: skip
    client.force_login(crew[0])
    for page in ("/me/", "/settings/reminders/told/"):
        text = client.get(page).text
        assert "Ridgeline asks you to change Webinar" in text
        assert f'href="/activities/{activity.pk}/">Open' in text
