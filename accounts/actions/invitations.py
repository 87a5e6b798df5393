"""Asking people to join an employer, and their answers. Only the hash of a token is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.urls import reverse

from accounts import audit, clock, mail
from accounts.models import Employer, Invitation, Membership, Site, Team, User, email_key
from accounts.models.employers import INVITATION_DAYS
from accounts.problems import AlreadyMember, InvitationClosed, MailedEnough
from accounts.queries import (
    INVITED,
    INVITED_AGAIN,
    Outcome,
    Planned,
    confirmed_keys,
    mailed_enough,
    plan_invitations,
)

from .employers import must_be_there


@dataclass(frozen=True)
class Invited:
    """What inviting came to: each pasted address with its outcome, and the invitations that were made."""

    planned: list[Planned]
    made: list[Invitation]


def hash_of(token: str) -> str:
    """What is kept of a token: its SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *, employer: Employer, pasted: str, role: str, team: Team | None, site: Site | None, by: User, at: datetime,
    today: date,
) -> Invited:  # fmt: skip
    """Invite every new address in `pasted` and mail each its own link once this is kept.

    Whether an address has an account here, or works for somebody else, changes nothing in the answer. Raises PlaceGone.
    """
    Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    must_be_there(team, site)
    planned = plan_invitations(employer, pasted, at, today)
    made, letters = [], []
    for one in planned:
        if one.outcome is not Outcome.INVITE:
            continue
        key = email_key(one.address)
        # One that ran out still stands where the new one belongs.
        Invitation.objects.filter(
            employer=employer, email_key=key, used_at=None, declined_at=None, revoked_at=None
        ).update(revoked_at=at)
        token = secrets.token_urlsafe(32)
        invitation = Invitation.objects.create(
            employer=employer, email=one.address, email_key=key, role=role, team=team, site=site, invited_by=by,
            token_hash=hash_of(token), made_at=at, expires_at=at + timedelta(days=INVITATION_DAYS),
        )  # fmt: skip
        audit.record(verb=INVITED, by=by, at=at, target=invitation, label=employer.name, after={"role": role})
        made.append(invitation)
        letters.append(letter_of(invitation, token))
    transaction.on_commit(partial(mail.send_all, letters))
    return Invited(planned, made)


@transaction.atomic
def resend(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Send the invitation again with a new link; the one sent before no longer works.

    Raises InvitationClosed, and MailedEnough: then the link sent before still works.
    """
    kept = _unanswered(invitation)
    again = mailed_enough(kept.employer, [kept.email_key], at).get(kept.email_key)
    if again:
        raise MailedEnough(kept.email, clock.written(again, by))
    token = secrets.token_urlsafe(32)
    kept.token_hash, kept.expires_at, kept.invited_by = hash_of(token), at + timedelta(days=INVITATION_DAYS), by
    kept.mailed_at = at
    kept.save(update_fields=["token_hash", "expires_at", "invited_by", "mailed_at"])
    audit.record(verb=INVITED_AGAIN, by=by, at=at, target=kept, label=kept.employer.name)
    transaction.on_commit(partial(mail.send, letter_of(kept, token)))
    return kept


@transaction.atomic
def revoke(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Take an invitation back. Raises InvitationClosed if it was answered meanwhile."""
    kept = _unanswered(invitation)
    kept.revoked_at = at
    kept.save(update_fields=["revoked_at"])
    audit.record(verb="invitation taken back", by=by, at=at, target=kept, label=kept.employer.name)
    return kept


@transaction.atomic
def accept(*, invitation: Invitation, shares: str, by: User, at: datetime, today: date) -> Membership:
    """Join, sharing what the person chose. Once, and only by the account with that confirmed address.

    Raises InvitationClosed and AlreadyMember.
    """
    kept = _answerable(invitation, by, at)
    if shares not in Membership.Shares.values:
        raise ValueError(f"Nothing that can be shared: {shares}")
    Employer.objects.select_for_update(no_key=True).get(pk=kept.employer_id)
    mine = Membership.objects.of(by).filter(employer=kept.employer)
    if mine.on(today).exists() or mine.filter(left_on=None).exists():
        raise AlreadyMember(kept.employer)
    membership = Membership.objects.create(
        user=by, employer=kept.employer, role=kept.role, team=kept.team, site=kept.site, shares=shares,
        shares_changed_at=at, joined_on=today,
    )  # fmt: skip
    kept.used_at, kept.membership = at, membership
    kept.save(update_fields=["used_at", "membership"])
    audit.record(
        verb="joined employer", by=by, at=at, target=membership, label=kept.employer.name, subject=by,
        after={"role": kept.role, "shares": shares},
    )  # fmt: skip
    return membership


@transaction.atomic
def decline(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Say no. Only by the account with that confirmed address. Raises InvitationClosed."""
    kept = _answerable(invitation, by, at)
    kept.declined_at = at
    kept.save(update_fields=["declined_at"])
    audit.record(verb="invitation declined", by=by, at=at, target=kept, label=kept.employer.name, subject=by)
    return kept


def _unanswered(invitation: Invitation) -> Invitation:
    kept = (
        Invitation.objects.select_for_update(no_key=True, of=("self",))
        .select_related("employer", "team", "site", "invited_by")
        .get(pk=invitation.pk)
    )
    if kept.used_at or kept.declined_at or kept.revoked_at:
        raise InvitationClosed
    return kept


def _answerable(invitation: Invitation, by: User, at: datetime) -> Invitation:
    kept = _unanswered(invitation)
    if not kept.is_open(at) or kept.email_key not in confirmed_keys(by):
        raise InvitationClosed
    return kept


def letter_of(invitation: Invitation, token: str) -> mail.Letter:
    """The mail of an invitation, with its link."""
    context = {"invitation": invitation, "link": mail.link(reverse("sharing:link", args=[token]))}
    return mail.Letter("invitation", invitation.email, context)
