"""What a person decides about mails that did not go out, or of which nobody knows."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import User

from ..models import Reminder
from ..operating.mails import LEFT, open_to_a_person


@transaction.atomic
def send_again(*, reminder: Reminder, by: User, at: datetime) -> bool:
    """Let the next sweep send it, under the same Message-ID. False where somebody decided meanwhile."""
    rows = _of_the_same_mail(reminder)
    for row in rows:
        row.state, row.retry_at, row.attempts, row.crashes, row.error = Reminder.State.RETRY, at, 0, 0, ""
        row.save(update_fields=["state", "retry_at", "attempts", "crashes", "error"])
        record(verb="reminder sent again", by=by, at=at, target=row, label=str(row), subject=row.user)
    return bool(rows)


@transaction.atomic
def leave(*, reminder: Reminder, by: User, at: datetime) -> bool:
    """Do not send it again; the next stage comes in its time. False where somebody decided meanwhile."""
    rows = _of_the_same_mail(reminder)
    for row in rows:
        was = row.error or "nobody knows whether it arrived"
        row.state, row.error = Reminder.State.FAILED, f"{LEFT}: {was}"[:500]
        row.save(update_fields=["state", "error"])
        record(verb="reminder left as it is", by=by, at=at, target=row, label=str(row), subject=row.user)
    return bool(rows)


def _of_the_same_mail(reminder: Reminder) -> list[Reminder]:
    """All rows that went with one mail, locked; none where they no longer wait for a decision."""
    rows = (
        open_to_a_person()
        .select_for_update(no_key=True, of=("self",))
        .filter(user=reminder.user_id)
        .select_related("user")
    )
    if reminder.message_id:
        return list(rows.filter(message_id=reminder.message_id).order_by("pk"))
    return list(rows.filter(pk=reminder.pk))
