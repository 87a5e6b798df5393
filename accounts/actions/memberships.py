"""Who belongs to an employer, as what, until when, and what they let it see."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from accounts import audit
from accounts.models import Employer, Membership, Site, Team, User
from accounts.problems import LastOwner, NotAMember

from .employers import must_be_there

# As the audit trail tells of an employer that sees less from then on, or perhaps more.
ENDED = ENDED_BY_EMPLOYER, LEFT = ("membership ended", "left employer")
SHARING_CHANGED = "sharing changed"
# The last place on earth where a day begins.
_LATEST_ZONE = timedelta(hours=12)


@transaction.atomic
def change_member(
    *, membership: Membership, role: str, team: Team | None, site: Site | None, by: User, at: datetime
) -> Membership:
    """Give one of an employer's people another role, team or site. Raises LastOwner and PlaceGone."""
    kept = _locked(membership)
    must_be_there(team, site)
    after = {"role": role, "team": team, "site": site}
    before = {name: getattr(kept, name) for name in after}
    if before == after:
        return kept
    if kept.role == Membership.Role.OWNER and role != Membership.Role.OWNER:
        _another_owner(kept)
    for name, value in after.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(after))
    audit.record(
        verb="membership changed", by=by, at=at, target=kept, label=kept.employer.name, subject=kept.user,
        before={name: str(value or "") for name, value in before.items()},
        after={name: str(value or "") for name, value in after.items()},
    )  # fmt: skip
    return kept


@transaction.atomic
def name_owner(*, membership: Membership, reason: str, by: User, at: datetime) -> bool:
    """Whoever runs the site makes one of an employer's people an owner, where its owners are out of reach.

    The others stay. False where the person is one already. Raises NotAMember.
    """
    kept = _locked(membership)
    if kept.left_on is not None or not kept.user.is_active:
        raise NotAMember(kept.user)
    before = kept.role
    if before == Membership.Role.OWNER:
        return False
    kept.role = Membership.Role.OWNER
    kept.save(update_fields=["role"])
    audit.record(
        verb="owner named", by=by, at=at, target=kept, label=kept.employer.name, subject=kept.user,
        before={"role": before}, after={"role": kept.role, "reason": reason},
    )  # fmt: skip
    return True


@transaction.atomic
def end_membership(*, membership: Membership, by: User, at: datetime) -> Membership:
    """The person no longer works there. The employer sees nothing of them from this moment on. Raises LastOwner."""
    return _end(membership, ENDED_BY_EMPLOYER, by, at)


@transaction.atomic
def leave(*, membership: Membership, by: User, at: datetime) -> Membership:
    """The person leaves. The employer sees nothing of them from this moment on. Raises LastOwner."""
    return _end(membership, LEFT, by, at)


@transaction.atomic
def share(*, membership: Membership, shares: str, by: User, at: datetime) -> Membership:
    """What of their record this employer sees from now on. Only the person themselves says so."""
    kept = _locked(membership)
    if shares not in Membership.Shares.values or by.pk != kept.user_id:
        raise ValueError("Only the person themselves chooses what is shared, among what can be.")
    before, after = kept.shares, shares
    if before != after:
        kept.shares, kept.shares_changed_at = shares, at
        kept.save(update_fields=["shares", "shares_changed_at"])
        audit.record(
            verb=SHARING_CHANGED, by=by, at=at, target=kept, label=kept.employer.name, subject=kept.user,
            before={"shares": before}, after={"shares": after},
        )  # fmt: skip
    return kept


def first_day_away(joined_on: date, at: datetime) -> date:
    """The day of leaving: the earliest that it is anywhere, so that nobody's time zone keeps the door open longer."""
    return max(joined_on, (at.astimezone(UTC) - _LATEST_ZONE).date())


def _end(membership: Membership, verb: str, by: User, at: datetime) -> Membership:
    kept = _locked(membership)
    if kept.left_on is not None:
        return kept
    if kept.role == Membership.Role.OWNER:
        _another_owner(kept)
    kept.left_on = first_day_away(kept.joined_on, at)
    kept.save(update_fields=["left_on"])
    audit.record(
        verb=verb, by=by, at=at, target=kept, label=kept.employer.name, subject=kept.user,
        after={"left_on": kept.left_on},
    )  # fmt: skip
    return kept


def _locked(membership: Membership) -> Membership:
    # The employer first: two owners who leave at once must each see what the other did.
    Employer.objects.select_for_update(no_key=True).get(pk=membership.employer_id)
    return Membership.objects.select_related("employer", "user", "team", "site").get(pk=membership.pk)


def _another_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(employer=membership.employer_id, role=Membership.Role.OWNER, left_on=None)
    if not owners.exclude(pk=membership.pk).exists():
        raise LastOwner
