"""What is known of invitations, for those who may ask."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet

from accounts.models import AuditEvent, Employer, Invitation, Membership, User, email_key
from accounts.models.employers import MOST_MAILS

INVITED, INVITED_AGAIN = MAILED = ("invited", "invited again")  # each such event in the audit trail is one mail
_MAILED_WITHIN = timedelta(days=1)
_NAMED = re.compile(r".*<([^<>]*)>\s*$", re.DOTALL)
_BETWEEN = re.compile(r"[\n\r;\t]+")


class Outcome(StrEnum):
    """What becomes of one pasted address. Whether it has an account here plays no part."""

    INVITE = "invite"
    MEMBER = "member"
    OPEN = "open"
    ENOUGH = "enough"
    REPEATED = "repeated"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Planned:
    """One pasted address and what becomes of it; `again` is when it can be mailed, where it was mailed enough."""

    address: str
    outcome: Outcome
    again: datetime | None = None


def plan_invitations(employer: Employer, pasted: str, at: datetime, today: date) -> list[Planned]:
    """What inviting these addresses would do, in their order. Addresses stand apart by lines, commas or semicolons."""
    found = [_address(part) for part in _parts(pasted)]
    members, waiting = _keys_of_members(employer, today), _keys_waiting(employer, at)
    enough = mailed_enough(employer, {email_key(address) for address in found}, at)
    planned, seen = [], set()
    for address in found:
        key = email_key(address)
        if not _is_address(address):
            outcome = Outcome.UNREADABLE
        elif key in seen:
            outcome = Outcome.REPEATED
        elif key in members:
            outcome = Outcome.MEMBER
        elif key in waiting:
            outcome = Outcome.OPEN
        else:
            outcome = Outcome.ENOUGH if key in enough else Outcome.INVITE
        seen.add(key)
        planned.append(Planned(address, outcome, enough.get(key)))
    return planned


def mailed_enough(employer: Employer, keys: Collection[str], at: datetime) -> dict[str, datetime]:
    """The addresses that were asked to join as often as one may be within a day, and when each can be asked again.

    What the owners of this employer sent for others of theirs counts too: employers are easily founded.
    """
    owners = Membership.objects.filter(employer=employer, role=Membership.Role.OWNER, left_on=None).values("user")
    asked = Invitation.objects.filter(Q(employer=employer) | Q(invited_by__in=owners), email_key__in=keys)
    key_of = {str(pk): key for pk, key in asked.values_list("pk", "email_key")}
    events = AuditEvent.objects.filter(
        target_type=Invitation._meta.label_lower, target_id__in=key_of, verb__in=MAILED, at__gt=at - _MAILED_WITHIN
    )
    mailed: dict[str, list[datetime]] = {}
    for target, moment in events.order_by("-at").values_list("target_id", "at"):
        mailed.setdefault(key_of[target], []).append(moment)
    full = {key: moments[MOST_MAILS - 1] for key, moments in mailed.items() if len(moments) >= MOST_MAILS}
    return {key: moment + _MAILED_WITHIN for key, moment in full.items()}


def open_invitations(employer: Employer) -> QuerySet[Invitation]:
    """Not answered yet, the ones that ran out included, newest first."""
    return (
        Invitation.objects.filter(employer=employer, used_at=None, declined_at=None, revoked_at=None)
        .select_related("team", "site", "invited_by")
        .order_by("-made_at", "email")
    )


def invitations_to(user: User, at: datetime) -> QuerySet[Invitation]:
    """The invitations this person can answer: sent to an address that they have confirmed."""
    return (
        Invitation.objects.filter(
            email_key__in=confirmed_keys(user), used_at=None, declined_at=None, revoked_at=None, expires_at__gt=at
        )
        .select_related("employer", "invited_by")
        .order_by("-made_at")
    )


def asked_to_join(user: User) -> bool:
    """Whether somebody invited this person and has no answer yet, be the invitation still open or not."""
    waiting = Invitation.objects.filter(used_at=None, declined_at=None, revoked_at=None)
    return waiting.filter(email_key__in=confirmed_keys(user)).exists()


def confirmed_keys(user: User) -> set[str]:
    """The keys of the addresses that are proved to be this person's."""
    addresses = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {email_key(address) for address in addresses}


def _parts(pasted: str) -> Iterator[str]:
    """What stands apart. A comma inside of a name parts nothing: mail programs write "Ford, Gus <gus@example.org>"."""
    for line in _BETWEEN.split(pasted):
        pieces = [piece for piece in line.split(",") if piece.strip()]
        for place, piece in enumerate(pieces):
            if "@" in piece or not _NAMED.match("".join(pieces[place + 1 : place + 2])):
                yield piece


def _address(part: str) -> str:
    named = _NAMED.match(part)
    return (named[1] if named else part).strip().strip("\"'").removeprefix("mailto:")


def _is_address(address: str) -> bool:
    if not address.isascii() or len(address) > 254:
        return False
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def _keys_of_members(employer: Employer, today: date) -> set[str]:
    users = Membership.objects.filter(employer=employer).on(today).values("user")
    confirmed: Iterable[str] = EmailAddress.objects.filter(user__in=users, verified=True).values_list(
        "email", flat=True
    )
    return {email_key(address) for address in confirmed} | set(
        User.objects.filter(pk__in=users).values_list("email_key", flat=True)
    )


def _keys_waiting(employer: Employer, at: datetime) -> set[str]:
    return set(open_invitations(employer).filter(expires_at__gt=at).values_list("email_key", flat=True))
