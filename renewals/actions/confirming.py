"""What an employer says of an activity, with a recount: some rules count it only once it is confirmed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import Employer, User
from activities.actions import answer_confirmation, ask_to_confirm
from activities.models import Activity, Confirmation

from .counting import recount
from .telling import tell_asked, tell_change_asked


@transaction.atomic
def ask(*, activity: Activity, employer: Employer, by: User, at: datetime, today: date) -> Confirmation:
    """The person asks their employer to confirm an activity of theirs; those who look after the team are told."""
    asked = ask_to_confirm(activity=activity, employer=employer, by=by, at=at)
    if asked.state == Confirmation.State.ASKED and asked.at == at:
        tell_asked(asked, at, today)
    return asked


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
        if note is not None:
            tell_change_asked(said, employer, activity, at)
        recount(user=activity.user, at=at, today=today)
    return said
