"""Writes about exports: asked for, finished, given up, gone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import Employer, User

from ..models import ExportRun

KEPT_FOR = timedelta(hours=24)
GIVEN_UP_AFTER = timedelta(minutes=15)
DID_NOT_FINISH = "This export did not finish. Make it again."


class ExportRunning(ValueError):
    """This person's last export is still being made."""


@transaction.atomic
def ask_for_export(
    *, employer: Employer, what: str, file_format: str, filters: dict[str, Any], on: date, by: User, at: datetime
) -> ExportRun:
    """Note that somebody wants an export. One at a time for a person: raises ExportRunning."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    waiting = ExportRun.objects.filter(made_by=by, state=ExportRun.State.WAITING)
    give_up_old(at=at)
    if waiting.exists():
        raise ExportRunning
    run = ExportRun.objects.create(
        employer=employer, what=what, file_format=file_format, filters=filters, on=on, made_by=by, made_at=at,
        expires_at=at + KEPT_FOR,
    )  # fmt: skip
    audit.record(
        verb="export asked for", by=by, at=at, target=run, label=f"{what} for {employer}",
        after={"what": what, "as": file_format, "on": on, "filters": filters},
    )  # fmt: skip
    return run


@transaction.atomic
def finish_export(*, run: ExportRun, rows: int, file_name: str, stored_as: str, size: int, at: datetime) -> bool:
    """The file is there. False where the run was finished or given up meanwhile; the file is then nobody's."""
    current = ExportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if current.state != ExportRun.State.WAITING:
        return False
    current.state, current.done_at, current.expires_at = ExportRun.State.DONE, at, at + KEPT_FOR
    current.rows, current.file_name, current.stored_as, current.size = rows, file_name, stored_as, size
    current.save()
    return True


def give_up(*, run: ExportRun, error: str) -> None:
    """The export cannot be made."""
    ExportRun.objects.filter(pk=run.pk, state=ExportRun.State.WAITING).update(state=ExportRun.State.FAILED, error=error)


def give_up_old(*, at: datetime) -> None:
    """What has been waiting for too long has failed."""
    ExportRun.objects.filter(state=ExportRun.State.WAITING, made_at__lt=at - GIVEN_UP_AFTER).update(
        state=ExportRun.State.FAILED, error=DID_NOT_FINISH
    )


@transaction.atomic
def forget_files(*, at: datetime) -> list[str]:
    """Take the names of files whose time is over off their exports, and return them: they may be removed now."""
    over = ExportRun.objects.select_for_update(no_key=True, skip_locked=True).filter(
        state=ExportRun.State.DONE, expires_at__lte=at
    )
    names = []
    for run in over.filter(size__gt=0)[:1000]:
        names.append(run.stored_as)
        run.size = 0
        run.save(update_fields=["size"])
    return names
