"""Writes about webhooks."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from accounts.audit import record
from accounts.models import Employer, User

from ..models import Webhook

_TWICE = timedelta(seconds=10)  # so soon after, the same words of the same person are the same form


@transaction.atomic
def set_webhook(*, employer: Employer, url: str, is_on: bool, by: User, at: datetime) -> tuple[Webhook, bool]:
    """Where an employer's system is told. The second value: whether there is a new secret to show.

    A form that is sent twice shows the same new secret twice: a browser shows the second answer alone.
    """
    Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    hook = Webhook.objects.filter(employer=employer).first()
    if hook is None:
        hook = Webhook.objects.create(
            employer=employer, url=url, salt=secrets.token_urlsafe(32), is_on=is_on, set_by=by, set_at=at
        )
        record(verb="webhook set up", by=by, at=at, target=hook, label=str(employer), after={"url": url, "on": is_on})
        return hook, True
    before, after = {"url": hook.url, "on": hook.is_on}, {"url": url, "on": is_on}
    if before != after:
        hook.url, hook.is_on, hook.set_by, hook.set_at = url, is_on, by, at
        hook.save(update_fields=["url", "is_on", "set_by", "set_at"])
        record(verb="webhook changed", by=by, at=at, target=hook, label=str(employer), before=before, after=after)
    return hook, before == after and hook.set_by_id == by.pk and at - hook.set_at <= _TWICE


@transaction.atomic
def renew_secret(*, hook: Webhook, by: User, at: datetime) -> Webhook:
    """A new secret; the old one signs nothing any more."""
    hook = Webhook.objects.select_for_update(no_key=True).select_related("employer").get(pk=hook.pk)
    hook.salt = secrets.token_urlsafe(32)
    hook.save(update_fields=["salt"])
    record(verb="webhook secret renewed", by=by, at=at, target=hook, label=str(hook.employer))
    return hook
