"""What is known of invitations, for those who may ask."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from accounts.models import Employer, Invitation, Membership, User, email_key

_NAMED = re.compile(r".*<([^<>]*)>\s*$", re.DOTALL)
_BETWEEN = re.compile(r"[\n\r,;\t]+")


class Outcome(StrEnum):
    """What becomes of one pasted address. Whether it has an account here plays no part."""

    INVITE = "invite"
    MEMBER = "member"
    OPEN = "open"
    REPEATED = "repeated"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Planned:
    """One pasted address and what becomes of it."""

    address: str
    outcome: Outcome


def plan_invitations(employer: Employer, pasted: str, at: datetime, today: date) -> list[Planned]:
    """What inviting these addresses would do, in their order. Addresses stand apart by lines, commas or semicolons."""
    found = [_address(part) for part in _BETWEEN.split(pasted) if part.strip()]
    members, waiting = _keys_of_members(employer, today), _keys_waiting(employer, at)
    planned, seen = [], set()
    for address in found:
        key = email_key(address)
        if not _is_address(address):
            outcome = Outcome.UNREADABLE
        elif key in seen:
            outcome = Outcome.REPEATED
        elif key in members:
            outcome = Outcome.MEMBER
        else:
            outcome = Outcome.OPEN if key in waiting else Outcome.INVITE
        seen.add(key)
        planned.append(Planned(address, outcome))
    return planned


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


def _address(part: str) -> str:
    named = _NAMED.match(part)
    return (named[1] if named else part).strip().strip("\"'")


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
