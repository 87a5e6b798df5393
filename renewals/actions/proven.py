"""Writes about evidence, each with a recount: some rules count an activity only once it is proven."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from activities.actions import attach_evidence, remove_evidence, restore_evidence, stage_evidence
from activities.evidence import BadEvidence, Checked, Trouble
from activities.models import Activity, Evidence

from .counting import recount


@transaction.atomic
def prove(*, activity: Activity, evidence: Evidence, by: User, at: datetime, today: date) -> Evidence:
    """Let a staged or stored file prove an activity. Raises BadEvidence."""
    proof = attach_evidence(evidence=evidence, activity=activity, by=by, at=at)
    recount(user=activity.user, at=at, today=today)
    return proof


def add_evidence(
    *, activity: Activity, checked: list[Checked], staged: list[Evidence], by: User, at: datetime, today: date
) -> list[Trouble]:
    """Add files to an activity that is saved already, each by itself: one that fails stops no other.

    Returns what went wrong, empty when all are stored.
    """
    troubles = []
    files: list[Evidence | Checked] = [*staged, *checked]
    for file in files:
        try:
            with transaction.atomic():
                evidence = stage_evidence(checked=file, by=by, at=at) if isinstance(file, Checked) else file
                prove(activity=activity, evidence=evidence, by=by, at=at, today=today)
        except BadEvidence as error:
            troubles.append(error.trouble)
    return troubles


@transaction.atomic
def take_away(*, evidence: Evidence, activity: Activity, by: User, at: datetime, today: date) -> None:
    """Take a file away from an activity. Raises ActivityClosed."""
    remove_evidence(evidence=evidence, activity=activity, by=by, at=at)
    recount(user=activity.user, at=at, today=today)


@transaction.atomic
def bring_back(*, evidence: Evidence, activity: Activity, by: User, at: datetime, today: date) -> None:
    """Bring a removed file back. Raises BadEvidence."""
    restore_evidence(evidence=evidence, activity=activity, by=by, at=at)
    recount(user=activity.user, at=at, today=today)
