"""Writes about classes that an employer logs for many people: each of them gets an activity of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from accounts import audit
from accounts.models import Employer, Membership, User
from accounts.problems import EmployerProblem

from ..evidence import storage
from ..models import Activity, Attendance, ClassSession, Confirmation, Evidence, EvidenceLink
from .evidenced import alone_with
from .logged import CLASS_FACTS, ActivityClosed, Facts, amend_activity, as_facts, log_activity, withdraw_activity


class StaleClass(ValueError):
    """The class was changed after the form was opened; `current` is what stands now."""

    def __init__(self, current: ClassSession) -> None:
        self.current = current
        super().__init__("This changed while you were editing.")


class NotHere(EmployerProblem):
    """Somebody named for a class does not work for that employer."""

    def __init__(self) -> None:
        super().__init__("One of these people no longer works here. Look through the list and save again.")


@dataclass(frozen=True)
class ClassChange:
    """What a change of a class came to: for whom it holds, and for whom it does not and why."""

    done: list[User]
    left_out: list[tuple[User, str]]


@dataclass(frozen=True)
class AttendanceChange:
    """Who was added to a class and who was taken off it, and who could not be, and why."""

    added: list[User]
    removed: list[User]
    left_out: list[tuple[User, str]]


@transaction.atomic
def log_session(
    *, employer: Employer, facts: Facts, people: Iterable[User], proof: Sequence[Evidence], nonce: UUID, by: User,
    at: datetime, today: date,
) -> tuple[ClassSession, bool]:  # fmt: skip
    """Log a class once for each form (`nonce`). Everybody's activity is confirmed by the employer, but one's own.

    `proof` are staged files of whoever logs; each person gets them as their own evidence. Returns the class and whether
    it is new. Raises NotHere.
    """
    Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    before = ClassSession.objects.filter(employer=employer, nonce=nonce).first()
    if before:
        return before, False
    attending = locked(people)
    _must_work_there(employer, attending, today)
    session = ClassSession.objects.create(
        employer=employer, nonce=nonce, made_by=by, made_at=at, changed_at=at, **_told(facts)
    )
    _attend(session, attending, facts, proof, by, at)
    audit.record(verb="class logged", by=by, at=at, target=session, label=session.title, after=_told(facts))
    return session, True


@transaction.atomic
def change_attendance(
    *, session: ClassSession, add: Iterable[User], remove: Iterable[User], proof: Sequence[Evidence], by: User,
    at: datetime, today: date,
) -> AttendanceChange:  # fmt: skip
    """Add people to a class that is logged, and take others off who left theirs as it was.

    Whoever is there already, or no longer, is passed over: two changes at once come to the sum of both. `proof` is for
    those who are added. Raises NotHere, and StaleClass where the class is withdrawn.
    """
    current = ClassSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    if current.withdrawn_at is not None:
        raise StaleClass(current)
    everybody = locked([*add, *remove])
    rows = {row.user_id: row for row in current.attendances.select_related("user", "activity")}
    wanted, unwanted = {user.pk for user in add}, {user.pk for user in remove}
    added = [user for user in everybody if user.pk in wanted and user.pk not in rows]
    _must_work_there(current.employer, everybody, today)
    _attend(current, added, facts_of(current), proof, by, at)
    removed: list[User] = []
    left_out: list[tuple[User, str]] = []
    for row in (rows[user.pk] for user in everybody if user.pk in unwanted and user.pk in rows):
        why = _WHY.get(row.state, "")
        try:
            if not why:
                withdraw_activity(activity=row.activity, by=by, at=at, with_class=True)
                row.delete()
        except ActivityClosed:
            why = _CLOSED
        if why:
            left_out.append((row.user, why))
        else:
            removed.append(row.user)
    if added or removed:
        after = {"added": [user.name for user in added], "removed": [user.name for user in removed]}
        audit.record(verb="class people changed", by=by, at=at, target=current, label=current.title, after=after)
    return AttendanceChange(added, removed, left_out)


@transaction.atomic
def correct_session(
    *, session: ClassSession, facts: Facts, gone: frozenset[int], version: int, by: User, at: datetime
) -> ClassChange:
    """Correct a class, and with it the activity of everybody who left theirs as it was. Raises StaleClass.

    `gone` are ids of people who no longer work there: their record is out of reach. A class that says all this
    already stays as it is, so that a form may be sent twice.
    """
    current = ClassSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    before, after = {name: getattr(current, name) for name in CLASS_FACTS}, _told(facts)
    if before == after and current.version == version + 1 and current.withdrawn_at is None:
        return ClassChange([], [])
    if current.version != version or current.withdrawn_at is not None:
        raise StaleClass(current)
    for name, value in after.items():
        setattr(current, name, value)
    current.version, current.changed_at = current.version + 1, at
    current.save()
    audit.record(verb="class changed", by=by, at=at, target=current, label=current.title, before=before, after=after)

    def amend(activity: Activity) -> None:
        said = replace(as_facts(activity), **after)
        changed = amend_activity(activity=activity, facts=said, version=activity.version, by=by, at=at, with_class=True)
        if changed.user_id != by.pk:
            _confirm(changed, current.employer, by, at)

    return _for_everybody(current, gone, amend)


@transaction.atomic
def withdraw_session(*, session: ClassSession, gone: frozenset[int], by: User, at: datetime) -> ClassChange:
    """Take a class back, and with it the activity of everybody who left theirs as it was."""
    current = ClassSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    if current.withdrawn_at is not None:
        return ClassChange([], [])
    current.withdrawn_at, current.version = at, current.version + 1
    current.save(update_fields=["withdrawn_at", "version"])
    audit.record(verb="class withdrawn", by=by, at=at, target=current, label=current.title)
    return _for_everybody(
        current, gone, lambda activity: withdraw_activity(activity=activity, by=by, at=at, with_class=True)
    )


def facts_of(session: ClassSession) -> Facts:
    """What a class says, as facts of an activity."""
    return Facts(**{name: getattr(session, name) for name in CLASS_FACTS})


def locked(people: Iterable[User]) -> list[User]:
    """These people, locked in the one order in which everybody locks several."""
    return list(User.objects.select_for_update(no_key=True).filter(pk__in=[user.pk for user in people]).order_by("pk"))


def _for_everybody(session: ClassSession, gone: frozenset[int], act: Callable[[Activity], object]) -> ClassChange:
    rows = Attendance.objects.filter(session=session)
    locked(User(pk=pk) for pk in rows.values_list("user", flat=True))
    done: list[User] = []
    left_out: list[tuple[User, str]] = []
    for row in rows.select_related("user", "activity").order_by("user__name", "user"):
        why = "no longer works here" if row.user_id in gone else _WHY.get(row.state, "")
        if not why:
            try:
                act(row.activity)
            except ActivityClosed:
                why = _CLOSED
        if why:
            left_out.append((row.user, why))
        else:
            done.append(row.user)
    return ClassChange(done, left_out)


_CLOSED = "counts in a closed renewal period"
_WHY: dict[str, str] = {
    Attendance.State.EDITED: "changed it themselves",
    Attendance.State.DECLINED: "declined it",
}


def _must_work_there(employer: Employer, people: Sequence[User], today: date) -> None:
    here = Membership.objects.filter(employer=employer, user__in=people).on(today).values_list("user", flat=True)
    if {user.pk for user in people} - set(here):
        raise NotHere


def _attend(
    session: ClassSession, people: Sequence[User], facts: Facts, proof: Sequence[Evidence], by: User, at: datetime
) -> None:
    """Everybody's own activity, confirmed by the employer but for one's own, with the proof as their own evidence."""
    for user in people:
        activity, _ = log_activity(facts=facts, nonce=uuid4(), by=by, at=at, user=user)
        Attendance.objects.create(session=session, user=user, activity=activity)
        if user != by:
            _confirm(activity, session.employer, by, at)
        for file in proof:
            _copy(file, activity, at)
    for file in proof:
        file.delete()


def _told(facts: Facts) -> dict[str, Any]:
    return {name: value for name, value in asdict(facts).items() if name in CLASS_FACTS}


def _confirm(activity: Activity, employer: Employer, by: User, at: datetime) -> None:
    said = {"state": Confirmation.State.CONFIRMED, "by": by, "at": at, "note": "", "version": activity.version}
    Confirmation.objects.update_or_create(
        activity=activity, employer=employer, defaults={"owner_id": activity.user_id, **said}
    )


def _copy(file: Evidence, activity: Activity, at: datetime) -> None:
    """The same bytes, as this person's own evidence: they may take it away, and nobody else's goes with it."""
    alone_with(file.sha256)
    if not storage.holds(file.sha256):
        return
    own = Evidence.objects.create(
        user_id=activity.user_id, state=Evidence.State.STORED, name=file.name, media_type=file.media_type,
        sha256=file.sha256, size=file.size, uploaded_at=at,
    )  # fmt: skip
    EvidenceLink.objects.create(user_id=activity.user_id, evidence=own, activity=activity)
