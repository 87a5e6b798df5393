"""Taking up what senders left behind when they ended, and settling what nobody could answer for.

A claim that ran out was never handed over: it is sent again. A hand-over that ran out may or may not have happened:
the mail server's log is asked. Where nobody can be asked, what must arrive is sent again under the same Message-ID,
and everything else waits for a person to look at it. Either way the row says that there was a doubt.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import groupby

import structlog
from django.db import connection
from django.db.models.functions import Now

from ..models import Reminder
from .asking import was_taken
from .stages import read

PARKED = 5  # a mail whose sender ended so often while making it is not tried again by itself
MOST_REPEATS = 3  # and one that ended without an answer so often is held

_EXPIRED_CLAIMS = """
UPDATE renewals_reminder SET
    state = CASE WHEN crashes + 1 >= %s THEN 'failed' ELSE 'retry' END,
    retry_at = clock_timestamp(), crashes = crashes + 1,
    error = 'The sender ended while it made this mail.'
WHERE state = 'claimed' AND lease_until < clock_timestamp()
RETURNING id
"""
_EXPIRED_HANDINGS = """
UPDATE renewals_reminder SET state = 'uncertain', doubtful = doubtful + 1,
    error = 'The sender ended while it handed this mail over.'
WHERE state = 'handing' AND lease_until < clock_timestamp()
RETURNING id
"""

log = structlog.get_logger(__name__)


def recover(*, at: datetime) -> Counter[str]:
    """Take up what ran out, and settle what can be settled. How many rows were what."""
    tally: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(_EXPIRED_CLAIMS, [PARKED])
        tally["reclaimed"] = cursor.rowcount
        cursor.execute(_EXPIRED_HANDINGS)
        tally["doubted"] = cursor.rowcount
    # Not before the lease ran out: the mail server may still be busy with what it has not answered yet.
    unsettled = Reminder.objects.filter(state=Reminder.State.UNCERTAIN).extra(where=["lease_until < clock_timestamp()"])
    silent = False
    for message_id, rows in groupby(unsettled.order_by("message_id", "pk"), key=lambda row: row.message_id):
        # A log that is away is asked once and not for each mail: mails that are due wait for this.
        taken = None if silent else was_taken(message_id)
        silent = taken is None
        tally[_settle(message_id, list(rows), taken, at)] += 1
    return tally


def _settle(message_id: str, rows: list[Reminder], taken: bool | None, at: datetime) -> str:
    """What came of one mail that nobody could answer for."""
    left = Reminder.objects.filter(pk__in=[row.pk for row in rows], state=Reminder.State.UNCERTAIN)
    if taken is True:
        left.update(state=Reminder.State.SENT, sent_at=at, error="")
        return "found sent"
    if taken is False:
        left.update(state=Reminder.State.RETRY, retry_at=Now(), error="The mail server's log does not know it.")
        return "found unsent"
    urgent = any(read(row.stage, row.due_on).must_arrive for row in rows)
    if urgent and all(row.doubtful < MOST_REPEATS for row in rows):
        left.update(state=Reminder.State.RETRY, retry_at=Now(), error="It may have been sent before.")
        log.warning("reminder_sent_again", message_id=message_id)
        return "sent again"
    return "held"
