"""What an employer says of an activity, with a recount: some rules count it only once it is confirmed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import Employer, User
from activities.actions import answer_confirmation
from activities.models import Activity, Confirmation

from .counting import recount


@transaction.atomic
def answer(
    *, activity: Activity, employer: Employer, note: str | None, version: int, seen: str, by: User, at: datetime,
    today: date,
) -> Confirmation:  # fmt: skip
    """Confirm an activity, or with a `note` ask for a change. `today` is the day it is for whoever it belongs to."""
    said, new = answer_confirmation(
        activity=activity, employer=employer, note=note, version=version, seen=seen, by=by, at=at
    )
    if new:
        recount(user=activity.user, at=at, today=today)
    return said
