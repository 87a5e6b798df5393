"""Writes about what a person holds, each with a recount in the same transaction."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from activities.actions import claim_everything
from certifications.models import RenewalPeriod

from .counting import recount


@transaction.atomic
def take_up(*, period: RenewalPeriod, at: datetime, today: date) -> None:
    """After a certification was added or brought back: claim what was logged before, and recount."""
    claim_everything(held=period.held)
    recount(user=period.held.user, at=at, today=today)
