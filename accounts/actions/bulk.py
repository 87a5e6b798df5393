"""Inviting a whole list of people at once. The mails leave afterwards, one by one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from accounts import audit, mail
from accounts.models import Employer, Invitation, Membership, Site, Team, User, email_key
from accounts.models.employers import INVITATION_DAYS
from accounts.queries import INVITED

from .invitations import hash_of, letter_of


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be invited, and the certifications that are proposed for their record."""

    email: str
    team: Team | None = None
    site: Site | None = None
    proposed: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def invite_many(*, employer: Employer, newcomers: Sequence[Newcomer], by: User, at: datetime) -> list[Invitation]:
    """Invite people who are neither members nor invited. No mail leaves yet: `mail_invitation` makes the links."""
    Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    keys = [email_key(one.email) for one in newcomers]
    # One that ran out still stands where the new one belongs.
    Invitation.objects.filter(
        employer=employer, email_key__in=keys, used_at=None, declined_at=None, revoked_at=None, expires_at__lte=at
    ).update(revoked_at=at)
    made = Invitation.objects.bulk_create(
        [
            Invitation(
                employer=employer, email=one.email, email_key=key, role=Membership.Role.TECHNICIAN, team=one.team,
                site=one.site, invited_by=by, token_hash=hash_of(secrets.token_urlsafe(32)), made_at=at,
                expires_at=at + timedelta(days=INVITATION_DAYS), proposed=one.proposed,
            )
            for one, key in zip(newcomers, keys, strict=True)
        ],
        batch_size=500,
    )  # fmt: skip
    for invitation in made:
        audit.record(
            verb=INVITED, by=by, at=at, target=invitation, label=employer.name, after={"role": invitation.role}
        )
    return made


@transaction.atomic
def mail_invitation(*, invitation: Invitation, at: datetime) -> None:
    """Give the invitation a link and mail it, once. Nothing happens if it was answered or mailed meanwhile."""
    kept = (
        Invitation.objects.select_for_update(no_key=True, of=("self",))
        .select_related("employer", "team", "site", "invited_by")
        .get(pk=invitation.pk)
    )
    if kept.mailed_at or not kept.is_open(at):
        return
    token = secrets.token_urlsafe(32)
    kept.token_hash, kept.mailed_at = hash_of(token), at
    kept.save(update_fields=["token_hash", "mailed_at"])
    transaction.on_commit(partial(mail.send, letter_of(kept, token)))
