"""Doorbells. What they ring for is in the database, so one that is lost or rings twice does no harm."""

from __future__ import annotations

from celery import shared_task

from accounts import clock
from accounts.jobs import recorded

from .actions import STAGED_FOR, sweep_staged


@shared_task
def sweep_evidence() -> None:
    """Remove files that nobody used within a day."""
    with recorded("sweep-evidence", clock.now) as counts:
        counts["removed"] = sweep_staged(before=clock.now() - STAGED_FOR)
