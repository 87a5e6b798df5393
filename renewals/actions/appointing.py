"""What whoever runs the site decides about people and employers, told to those it concerns: by mail and as a notice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import uuid4

from django.db import transaction
from django.urls import reverse

from accounts import mail
from accounts.actions import roles
from accounts.actions.memberships import name_owner
from accounts.models import Membership, User

from ..models import InAppNotice


@dataclass(frozen=True)
class _Said:
    """The same words for the mail and the notice; `path` is the page that it is about."""

    user: User
    subject: str
    text: str
    path: str = "/me/"


@transaction.atomic
def write_rules(*, user: User, may: bool, reason: str, by: User, at: datetime) -> bool:
    """Let somebody write rules, or no longer. False where it was so already. Raises RoleProblem."""
    changed = roles.appoint_rules_admin(user=user, is_rules_admin=may, by=by, at=at, reason=reason)
    if changed:
        subject = "You can write rules now" if may else "You no longer write rules"
        text = "Publishing takes two people." if may else "Your drafts stay, and others go on with them."
        _tell([_Said(user, subject, _signed(text, by, reason), reverse("certifications:rules"))], at)
    return changed


@transaction.atomic
def run_site(*, user: User, may: bool, reason: str, by: User, at: datetime) -> bool:
    """Let somebody run the site, or no longer. False where it was so already. Raises RoleProblem."""
    changed = roles.appoint_site_admin(user=user, is_site_admin=may, by=by, at=at, reason=reason)
    if changed:
        subject = "You can run this site now" if may else "You no longer run this site"
        text = "Its pages are under Manage." if may else "Its pages are closed to you. Your own record stays as it is."
        _tell([_Said(user, subject, _signed(text, by, reason), reverse("manage:overview") if may else "/me/")], at)
    return changed


@transaction.atomic
def close(*, user: User, reason: str, by: User, at: datetime) -> bool:
    """Close an account. False where it was closed already. Raises RoleProblem."""
    changed = roles.close_account(user=user, by=by, at=at, reason=reason)
    if changed:
        text = "Nobody can sign in with it. Your record is kept."
        _tell([_Said(user, "Your account is closed", _signed(text, by, reason))], at)
    return changed


@transaction.atomic
def reopen(*, user: User, reason: str, by: User, at: datetime) -> bool:
    """Open a closed account again. False where it was open."""
    changed = roles.reopen_account(user=user, by=by, at=at, reason=reason)
    if changed:
        text = "Sign in as before. Your record is as you left it."
        _tell([_Said(user, "Your account is open again", _signed(text, by, reason))], at)
    return changed


@transaction.atomic
def appoint_owner(*, membership: Membership, reason: str, by: User, at: datetime, today: date) -> bool:
    """Make one of an employer's people an owner, and tell them and the other owners. False where they were one.

    Raises NotAMember.
    """
    if not name_owner(membership=membership, by=by, at=at, reason=reason):
        return False
    employer, user = membership.employer, membership.user
    path = f"{reverse('team:members')}?employer={employer.pk}"
    own = _signed("Owners manage members, teams and settings.", by, reason)
    said = [_Said(user, f"You are now an owner of {employer}", own, path)]
    theirs = _signed("You stay an owner. If this is wrong, change it on the page of members.", by, reason)
    others = Membership.objects.filter(employer=employer, role=Membership.Role.OWNER).on(today).exclude(user=user)
    said += [
        _Said(one.user, f"{user} is now an owner of {employer}", theirs, path)
        for one in others.filter(user__is_active=True).select_related("user").order_by("pk")
    ]
    _tell(said, at)
    return True


def _signed(text: str, by: User, reason: str) -> str:
    return f"{text} {by}, who runs this site, says why: {reason}"


def _tell(said: Iterable[_Said], at: datetime) -> None:
    # Who is told twice was decided about twice: what was so already is not told again.
    rows = list(said)
    InAppNotice.objects.bulk_create(
        InAppNotice(
            user=one.user, key=f"decided-{uuid4().hex}", subject=one.subject[:300], text=one.text,
            url=one.path, made_at=at,
        )
        for one in rows
    )  # fmt: skip
    letters = [mail.Letter("decided", one.user.email, {"said": one, "link": mail.link(one.path)}) for one in rows]
    transaction.on_commit(partial(mail.send_all, letters))
