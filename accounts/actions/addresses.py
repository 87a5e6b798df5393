"""Addresses that mail does not reach."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.audit import record
from accounts.models import BouncedAddress, User
from accounts.models.people import email_key


@transaction.atomic
def bounced(*, email: str, reason: str, at: datetime) -> None:
    """Note that a mail server refused this address for good. Nothing goes there until its owner says that it works."""
    found, made = BouncedAddress.objects.get_or_create(
        email_key=email_key(email), defaults={"reason": reason[:300], "first_at": at, "last_at": at}
    )
    if not made:
        BouncedAddress.objects.filter(pk=found.pk).update(
            reason=reason[:300], last_at=at, times=F("times") + 1, cleared_at=None
        )


@transaction.atomic
def try_again(*, by: User, at: datetime) -> bool:
    """The owner of an address says that it works again. False where nothing was wrong with it."""
    cleared = BouncedAddress.objects.unreached().about(by.email).update(cleared_at=at)
    if cleared:
        record(verb="address works again", by=by, at=at, target=by, label=str(by), subject=by)
    return bool(cleared)
