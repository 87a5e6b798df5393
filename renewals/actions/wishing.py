"""How people, employers and the site choose to be reminded, and the end of it without a sign-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from accounts.audit import record
from accounts.models import Employer, User

from ..models import InAppNotice, ReminderSettings
from ..reminding.unsubscribing import Leaving, Mails
from ..reminding.wishes import FIELDS, STANDARD, Wishes, employer_standard, site_wishes

_QUIET = ("quiet_from", "quiet_until")
PERSONAL = ("by_mail", "tells_employer", "team_digest", "team_notices")


@transaction.atomic
def choose(*, by: User, at: datetime, chosen: Mapping[str, object], employer: Employer | None = None) -> None:
    """Keep what a person chose for themself, or for an employer. What equals the standard follows it from now on."""
    if employer is not None:
        _keep(by, at, employer, employer_standard(), chosen, {"employer": employer})
    else:
        _keep(by, at, by, site_wishes(), chosen, {"user": by})


@transaction.atomic
def choose_for_site(*, by: User, at: datetime, chosen: Mapping[str, object]) -> None:
    """Keep what holds for everybody who chose nothing else."""
    _keep(by, at, None, STANDARD, chosen, {})


def _keep(
    by: User, at: datetime, target: Model | None, standard: Wishes, chosen: Mapping[str, object],
    owner: Mapping[str, object],
) -> None:  # fmt: skip
    unknown = chosen.keys() - {*FIELDS, *PERSONAL}
    if unknown:
        raise ValueError(f"Not a setting: {', '.join(sorted(unknown))}")
    row = _row(owner, at)
    before = {name: getattr(row, name) for name in chosen}
    usual = asdict(standard)
    after = {name: _own(name, value, usual[name]) for name, value in chosen.items()}
    if set(_QUIET) <= chosen.keys() and any(after[name] is not None for name in _QUIET):
        after |= {name: chosen[name] for name in _QUIET}  # one hour alone says nothing
    changed = {name: value for name, value in after.items() if before[name] != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(row, name, value)
    row.changed_at = at
    row.save()
    record(
        verb="reminders changed", by=by, at=at, target=target or row, label=str(target or "The site"),
        before={name: before[name] for name in changed}, after=changed,
        subject=target if isinstance(target, User) else None,
    )  # fmt: skip


def _own(name: str, value: object, usual: object) -> object:
    """What is kept: nothing where it is as usual, so that a later change of what is usual reaches it."""
    if name in PERSONAL:
        return value
    if isinstance(value, list | tuple):
        value, usual = sorted(value, reverse=True), sorted(usual, reverse=True)  # type: ignore[call-overload]
    return None if value == usual else value


def _row(owner: Mapping[str, object], at: datetime) -> ReminderSettings:
    named = {"user": None, "employer": None, **owner}
    row, _ = ReminderSettings.objects.select_for_update(no_key=True).get_or_create(**named, defaults={"changed_at": at})
    return row


@transaction.atomic
def unsubscribe(*, leaving: Leaving, at: datetime) -> bool:
    """End the mails that a link names. False where the link, or another of the same time, was used before."""
    user = User.objects.filter(pk=leaving.user_id, is_active=True).first()
    if user is None:
        return False
    row = _row({"user": user}, at)
    if row.unsubscribed != leaving.used:
        return False
    row.unsubscribed += 1
    row.changed_at = at
    if leaving.mails is Mails.OWN:
        row.by_mail = False
    else:
        row.team_digest = row.team_notices = False
    row.save()
    record(
        verb="unsubscribed", by=user, at=at, target=user, label=str(user), after={"mails": leaving.mails.value},
        subject=user,
    )  # fmt: skip
    return True


@transaction.atomic
def read_notice(*, notice: InAppNotice, at: datetime) -> None:
    """Its reader has read it. Once read, it stays so."""
    InAppNotice.objects.filter(pk=notice.pk).unread().update(read_at=at)
