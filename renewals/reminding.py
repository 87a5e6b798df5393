"""Reminders that an employer asks for: a row for each person and day, then one mail for each row.

The row is the truth. Sending claims it, hands the mail over and notes that; what is pending goes out with the next
sending, whoever asked for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction

from accounts.audit import record
from accounts.mail import Letter, link, send
from accounts.models import Membership, User

from .models import Reminder
from .teams.at_risk import Recipient, asked_stage, recipients

_LEASE = timedelta(minutes=10)
_LATER = timedelta(minutes=15)
_MOST_ATTEMPTS = 3


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


def send_asked(*, at: datetime, today: date) -> int:
    """Send every reminder that employers asked for and that did not go out yet. How many went out."""
    waiting = Reminder.objects.filter(stage__startswith="asked-", state__in=["pending", "retry"], due_on__lte=today)
    return sum(_send_one(pk, at, today) for pk in waiting.order_by("pk").values_list("pk", flat=True))


def _send_one(pk: int, at: datetime, today: date) -> bool:
    reminder = _claim(pk, at)
    if reminder is None:
        return False
    recipient = _still_due(reminder, today)
    if recipient is None:
        _step(reminder, state=Reminder.State.DROPPED)
        return False
    _step(reminder, state=Reminder.State.HANDING)
    message_id = f"<asked-{reminder.pk}-{uuid4().hex}@{link('').split('//')[-1].split(':')[0]}>"
    if send(letter_to(recipient, reminder.asked_by, {"Message-ID": message_id})):
        _step(reminder, state=Reminder.State.SENT, sent_at=at, message_id=message_id)
        return True
    if reminder.attempts < _MOST_ATTEMPTS:
        _step(reminder, state=Reminder.State.RETRY, retry_at=at + _LATER)
    else:
        _step(reminder, state=Reminder.State.FAILED, error="The mail server did not take it.")
    return False


def _claim(pk: int, at: datetime) -> Reminder | None:
    """Take the row for this sender; None where another one has it, or it is not time yet."""
    with transaction.atomic():
        free = Reminder.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
        reminder = free.select_related("user", "employer", "asked_by").first()
        if reminder is None or reminder.state not in (Reminder.State.PENDING, Reminder.State.RETRY):
            return None
        if reminder.retry_at and reminder.retry_at > at:
            return None
        _step(
            reminder, state=Reminder.State.CLAIMED, lease_token=uuid4(), lease_until=at + _LEASE,
            attempts=reminder.attempts + 1,
        )  # fmt: skip
        return reminder


def _step(reminder: Reminder, **facts: object) -> None:
    for name, value in facts.items():
        setattr(reminder, name, value)
    reminder.save(update_fields=list(facts))


def _still_due(reminder: Reminder, today: date) -> Recipient | None:
    """The recipient as they are now: still there, still sharing, still in need of action, with a confirmed address."""
    found = Membership.objects.on(today).filter(user=reminder.user_id, employer=reminder.employer_id)
    now = recipients(list(found.select_related("user", "employer")), today)
    return next((one for one in now if one.email and one.told), None)


def letter_to(recipient: Recipient, asked_by: User | None, headers: dict[str, str] | None = None) -> Letter:
    """The mail: who asks, and each certification that needs action with what would fix it."""
    context = {"recipient": recipient, "asked_by": asked_by, "link": link("/me/")}
    return Letter("asked_reminder", recipient.email, context, headers or {})
