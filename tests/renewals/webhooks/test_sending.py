"""Messages are planned once, signed, tried again, and stop when they are not to be said any more."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

from accounts.actions.operations import hold_sending
from accounts.models import Membership
from renewals import tasks
from renewals.models import Standing, Webhook, WebhookMessage
from renewals.webhooks.planning import plan
from renewals.webhooks.sending import LADDER, sweep, try_out
from renewals.webhooks.signing import secret_of

from .conftest import Receiver


def test_what_needs_action_is_told_once_and_signed(
    hook: Webhook, receiver: Receiver, stopped_clock: datetime, settings: Any
) -> None:
    tasks.plan_webhooks()
    assert plan(at=stopped_clock) == 0
    tasks.send_webhooks()
    tasks.send_webhooks()
    [(headers, body)] = receiver.got
    told = json.loads(body)
    assert (told["person"]["name"], told["standing"], told["ends_on"]) == ("Dana Reyes", "at-risk", "2027-03-31")
    assert headers["CPD-Message"] == told["id"]
    stamp, given = (part.partition("=")[2] for part in headers["CPD-Signature"].split(","))
    signed = hmac.new(secret_of(hook).encode(), f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest()
    assert (given, int(stamp)) == (signed, int(stopped_clock.timestamp()))
    message = WebhookMessage.objects.get()
    assert (message.state, message.attempts, message.answer) == ("sent", 1, "It answered 200.")
    settings.WEBHOOKS = False
    assert plan(at=stopped_clock) == 0
    assert not sweep(at=stopped_clock)


def test_it_is_told_again_as_the_end_comes_near(hook: Webhook, stopped_clock: datetime) -> None:
    assert plan(at=stopped_clock) == 1
    told = []
    for days in (31, 30, 29, 8, 7, 1):
        Standing.objects.filter(word="at-risk").update(ends_on=stopped_clock.date() + timedelta(days=days))
        told.append(plan(at=stopped_clock))
    assert sum(told) >= 2
    assert told[2] == told[5] == 0


def test_what_does_not_arrive_is_tried_again_and_then_given_up(
    hook: Webhook, receiver: Receiver, stopped_clock: datetime
) -> None:
    receiver.status = 503
    plan(at=stopped_clock)
    at, ids = stopped_clock, []
    for wait in LADDER:
        assert sweep(at=at) == {"later": 1}
        assert not sweep(at=at)
        at += timedelta(minutes=wait)
        ids.append(receiver.got[-1][0]["CPD-Message"])
    assert sweep(at=at) == {"failed": 1}
    assert len(set(ids)) == 1
    assert WebhookMessage.objects.get().answer == "It answered 503."


def test_a_sender_that_died_is_taken_over_after_its_lease(hook: Webhook, stopped_clock: datetime) -> None:
    plan(at=stopped_clock)
    WebhookMessage.objects.update(state="claimed", not_before=stopped_clock + timedelta(minutes=2), attempts=1)
    assert not sweep(at=stopped_clock)
    assert sweep(at=stopped_clock + timedelta(minutes=2)) == {"sent": 1}


def test_what_is_no_longer_shared_is_not_told(hook: Webhook, receiver: Receiver, stopped_clock: datetime) -> None:
    plan(at=stopped_clock)
    Membership.objects.filter(user__name="Dana Reyes").update(shares="nothing")
    assert sweep(at=stopped_clock) == {"dropped": 1}
    assert receiver.got == []


def test_nothing_leaves_while_sending_is_held_or_it_is_off(hook: Webhook, stopped_clock: datetime) -> None:
    plan(at=stopped_clock)
    Webhook.objects.update(is_on=False)
    assert not sweep(at=stopped_clock)
    Webhook.objects.update(is_on=True)
    hold_sending(reason="Moving", by=None, at=stopped_clock)
    assert not sweep(at=stopped_clock)


def test_a_test_tells_nothing_and_is_kept(hook: Webhook, receiver: Receiver, stopped_clock: datetime) -> None:
    assert try_out(hook, stopped_clock).taken
    assert json.loads(receiver.got[0][1])["event"] == "test"
    receiver.status, receiver.headers = 302, {"Location": receiver.url}
    answer = try_out(hook, stopped_clock)
    assert answer.said == "It answered 302. We do not follow: give the final address."
    assert len(receiver.got) == 2
    assert sorted(WebhookMessage.objects.values_list("state", flat=True)) == ["failed", "sent"]
