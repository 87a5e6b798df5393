"""The next mail, sent now to whom it is for, because they want to see it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum, auto
from smtplib import SMTPException

import structlog
from django.db import transaction

from accounts.audit import record
from accounts.models import AuditEvent, User
from accounts.switches import sending_held

from ..reminding.letters import address_of
from ..reminding.mails import compose, sample
from ..reminding.upcoming import next_mail

MOST, _WITHIN = 3, timedelta(hours=1)
_VERB = "reminder sample sent"

log = structlog.get_logger(__name__)


class Sample(Enum):
    """What became of a sample."""

    SENT = auto()
    TOO_MANY = auto()
    NOTHING = auto()
    NO_ADDRESS = auto()
    HELD = auto()
    NOT_TAKEN = auto()


def send_sample(*, by: User, at: datetime, today: date) -> Sample:
    """Send a person the next reminder as it would read today; at most three an hour, also where sending fails."""
    if sending_held():
        return Sample.HELD
    address = address_of(by, own=False)
    if not address:
        return Sample.NO_ADDRESS
    coming = next_mail(by, today)
    mail = (compose(by, coming.rows, today) if coming else None) or sample(by, today)
    if mail is None:
        return Sample.NOTHING
    if not _noted(by, at):
        return Sample.TOO_MANY
    try:
        taken = mail.to(address).send()
    except (SMTPException, OSError):
        log.exception("sample_not_sent")
        return Sample.NOT_TAKEN
    return Sample.SENT if taken else Sample.NOT_TAKEN


@transaction.atomic
def _noted(by: User, at: datetime) -> bool:
    """Note one more, unless there were enough. The person's row is locked: two at once are counted one by one."""
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if next_sample_at(by=user, at=at) > at:
        return False
    record(verb=_VERB, by=user, at=at, target=user, label=str(user), subject=user)
    return True


def next_sample_at(*, by: User, at: datetime) -> datetime:
    """When the next sample can be asked for: now, or an hour after the oldest of those that fill the hour."""
    recent = AuditEvent.objects.filter(subject=by, verb=_VERB, at__gt=at - _WITHIN).order_by("-at")
    moments = list(recent.values_list("at", flat=True)[:MOST])
    return moments[-1] + _WITHIN if len(moments) == MOST else at
