"""Reminders that an employer asks for: a row for each person and day. They go out like all others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.audit import record
from accounts.mail import Letter, link
from accounts.models import Membership, User

from ..models import Reminder
from ..teams.at_risk import Recipient, asked_stage, recipients


@transaction.atomic
def ask(*, memberships: Sequence[Membership], by: User, at: datetime, today: date) -> list[Recipient]:
    """Note that these people are to be reminded today. Who can be is returned; nobody is reminded twice in a day."""
    asked = [one for one in recipients(memberships, today) if one.reachable]
    rows = [
        Reminder(
            user=one.membership.user, period_id=one.told[0].standing.period_id, stage=asked_stage(today), due_on=today,
            planned_at=at, employer=one.membership.employer, asked_by=by,
        )
        for one in asked
    ]  # fmt: skip
    # Somebody else may have asked a moment ago: the row that is there stays.
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    for one in asked:
        record(
            verb="reminder asked for", by=by, at=at, target=one.membership, label=str(one.membership),
            after={"about": [told.title for told in one.told]}, subject=one.membership.user,
        )  # fmt: skip
    return asked


def still_due(reminder: Reminder, today: date) -> Recipient | None:
    """The recipient as they are now: still there, still sharing, still in need of action, with a confirmed address."""
    found = Membership.objects.on(today).filter(user=reminder.user_id, employer=reminder.employer_id)
    now = recipients(list(found.select_related("user", "employer")), today)
    return next((one for one in now if one.email and one.told), None)


def letter_to(recipient: Recipient, asked_by: User | None, headers: dict[str, str] | None = None) -> Letter:
    """The mail: who asks, and each certification that needs action with what would fix it."""
    context = {"recipient": recipient, "asked_by": asked_by, "link": link("/me/")}
    return Letter("asked_reminder", recipient.email, context, headers or {})
