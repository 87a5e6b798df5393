"""What the database refuses about classes and confirmations, past the ORM."""

from datetime import date

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.employers import AttendanceFactory, ClassSessionFactory, ConfirmationFactory
from tests.guards import accepted, copy, refused, update

pytestmark = pytest.mark.django_db
SESSIONS, ATTENDANCES = "activities_classsession", "activities_attendance"
CONFIRMATIONS = "activities_confirmation"


@pytest.mark.parametrize(
    ("guard", "changes"),
    [
        ("session_amount_sane", {"amount": 0}),
        ("session_amount_sane", {"amount": 10_000_01}),
        ("session_date_sane", {"on": date(1949, 12, 31)}),
        ("session_date_sane", {"on": date(2200, 1, 1)}),
        ("session_titled", {"title": ""}),
    ],
)
def test_a_class_is_sane(guard: str, changes: dict[str, object]) -> None:
    refused(guard, update(SESSIONS, ClassSessionFactory().pk, **changes))


def test_a_form_is_stored_once() -> None:
    refused("session_form_stored_once", copy(SESSIONS, ClassSessionFactory().pk))


def test_somebody_attends_a_class_once() -> None:
    row = AttendanceFactory()
    refused("attendance_once", copy(ATTENDANCES, row.pk, activity_id=ActivityFactory(user=row.user).pk))


def test_an_attendance_is_an_activity_of_that_person() -> None:
    row = AttendanceFactory()
    refused("attendance_activity_of_user", update(ATTENDANCES, row.pk, activity_id=ActivityFactory().pk))
    refused("attendance_activity_of_user", update(ATTENDANCES, row.pk, user_id=UserFactory().pk))


def test_an_employer_confirms_an_activity_once() -> None:
    refused("confirmation_once_an_employer", copy(CONFIRMATIONS, ConfirmationFactory().pk))


def test_a_confirmation_names_whose_activity_it_is() -> None:
    row = ConfirmationFactory()
    refused("confirmation_activity_of_owner", update(CONFIRMATIONS, row.pk, owner_id=UserFactory().pk))
    refused("confirmation_activity_of_owner", update(CONFIRMATIONS, row.pk, activity_id=ActivityFactory().pk))


@pytest.mark.parametrize("state", ["confirmed", "change"])
def test_nobody_confirms_their_own(state: str) -> None:
    row = ConfirmationFactory()
    answer = {"state": state, "note": "Which hall"}
    refused("confirmed_by_another", update(CONFIRMATIONS, row.pk, **answer, by_id=row.owner_id))
    refused("confirmed_by_another", update(CONFIRMATIONS, row.pk, **answer, by_id=None))
    accepted(update(CONFIRMATIONS, row.pk, **answer, by_id=UserFactory().pk))


def test_who_asks_for_a_change_says_which() -> None:
    row = ConfirmationFactory()
    asking = update(CONFIRMATIONS, row.pk, state="change", by_id=UserFactory().pk)
    refused("confirmation_change_has_note", asking)
