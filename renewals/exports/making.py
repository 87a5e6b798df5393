"""Makes an export: chosen, read in one snapshot of the database, written to a file, noted as done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import IO

from django.db import connection, transaction

from accounts.models import Employer
from accounts.spreadsheets.writing import Rows, write_csv, write_xlsx

from ..access import overseen
from ..actions.exporting import finish_export, forget_files, give_up, give_up_old
from ..models import ExportRun
from ..teams.filters import Filters
from . import files
from .activities import ACTIVITY, PERSON, of_team, team_rows
from .report import MOST_LINES, write_report
from .standing import REPORT, STANDING, chosen, lines

WHAT = {"standing": "Team standing", "activities": "Activities", "report": "Certification report"}
FORMATS = {"csv": "CSV", "xlsx": "Excel (XLSX)", "pdf": "PDF"}
# Above so many rows an export is made in the background.
SMALL = {"csv": 2_000, "xlsx": 2_000, "pdf": 500}
_LOST_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class Wanted:
    """What is to be exported: of whom, what, and as of which day. `today` decides what may be seen."""

    employer: Employer
    what: str
    on: date
    today: date
    filters: Filters

    def number(self) -> int:
        """How many rows it has now."""
        args = (self.employer, self.today, self.on, self.filters)
        return of_team(*args).count() if self.what == "activities" else chosen(*args).count()


def filters_from(kept: dict[str, object]) -> Filters:
    """The filters as an export keeps them."""
    values = {name: kept.get(name) for name in ("team", "site", "certification")}
    numbers = {name: value if isinstance(value, int) else None for name, value in values.items()}
    ends = kept.get("ends")
    return Filters(
        **numbers, ends=date.fromisoformat(str(ends)) if ends else None, standing=str(kept.get("standing") or "")
    )


def in_background(wanted: Wanted, file_format: str) -> bool:
    """Whether it is too much to be made while somebody waits for a page."""
    return wanted.number() > SMALL[file_format]


def too_long(wanted: Wanted, file_format: str) -> bool:
    """Whether one file cannot hold it."""
    return file_format == "pdf" and wanted.number() > MOST_LINES


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is of one moment, whatever is written meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def make(run: ExportRun, *, at: datetime, today: date) -> None:
    """Make the file of a waiting export. Whoever no longer looks after that employer gets none."""
    if not overseen(run.made_by, today).filter(employer=run.employer).exists():
        give_up(run=run, error="You no longer look after this team.")
        return
    wanted = Wanted(run.employer, run.what, run.on, today, filters_from(run.filters))
    with files.new_file(run.file_format) as (name, file), snapshot():
        rows = _write(file, wanted, run.file_format, at)
    size = files.size_of(name)
    told = f"{WHAT[run.what]} {run.employer} {run.on.isoformat()}.{run.file_format}"
    if not finish_export(run=run, rows=rows, file_name=told, stored_as=name, size=size, at=at):
        files.drop(name)


def lost(at: datetime) -> list[ExportRun]:
    """Exports that nobody seems to be making: the bell was not heard."""
    return list(ExportRun.objects.waiting().filter(made_at__lt=at - _LOST_AFTER).order_by("made_at"))


def tend(*, at: datetime) -> list[ExportRun]:
    """Give up what waited for too long, remove files whose time is over, and say what still has to be made."""
    give_up_old(at=at)
    for name in forget_files(at=at):
        files.drop(name)
    return lost(at)


def _write(file: IO[bytes], wanted: Wanted, file_format: str, at: datetime) -> int:
    if file_format == "pdf":
        return write_report(file, wanted.employer, wanted.today, wanted.on, wanted.filters, at=at)
    headings, rows = _table(wanted, at)
    if file_format == "csv":
        return write_csv(file, headings, rows)
    return write_xlsx(file, headings, rows, title=WHAT[wanted.what], at=at)


def _table(wanted: Wanted, at: datetime) -> tuple[list[str], Rows]:
    """Headings and rows; each row says the day it is about and the moment it was read."""
    args = (wanted.employer, wanted.today, wanted.on, wanted.filters)
    stamp = [wanted.on, at.replace(microsecond=0)]
    stamps = ["As of", "Exported at"]
    if wanted.what == "activities":
        return [*PERSON, *ACTIVITY, *stamps], ([*row, *stamp] for row in team_rows(of_team(*args)))
    report = wanted.what == "report"
    columns = REPORT if report else STANDING
    found = lines(*args, by_name=report, provenance=report)
    return [heading for heading, _ in columns] + stamps, (
        [*(read(line) for _, read in columns), *stamp] for line in found
    )
