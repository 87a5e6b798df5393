"""The certification report as a PDF that assistive technology can read: for a bid, or for an auditor."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from accounts import typesetting
from accounts.models import Employer
from certifications.rules.dates import written

from ..teams.filters import Filters
from .standing import Line, lines, not_shared

TEMPLATE = Path(__file__).with_name("report.typ")
HEADINGS = [
    "Person", "Certification", "Number", "Current to", "Standing", "Rules version", "Counted at", "Provenance"
]  # fmt: skip
MOST_LINES = 2_000  # typesetting takes 0.5 s and 400 MB for so many
FINAL = "We count by the published rules. The certifying body's decision is final."


def told(employer: Employer, today: date, on: date, filters: Filters, *, at: datetime) -> dict[str, Any]:
    """Everything the report says, page and PDF alike."""
    found = list(lines(employer, today, on, filters, by_name=True, provenance=True))
    people = len({line.standing.user_id for line in found})
    hidden = not_shared(employer, today, on, filters)
    zone = ZoneInfo(employer.time_zone)
    return {
        "title": f"Certification report: {employer.name}",
        "as_of": f"As of {written(on)}",
        "summary": f"{_number(people, 'person', 'people')}, {_number(len(found), 'certification', 'certifications')}, "
        f"as of {written(on)}.",
        "notes": [
            f"Read from the record on {_moment(at, zone)}.",
            "Each line is what the person entered and shares; confirmations are this employer's.",
            *(
                [f"Not in this report: {_number(hidden, 'person who shares', 'people who share')} nothing."]
                if hidden
                else []
            ),
        ],
        "footer": FINAL,
        "headings": HEADINGS,
        "rows": [_cells(line, zone) for line in found],
    }


def write_report(file: IO[bytes], employer: Employer, today: date, on: date, filters: Filters, *, at: datetime) -> int:
    """Typeset the report and return how many lines it has."""
    content = told(employer, today, on, filters, at=at)
    file.write(typeset(content, at=at))
    return len(content["rows"])


def typeset(content: dict[str, Any], *, at: datetime) -> bytes:
    """The report as a PDF."""
    return typesetting.typeset(TEMPLATE, content, at=at)


def _cells(line: Line, zone: ZoneInfo) -> list[str]:
    name = f"{line.certification}, {line.level}" if line.level else line.certification
    return [
        line.person, name, line.number, line.current_to, line.told.label, line.rules_version,
        _moment(line.counted_at, zone), line.provenance,
    ]  # fmt: skip


def _moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{written(local.date())}, {local:%H:%M} {local:%Z}"


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
