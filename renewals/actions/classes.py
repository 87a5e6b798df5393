"""Classes that an employer logs for its people: each of them is told in the product."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Employer, User
from activities.actions import (
    AttendanceChange,
    ClassChange,
    Facts,
    change_attendance,
    correct_session,
    log_session,
    withdraw_session,
)
from activities.models import Activity, ClassSession, Evidence

from .telling import tell_of_class, tell_taken_off


@transaction.atomic
def log_class(
    *, employer: Employer, facts: Facts, people: Sequence[User], proof: Sequence[Evidence], nonce: UUID, by: User,
    at: datetime, today: date,
) -> tuple[ClassSession, bool]:  # fmt: skip
    """Log a class once for each form (`nonce`). Raises NotHere."""
    session, new = log_session(
        employer=employer, facts=facts, people=people, proof=proof, nonce=nonce, by=by, at=at, today=today
    )
    if new:
        tell_of_class(session, _others(people, by), "logged", at)
    return session, new


@transaction.atomic
def change_people(
    *, session: ClassSession, add: Sequence[User], remove: Sequence[User], proof: Sequence[Evidence], by: User,
    at: datetime, today: date,
) -> AttendanceChange:  # fmt: skip
    """Add people to a class and take others off it. Raises NotHere and StaleClass."""
    before = dict(session.attendances.filter(user__in=remove).values_list("user", "activity"))
    change = change_attendance(session=session, add=add, remove=remove, proof=proof, by=by, at=at, today=today)
    tell_of_class(session, _others(change.added, by), "logged", at)
    gone = Activity.objects.filter(pk__in=[before[user.pk] for user in _others(change.removed, by)])
    tell_taken_off(session, gone, at)
    return change


@transaction.atomic
def correct_class(
    *, session: ClassSession, facts: Facts, gone: frozenset[int], version: int, by: User, at: datetime
) -> ClassChange:
    """Correct a class for everybody who left theirs as it was. Raises StaleClass."""
    change = correct_session(session=session, facts=facts, gone=gone, version=version, by=by, at=at)
    session.refresh_from_db()
    tell_of_class(session, _others(change.done, by), "corrected", at)
    return change


@transaction.atomic
def withdraw_class(*, session: ClassSession, gone: frozenset[int], by: User, at: datetime) -> ClassChange:
    """Take a class back for everybody who left theirs as it was."""
    change = withdraw_session(session=session, gone=gone, by=by, at=at)
    session.refresh_from_db()
    tell_of_class(session, _others(change.done, by), "withdrawn", at)
    return change


def _others(people: Iterable[User], by: User) -> list[User]:
    return [user for user in people if user != by]
