"""Sending what is due: claim, make the mail, hand it over, note how it ended. One mail after the other.

Many may run at once, on many machines, and each may end at any moment: what it leaves behind is found by `recovery`.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Func, Value

from accounts.actions.addresses import bounced
from accounts.switches import sending_held

from ..models import InAppNotice, Reminder
from . import faults
from .claiming import Batch, Waiting, claim, fenced, message_id, shortlist
from .delivery import How, Outcome, Post
from .letters import address_of, letter
from .recovery import recover

# Minutes until a mail that was certainly not taken is tried again. After the last of them it has failed.
LADDER = (1, 5, 15, 60, 240, 240, 480)
POISONED = 5  # a mail that cannot even be made is given up after so many tries
_SHORTLIST = 200
_ERROR = 500

log = structlog.get_logger(__name__)


def sweep(
    *, at: datetime, limit: int = 10_000, seconds: float = 50.0, going: Callable[[], bool] = lambda: True
) -> Counter[str]:
    """Send what is due, at most `limit` mails for at most `seconds` and while `going`. How many rows ended how."""
    tally: Counter[str] = Counter(recover(at=at))
    ends = time.monotonic() + seconds

    def goes_on() -> bool:
        return tally["mails"] < limit and time.monotonic() < ends and going() and not sending_held()

    with Post() as post:
        while goes_on():
            waiting = shortlist(at, _SHORTLIST)
            before = tally["taken"]
            for one in _apart(waiting):
                if not goes_on():
                    return tally
                _send(one, at, post, tally)
                if tally["away"]:
                    return tally  # nobody takes mail: the others wait for the next sweep
            if tally["taken"] == before:
                return tally
    return tally


def _apart(waiting: list[Waiting]) -> list[Waiting]:
    """In an order of its own for each sweep, so that senders who run at once do not queue for the same rows."""
    salt = time.monotonic_ns()
    return sorted(waiting, key=lambda one: hash((one.user_id, salt)))


def _send(waiting: Waiting, at: datetime, post: Post, tally: Counter[str]) -> None:
    batch, dropped = claim(waiting, at)
    tally["dropped"] += dropped
    tally["taken"] += dropped
    if batch is None:
        return
    tally["taken"] += len(batch.rows)
    try:
        mail = _made(batch, at)
    except Exception as error:
        # Whatever is wrong with one person's mail, the others go out.
        log.exception("reminder_not_made", reminder=batch.rows[0].pk)
        _again(batch, f"{type(error).__name__}: {error}", POISONED)
        tally["poisoned"] += len(batch.rows)
        return
    if mail is None:
        return
    outcome = post.hand(mail, lambda: _mark(batch, str(mail.extra_headers["Message-ID"])))
    _note(batch, outcome, mail, at)
    faults.at("after-commit")
    tally["mails"] += outcome.how is How.SENT
    tally[outcome.how.value] += len(batch.rows)


def _made(batch: Batch, at: datetime) -> EmailMessage | None:
    """The mail, or None where there is nothing to say or nowhere to send it. The same words are kept in the product."""
    made = letter(batch.user, batch.rows, batch.today)
    if made is None:
        _drop(batch, "There was nothing to say.")
        return None
    key = message_id(batch, urlsplit(settings.SITE_URL).hostname or "localhost")
    if batch.rows[0].employer_id is None and made.kept:
        notice = InAppNotice(
            user=batch.user, key=key[:80], subject=made.subject[:300], text=made.body or made.text,
            url=made.path[:200], made_at=at,
        )  # fmt: skip
        InAppNotice.objects.bulk_create([notice], ignore_conflicts=True)
    address = address_of(batch.user, own=batch.rows[0].employer_id is None)
    if not address:
        _drop(batch, "No mail is wanted, or no confirmed address takes it.")
        return None
    mail = made.to(address, **{"Message-ID": key})
    mail.message()  # refuses here, while nothing was handed over, what no mail may hold
    faults.at("composed")
    return mail


def _mark(batch: Batch, key: str) -> bool:
    """The mark that a hand-over begins, committed before it does. False: another sender has these rows now."""
    with transaction.atomic():
        if fenced(batch, state=Reminder.State.HANDING, message_id=key, lease_until=_lease()):
            return True
        transaction.set_rollback(True)
        return False


def _note(batch: Batch, outcome: Outcome, mail: EmailMessage, at: datetime) -> None:
    """Write down how a hand-over ended. Rows that somebody else settled meanwhile keep what was settled."""
    said = outcome.said[:_ERROR]
    if outcome.how in (How.LATER, How.AWAY):
        _again(batch, said, len(LADDER) + 1)
        return
    rows = Reminder.objects.filter(pk__in=batch.ids, lease_token=batch.token)
    handing = rows.filter(state=Reminder.State.HANDING)
    if outcome.how is How.SENT:
        # The server said yes: also where the lease ran out meanwhile and the row is taken for uncertain.
        maybe = rows.filter(state__in=[Reminder.State.HANDING, Reminder.State.UNCERTAIN])
        noted = maybe.update(state=Reminder.State.SENT, sent_at=at, error="")
    elif outcome.how is How.REFUSED:
        refused = rows.filter(state__in=[Reminder.State.CLAIMED, Reminder.State.HANDING])
        noted = refused.update(state=Reminder.State.FAILED, error=said)
        if outcome.bad_address:
            bounced(email=mail.to[0], reason=said, at=at)
    elif outcome.how is How.UNKNOWN:
        noted = handing.update(state=Reminder.State.UNCERTAIN, doubtful=F("doubtful") + 1, error=said)
    else:
        noted = 0
    if noted != len(batch.rows):
        log.warning("reminder_settled_elsewhere", reminder=batch.rows[0].pk, how=outcome.how.value)


def _again(batch: Batch, said: str, most: int) -> None:
    """Later, after the next wait of the ladder; failed for good after `most` tries."""
    rows = Reminder.objects.filter(pk__in=batch.ids, lease_token=batch.token)
    held = rows.filter(state__in=[Reminder.State.CLAIMED, Reminder.State.HANDING])
    tries = max(row.attempts for row in batch.rows)
    if tries >= most:
        held.update(state=Reminder.State.FAILED, error=said[:_ERROR])
        return
    wait = timedelta(minutes=LADDER[min(tries, len(LADDER)) - 1])
    held.update(state=Reminder.State.RETRY, retry_at=_moment(wait), error=said[:_ERROR])


def _drop(batch: Batch, why: str) -> None:
    fenced(batch, state=Reminder.State.DROPPED, error=why)


def _lease() -> object:
    return _moment(timedelta(seconds=settings.REMINDER_LEASE_SECONDS))


def _moment(later: timedelta) -> object:
    """So much later by the clock of the database: the one that all senders share."""
    return Func(function="clock_timestamp", template="clock_timestamp()") + Value(later)
