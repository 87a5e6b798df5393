"""Doorbells of what belongs to the site itself."""

from __future__ import annotations

from celery import shared_task

from accounts import clock
from accounts.actions.operations import forget_sessions, settle
from accounts.jobs import recorded


@shared_task
def keep_house() -> None:
    """Note where this database lives, so that a restored copy of it is known as one; forget sessions that ran out."""
    with recorded("keep-house", clock.now) as counts:
        settle(at=clock.now())
        counts["sessions_forgotten"] = forget_sessions(at=clock.now())
