"""Turning what holds for the whole site."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from accounts import audit
from accounts.models import SiteSwitch, User
from accounts.switches import RESTORED, home


@transaction.atomic
def hold_sending(*, reason: str, by: User | None, at: datetime) -> None:
    """Hold reminders, digests and other mail that nobody waits for. `by` None is the product itself."""
    switch = _switch(at)
    if switch.is_on:
        return
    switch.is_on, switch.reason, switch.turned_by, switch.turned_at = True, reason, by, at
    switch.save()
    audit.record(verb="sending held", by=by, at=at, target=switch, label=reason, after={"reason": reason})


@transaction.atomic
def release_sending(*, by: User | None, at: datetime) -> None:
    """Let mail go out again. In a restored copy this says that the copy is now the site."""
    switch = _switch(at)
    here = home()
    if not switch.is_on and switch.home == here:
        return
    reason = switch.reason if switch.is_on else RESTORED
    switch.is_on, switch.reason, switch.home, switch.turned_by, switch.turned_at = False, "", here, by, at
    switch.save()
    audit.record(verb="sending released", by=by, at=at, target=switch, label=reason, before={"reason": reason})


@transaction.atomic
def settle(*, at: datetime) -> None:
    """Note where this database lives, once in its life, so that a restored copy of it is known as one."""
    _switch(at)


def forget_sessions(*, at: datetime) -> int:
    """Remove the sessions that ran out, with what was typed in them and never sent. How many there were."""
    number, _ = Session.objects.filter(expire_date__lt=at).delete()
    return number


def _switch(at: datetime) -> SiteSwitch:
    """The switch, locked; made where there is none yet, off."""
    new = SiteSwitch(name=SiteSwitch.HOLD_SENDING, turned_at=at, home=home())
    SiteSwitch.objects.bulk_create([new], ignore_conflicts=True)
    return SiteSwitch.objects.select_for_update(no_key=True).get(name=SiteSwitch.HOLD_SENDING)
