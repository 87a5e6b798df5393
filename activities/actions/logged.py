"""Writes about what was done.

Each first locks the person whose record it is, then anything else: two at once wait for each other in one order.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import audit
from accounts.models import User
from certifications.models import HeldCertification

from ..models import Activity, Attendance, Claim, Confirmation

# What a class says, and each activity that came of it.
CLASS_FACTS = ("kind", "title", "on", "amount", "unit", "provider")


class StaleActivity(ValueError):
    """The activity was changed after the form was opened; `current` is what stands now."""

    def __init__(self, current: Activity):
        self.current = current
        super().__init__("This changed while you were editing.")


class ActivityClosed(ValueError):
    """The activity counts in a closed renewal period, which never changes."""


@dataclass(frozen=True)
class Facts:
    """What a person says about an activity. `amount` is hundredths of `unit`."""

    kind: str
    title: str
    on: date
    amount: int
    unit: str = "hour"
    since: date | None = None
    share: int = 100
    type: str = ""
    provider: str = ""
    format: str = ""
    role: str = ""
    reach: str = ""
    topics: list[str] = field(default_factory=list)
    course: str = ""
    above_level: bool | None = None
    link: str = ""
    note: str = ""


@transaction.atomic
def log_activity(
    *,
    facts: Facts,
    nonce: UUID,
    by: User,
    at: datetime,
    not_for: frozenset[int] = frozenset(),
    user: User | None = None,
) -> tuple[Activity, bool]:
    """Store an activity once for each form (`nonce`) and claim it for everything the person holds.

    `not_for` are ids of held certifications it is not related to; `user` is whose activity it is, where somebody else
    logs it. Returns the activity and whether it is new.
    """
    user = user or by
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    before = Activity.objects.of(user).filter(nonce=nonce).first()
    if before:
        return before, False
    activity = Activity.objects.create(user=user, nonce=nonce, logged_at=at, changed_at=at, **asdict(facts))
    claims = [
        Claim(user=user, activity=activity, held=held, relevant=held.pk not in not_for)
        for held in HeldCertification.objects.of(user).in_use()
    ]
    Claim.objects.bulk_create(claims)
    if user == by and by.last_kind != facts.kind:
        by.last_kind = facts.kind
        by.save(update_fields=["last_kind"])
    audit.record(
        verb="activity logged", by=by, at=at, target=activity, label=activity.title, subject=user, after=asdict(facts)
    )
    return activity, True


@transaction.atomic
def claim_everything(*, held: HeldCertification) -> None:
    """Let a certification that was just added look at everything logged before."""
    known = Claim.objects.filter(held=held).values("activity")
    missing = Activity.objects.of(held.user).exclude(pk__in=known)
    Claim.objects.bulk_create([Claim(user_id=held.user_id, activity=activity, held=held) for activity in missing])


@transaction.atomic
def amend_activity(
    *,
    activity: Activity,
    facts: Facts,
    version: int,
    by: User,
    at: datetime,
    not_for: frozenset[int] | None = None,
    with_class: bool = False,
) -> Activity:
    """Correct an activity. Raises StaleActivity if it changed since `version`, ActivityClosed in a closed period.

    `with_class`: because its class was corrected; otherwise corrections of its class leave it alone from here on.
    """
    User.objects.select_for_update(no_key=True).get(pk=activity.user_id)
    current = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    if current.version != version:
        raise StaleActivity(current)
    _must_be_open(current)
    before = as_facts(current)
    for name, value in asdict(facts).items():
        setattr(current, name, value)
    current.version += 1
    current.changed_at = at
    # The date may leave the period the claim counts in; the recount after this points it to the right one again.
    current.claims.update(period=None, counted=0)
    current.save()
    if not with_class:
        Attendance.objects.filter(activity=current).update(state=Attendance.State.EDITED)
    if not_for is not None:
        current.claims.filter(held__in=not_for).update(relevant=False)
        current.claims.exclude(held__in=not_for).update(relevant=True)
    audit.record(
        verb="activity changed", by=by, at=at, target=current, label=current.title, subject=current.user,
        before=asdict(before), after=asdict(facts),
    )  # fmt: skip
    return current


@transaction.atomic
def withdraw_activity(*, activity: Activity, by: User, at: datetime, with_class: bool = False) -> Activity:
    """Delete an activity so that it can be brought back. Raises ActivityClosed in a closed period.

    `with_class`: because its class was withdrawn; otherwise whoever it belongs to declines the class.
    """
    User.objects.select_for_update(no_key=True).get(pk=activity.user_id)
    current = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    if current.deleted_at is None:
        _must_be_open(current)
        current.claims.update(period=None, counted=0)
        current.deleted_at, current.version = at, current.version + 1
        current.save(update_fields=["deleted_at", "version"])
        if not with_class:
            Attendance.objects.filter(activity=current).update(state=Attendance.State.DECLINED)
            _stays_confirmed(current)
        audit.record(verb="activity deleted", by=by, at=at, target=current, label=current.title, subject=current.user)
    return current


@transaction.atomic
def restore_activity(*, activity: Activity, by: User, at: datetime) -> Activity:
    """Bring a deleted activity back."""
    User.objects.select_for_update(no_key=True).get(pk=activity.user_id)
    current = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    if current.deleted_at is not None:
        current.deleted_at, current.version = None, current.version + 1
        current.save(update_fields=["deleted_at", "version"])
        _stays_confirmed(current)
        _back_in_class(current)
        for held in HeldCertification.objects.of(current.user).in_use():
            Claim.objects.get_or_create(user=current.user, activity=current, held=held)
        audit.record(
            verb="activity brought back", by=by, at=at, target=current, label=current.title, subject=current.user
        )
    return current


@transaction.atomic
def keep_both(*, activity: Activity, by: User, at: datetime) -> Activity:
    """The person says that this activity is not the same as one like it."""
    User.objects.select_for_update(no_key=True).get(pk=activity.user_id)
    activity.keep_both = True
    activity.save(update_fields=["keep_both"])
    audit.record(verb="kept both", by=by, at=at, target=activity, label=activity.title, subject=activity.user)
    return activity


def as_facts(activity: Activity) -> Facts:
    """What is stored, in the shape of what a person says."""
    values: dict[str, Any] = {name: getattr(activity, name) for name in Facts.__dataclass_fields__}
    return Facts(**values)


def _must_be_open(activity: Activity) -> None:
    if activity.claims.filter(period__closed_at__isnull=False).exists():
        raise ActivityClosed("This counts in a renewal period that is closed. A closed period never changes.")


def _stays_confirmed(activity: Activity) -> None:
    """Deleting and bringing back count as versions, but say nothing else than what was confirmed."""
    Confirmation.objects.filter(activity=activity, version=activity.version - 1).update(version=activity.version)


def _back_in_class(activity: Activity) -> None:
    """Somebody takes back that they declined. Where the class says something else by now, theirs is their own."""
    attendance = Attendance.objects.select_related("session").filter(activity=activity).first()
    if attendance is not None:
        session = attendance.session
        same = all(getattr(session, name) == getattr(activity, name) for name in CLASS_FACTS)
        follows = same and session.withdrawn_at is None
        attendance.state = Attendance.State.FOLLOWS if follows else Attendance.State.EDITED
        attendance.save(update_fields=["state"])
