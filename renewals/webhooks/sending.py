"""Sending messages that are due: claim a row, post, note how it ended. Any number of senders may run at once."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.switches import sending_held

from ..models import Webhook, WebhookMessage
from .planning import TRIAL, due_keys, trial
from .posting import Answer, post
from .signing import signature

LADDER = (1, 5, 15, 60, 240, 720)  # minutes; after the last try a message has failed
MOST_TESTS = 5
_TESTS_WITHIN = timedelta(minutes=10)
_LEASE = timedelta(minutes=2)
_MOST = 200

State = WebhookMessage.State


def sweep(*, at: datetime) -> Counter[str]:
    """Send what is due, at most some hundred. How many ended how. A sender that died is taken over after its lease."""
    tally: Counter[str] = Counter()
    due: dict[int, frozenset[str]] = {}
    while settings.WEBHOOKS and tally.total() < _MOST and not sending_held():
        message = _claim(at)
        if message is None:
            break
        if message.hook_id not in due:
            due[message.hook_id] = due_keys(message.hook, at)
        tally[_send(message, at, message.key in due[message.hook_id])] += 1
    return tally


class TestedEnough(Exception):
    """As many tests as are good for whoever is behind the address; `again` is when the next one can be sent."""

    def __init__(self, again: datetime) -> None:
        super().__init__()
        self.again = again


def try_out(hook: Webhook, at: datetime) -> Answer:
    """Post a message that tells nothing, once and now, and keep how it went. Raises TestedEnough."""
    message = _claim_trial(hook, at)
    answer = deliver(message, at)
    if answer.taken:
        _note(message, State.SENT, answer.said, sent_at=at)
    else:
        _note(message, State.FAILED, answer.said)
    return answer


@transaction.atomic
def _claim_trial(hook: Webhook, at: datetime) -> WebhookMessage:
    """Count one more before anything is posted. The hook is locked: two at once are counted one by one."""
    Webhook.objects.select_for_update(no_key=True).get(pk=hook.pk)
    tests = WebhookMessage.objects.filter(hook=hook, key__startswith=TRIAL, made_at__gt=at - _TESTS_WITHIN)
    recent = list(tests.order_by("-made_at").values_list("made_at", flat=True)[:MOST_TESTS])
    if len(recent) == MOST_TESTS:
        raise TestedEnough(recent[-1] + _TESTS_WITHIN)
    message = trial(hook, at)
    message.state, message.not_before, message.attempts = State.CLAIMED, at + _LEASE, 1
    message.save()
    return message


def deliver(message: WebhookMessage, at: datetime) -> Answer:
    """Post one message, signed now. Under the same id as before: a receiver that has it already can tell."""
    headers = {
        "CPD-Message": message.key, "CPD-Signature": signature(message.hook, message.body, at),
        "User-Agent": "CPD-Points-Webhook/1",
    }  # fmt: skip
    return post(message.hook.url, message.body, headers)


def _claim(at: datetime) -> WebhookMessage | None:
    with transaction.atomic():
        due = WebhookMessage.objects.filter(state__in=[State.WAITING, State.CLAIMED], not_before__lte=at)
        due = due.filter(hook__is_on=True).select_for_update(no_key=True, skip_locked=True, of=("self",))
        message = due.select_related("hook__employer").order_by("not_before", "pk").first()
        if message is None:
            return None
        message.state, message.not_before, message.attempts = State.CLAIMED, at + _LEASE, message.attempts + 1
        message.save(update_fields=["state", "not_before", "attempts"])
        return message


def _send(message: WebhookMessage, at: datetime, due: bool) -> str:
    if not due:
        return _note(message, State.DROPPED, "")
    answer = deliver(message, at)
    if answer.taken:
        return _note(message, State.SENT, answer.said, sent_at=at)
    if answer.for_good or message.attempts > len(LADDER):
        return _note(message, State.FAILED, answer.said)
    wait = timedelta(minutes=LADDER[message.attempts - 1])
    _note(message, State.WAITING, answer.said, not_before=at + wait)
    return "later"


def _note(message: WebhookMessage, state: WebhookMessage.State, answer: str, **facts: object) -> str:
    """How it ended, where the row is still this sender's."""
    mine = WebhookMessage.objects.filter(pk=message.pk, state=State.CLAIMED, attempts=message.attempts)
    mine.update(state=state, answer=answer[:200], **facts)
    return str(state.value)
