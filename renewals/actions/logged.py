"""Writes about activities, each with a recount in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from activities.actions import (
    Facts,
    amend_activity,
    keep_both,
    log_activity,
    restore_activity,
    withdraw_activity,
)
from activities.models import Activity

from .counting import recount


@transaction.atomic
def log(
    *, facts: Facts, nonce: UUID, by: User, at: datetime, today: date, not_for: frozenset[int] = frozenset()
) -> Activity:
    """Log an activity and recount. The same form (`nonce`) stores one activity, however often it is sent."""
    activity, new = log_activity(facts=facts, nonce=nonce, by=by, at=at, not_for=not_for)
    if new:
        recount(user=by, at=at, today=today)
    return activity


@transaction.atomic
def log_several(*, activities: Iterable[tuple[UUID, Facts]], by: User, at: datetime, today: date) -> list[Activity]:
    """Log activities that were entered together, each with its nonce, and recount once."""
    logged = [log_activity(facts=facts, nonce=nonce, by=by, at=at) for nonce, facts in activities]
    if any(new for _, new in logged):
        recount(user=by, at=at, today=today)
    return [activity for activity, _ in logged]


@transaction.atomic
def amend(
    *,
    activity: Activity,
    facts: Facts,
    version: int,
    by: User,
    at: datetime,
    today: date,
    not_for: frozenset[int] | None = None,
) -> Activity:
    """Correct an activity and recount. Raises StaleActivity and ActivityClosed."""
    amended = amend_activity(activity=activity, facts=facts, version=version, by=by, at=at, not_for=not_for)
    recount(user=activity.user, at=at, today=today)
    return amended


@transaction.atomic
def withdraw(*, activity: Activity, by: User, at: datetime, today: date) -> None:
    """Delete an activity (it can be brought back) and recount. Raises ActivityClosed."""
    withdraw_activity(activity=activity, by=by, at=at)
    recount(user=activity.user, at=at, today=today)


@transaction.atomic
def restore(*, activity: Activity, by: User, at: datetime, today: date) -> None:
    """Bring a deleted activity back and recount."""
    restore_activity(activity=activity, by=by, at=at)
    recount(user=activity.user, at=at, today=today)


@transaction.atomic
def count_both(*, activity: Activity, by: User, at: datetime, today: date) -> None:
    """Count an activity that looked like another one."""
    keep_both(activity=activity, by=by, at=at)
    recount(user=activity.user, at=at, today=today)
