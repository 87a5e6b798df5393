"""Coordinators and the people of a class at the same moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from accounts.audit import verify_chain
from accounts.models import Employer, User
from activities.actions import (
    AnsweredMeanwhile,
    Facts,
    StaleClass,
    amend_activity,
    answer_confirmation,
    as_facts,
    correct_session,
    facts_of,
    log_session,
)
from activities.models import Activity, Attendance, ClassSession, Confirmation
from tests.factories.employers import ConfirmationFactory, EmployerFactory, MembershipFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
FACTS = Facts(kind="class", title="NFPA 25 refresher", on=date(2026, 9, 12), amount=800)


@pytest.fixture
def employer() -> Employer:
    from django.db import transaction

    with transaction.atomic():
        return EmployerFactory()


@pytest.fixture
def coordinators(employer: Employer) -> list[User]:
    return [MembershipFactory(employer=employer, coordinator=True).user for _ in range(2)]


@pytest.fixture
def session(employer: Employer, coordinators: list[User]) -> ClassSession:
    people = [MembershipFactory(employer=employer).user for _ in range(4)]
    return log(employer, people, coordinators[0])


def log(employer: Employer, people: list[User], by: User, nonce: object = None) -> ClassSession:
    session, _ = log_session(
        employer=employer, facts=FACTS, people=people, proof=[], nonce=nonce or uuid4(), by=by, at=AT,  # type: ignore[arg-type]
        today=date(2026, 10, 1),
    )  # fmt: skip
    return session


def test_a_form_sent_twice_at_once_is_one_class(employer: Employer, coordinators: list[User]) -> None:
    people = [MembershipFactory(employer=employer).user for _ in range(3)]
    nonce = uuid4()
    first, second = at_once(*[lambda: log(employer, people, coordinators[0], nonce)] * 2)
    assert first == second
    assert Activity.objects.count() == 3


def test_two_classes_of_the_same_people_at_once(employer: Employer, coordinators: list[User]) -> None:
    people = [MembershipFactory(employer=employer).user for _ in range(6)]
    other_way = list(reversed(people))
    both = at_once(lambda: log(employer, people, coordinators[0]), lambda: log(employer, other_way, coordinators[1]))
    assert all(isinstance(one, ClassSession) for one in both)
    assert Activity.objects.count() == 12


def test_a_class_is_corrected_while_somebody_edits(session: ClassSession, coordinators: list[User]) -> None:
    mine = session.attendances.select_related("activity__user").first()
    assert mine is not None

    def edit() -> str:
        for _ in range(3):
            activity = Activity.objects.get(pk=mine.activity_id)
            try:
                said = replace(as_facts(activity), amount=600)
                amend_activity(activity=activity, facts=said, version=activity.version, by=activity.user, at=AT)
                return "edited"
            except ValueError:
                continue  # the class was first; the person looks and saves again
        return "gave up"

    def correct() -> int:
        said = replace(facts_of(session), amount=700)
        change = correct_session(session=session, facts=said, gone=frozenset(), version=1, by=coordinators[0], at=AT)
        return len(change.done)

    edited, done = at_once(edit, correct)
    assert edited == "edited"
    assert done in (3, 4)
    mine.refresh_from_db()
    assert mine.state == Attendance.State.EDITED
    assert Activity.objects.get(pk=mine.activity_id).amount == 600, "what the person says of theirs stands"
    others = session.attendances.exclude(pk=mine.pk).values_list("activity__amount", flat=True)
    assert set(others) == {700}
    assert verify_chain() is None


def test_two_coordinators_correct_at_once(session: ClassSession, coordinators: list[User]) -> None:
    def correct(by: User, amount: int) -> object:
        said = replace(facts_of(session), amount=amount)
        return correct_session(session=session, facts=said, gone=frozenset(), version=1, by=by, at=AT)

    both = at_once(lambda: correct(coordinators[0], 700), lambda: correct(coordinators[1], 600))
    assert sum(isinstance(one, StaleClass) for one in both) == 1
    session.refresh_from_db()
    assert set(Activity.objects.values_list("amount", flat=True)) == {session.amount}


def test_a_correction_sent_twice_at_once_is_one(session: ClassSession, coordinators: list[User]) -> None:
    said = replace(facts_of(session), amount=700)

    def correct() -> object:
        by = coordinators[0]
        return correct_session(session=session, facts=said, gone=frozenset(), version=1, by=by, at=AT)

    one, two = at_once(correct, correct)
    assert {len(one.done), len(two.done)} == {0, session.attendances.count()}
    session.refresh_from_db()
    assert (session.version, session.amount) == (2, 700)


def test_two_coordinators_answer_at_once(employer: Employer, coordinators: list[User]) -> None:
    asked = ConfirmationFactory(employer=employer, activity__user=MembershipFactory(employer=employer).user)

    def answer(by: User, note: str | None) -> object:
        return answer_confirmation(
            activity=asked.activity, employer=employer, note=note, version=1, seen="asked", by=by, at=AT
        )

    both = at_once(lambda: answer(coordinators[0], None), lambda: answer(coordinators[1], "Which hall?"))
    assert sum(isinstance(one, AnsweredMeanwhile) for one in both) == 1
    assert Confirmation.objects.get().state in ("confirmed", "change")
