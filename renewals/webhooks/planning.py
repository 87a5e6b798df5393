"""Which messages are due: one for each certification, standing and step towards its end, told once."""

from __future__ import annotations

import json
from datetime import date, datetime
from uuid import uuid4

from django.conf import settings
from django.urls import reverse

from accounts import clock
from accounts.mail import link
from accounts.models import Employer, User

from ..access import people_of
from ..models import Standing, Webhook, WebhookMessage
from ..teams.filters import NEEDS_ACTION, Filters, standings, with_certification

TRIAL = "test-"
_STEPS = (7, 30)  # days before the end on which it is told once more


def plan(*, at: datetime) -> int:
    """Write a row for every message that is due and was not told. How many are new. Safe to run at any time."""
    if not settings.WEBHOOKS:
        return 0
    before = WebhookMessage.objects.count()
    for hook in Webhook.objects.filter(is_on=True).select_related("employer"):
        WebhookMessage.objects.bulk_create(_due(hook, at), ignore_conflicts=True, batch_size=500)
    return WebhookMessage.objects.count() - before


def trial(hook: Webhook, at: datetime) -> WebhookMessage:
    """A message that tells nothing, to see whether it arrives. Not saved."""
    key = f"{TRIAL}{uuid4().hex}"
    return WebhookMessage(hook=hook, key=key, body=_body(key, "test", hook.employer, at), not_before=at, made_at=at)


def due_keys(hook: Webhook, at: datetime) -> frozenset[str]:
    """What the employer may be told at this moment, and needs to be."""
    return frozenset(message.key for message in _due(hook, at))


def _due(hook: Webhook, at: datetime) -> list[WebhookMessage]:
    employer = hook.employer
    today = clock.local(at, User(time_zone=employer.time_zone)).date()
    members = {one.user_id: one.pk for one in people_of(employer, today)}
    rows = with_certification(standings(employer, today, Filters(standing=NEEDS_ACTION))).order_by("pk")
    found = []
    for row in rows:
        key = _key(row, today)
        told = {
            "person": {"id": members[row.user_id], "name": row.user.name},
            "certification": {"name": row.held.certification.name, "level": row.held.level and row.held.level.name},
            "standing": _word(row), "ends_on": row.ends_on and row.ends_on.isoformat(),
            "page": link(reverse("team:person", args=[members[row.user_id]])),
        }  # fmt: skip
        body = _body(key, "certification.needs_action", employer, at, told)
        found.append(WebhookMessage(hook=hook, key=key, body=body, not_before=at, made_at=at))
    return found


def _key(row: Standing, today: date) -> str:
    left = (row.ends_on - today).days if row.ends_on else None
    step = next((days for days in _STEPS if left is not None and 0 <= left <= days), 0)
    return f"{_word(row)}-{step}-{row.period_id}"


def _word(row: Standing) -> str:
    """The standing as of the day it was read for, not of the day it was counted."""
    return str(getattr(row, "today_word", row.word))


def _body(key: str, event: str, employer: Employer, at: datetime, told: dict[str, object] | None = None) -> str:
    facts = {"id": key, "event": event, "at": at.isoformat(), "employer": {"id": employer.pk, "name": employer.name}}
    return json.dumps({**facts, **(told or {})}, separators=(",", ":"))
