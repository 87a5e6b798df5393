"""Who writes rules and who runs the site: given and taken, each with its reason. Nobody changes their own roles."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.problems import ClosedAccount, LastSiteAdmin, OwnAccount, OwnRole

_VERBS = {"is_rules_admin": "rules admin", "is_site_admin": "site admin"}


@transaction.atomic
def appoint_rules_admin(*, user: User, is_rules_admin: bool, by: User | None, at: datetime, reason: str = "") -> bool:
    """Let somebody write rules, or no longer. `by` None is whoever has the server's command line.

    False where it was so already. Raises OwnRole and ClosedAccount.
    """
    return _appoint(user, "is_rules_admin", is_rules_admin, by, at, reason)


@transaction.atomic
def appoint_site_admin(*, user: User, is_site_admin: bool, by: User | None, at: datetime, reason: str = "") -> bool:
    """Let somebody run the site, or no longer. `by` None is whoever has the server's command line.

    False where it was so already. Raises OwnRole, ClosedAccount and LastSiteAdmin.
    """
    return _appoint(user, "is_site_admin", is_site_admin, by, at, reason)


@transaction.atomic
def close_account(*, user: User, reason: str, by: User, at: datetime) -> bool:
    """Nobody signs in with it any more, at once, and no reminder leaves. The record stays as it is.

    False where it was closed already. Raises OwnAccount and LastSiteAdmin.
    """
    kept = _locked(user)
    if by.pk == kept.pk:
        raise OwnAccount
    if not kept.is_active:
        return False
    if kept.is_site_admin:
        _another_site_admin(kept)
    _set(kept, {"is_active": False}, "account closed", by, at, reason)
    return True


@transaction.atomic
def reopen_account(*, user: User, reason: str, by: User, at: datetime) -> bool:
    """Its owner may sign in again, with the roles it had. False where it was open."""
    kept = _locked(user)
    if kept.is_active:
        return False
    _set(kept, {"is_active": True}, "account reopened", by, at, reason)
    return True


def _appoint(user: User, field: str, wanted: bool, by: User | None, at: datetime, reason: str) -> bool:
    kept = _locked(user)
    if getattr(kept, field) == wanted:
        return False
    if by is not None and by.pk == kept.pk:
        raise OwnRole
    if wanted and not kept.is_active:
        raise ClosedAccount(kept)
    if field == "is_site_admin" and not wanted:
        _another_site_admin(kept)
    verb = f"{_VERBS[field]} {'appointed' if wanted else 'dismissed'}"
    _set(kept, {field: wanted}, verb, by, at, reason)
    return True


def _set(kept: User, after: dict[str, bool], verb: str, by: User | None, at: datetime, reason: str) -> None:
    before = {field: getattr(kept, field) for field in after}
    for field, value in after.items():
        setattr(kept, field, value)
    kept.save(update_fields=list(after))
    audit.record(
        verb=verb, by=by, at=at, target=kept, label=str(kept), subject=kept, before=before,
        after={**after, "reason": reason} if reason else after,
    )  # fmt: skip


def _locked(user: User) -> User:
    # Every site admin first: two of them who dismiss each other must each see what the other did.
    list(User.objects.site_admins().order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _another_site_admin(kept: User) -> None:
    if not User.objects.site_admins().filter(is_active=True).exclude(pk=kept.pk).exists():
        raise LastSiteAdmin
