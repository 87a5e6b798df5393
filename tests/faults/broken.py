"""Ways of sending that must fail: a test that passes with these as well proves nothing."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction

from renewals.models import Reminder
from renewals.reminding import sender
from renewals.reminding.claiming import Batch, Waiting
from renewals.reminding.delivery import Outcome, Post


def mark_first() -> None:
    """Mark as sent, then send: who ends in between has lost the mail."""
    mark = sender._mark

    def marked(batch: Batch, key: str) -> bool:
        if not mark(batch, key):
            return False
        rows = Reminder.objects.filter(pk__in=batch.ids)
        return bool(rows.update(state=Reminder.State.SENT, sent_at=batch.rows[0].planned_at))

    def nothing(batch: Batch, outcome: Outcome, mail: EmailMessage, at: datetime) -> None:
        return

    sender._mark, sender._note = marked, nothing


def lock_while_sending() -> None:
    """Hold the row while it is sent, then mark: who ends in between leaves a row that looks untouched."""
    one = sender._send

    def locked(waiting: Waiting, at: datetime, post: Post, tally: Counter[str]) -> None:
        with transaction.atomic():
            one(waiting, at, post, tally)

    sender._send = locked


def sweep_off() -> None:
    """Nobody takes up what a sender left behind."""

    def nothing(*, at: datetime) -> Counter[str]:
        return Counter()

    sender.recover = nothing
