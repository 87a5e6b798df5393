"""The jobs of the timetable: when each ran last, how it went, when it is next, and whether it is late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import product
from typing import Any

from celery.schedules import crontab
from django.db.models import Min

from accounts.models import JobRun

LABELS = {
    "recount-everybody": "Nightly recount",
    "plan-reminders": "Planning of reminders",
    "send-reminders": "Sending of reminders",
    "plan-webhooks": "Planning of webhook messages",
    "send-webhooks": "Sending of webhook messages",
    "sweep-evidence": "Evidence checks",
    "tend-exports": "Exports",
    "tend-imports": "Imports",
    "tend-rules": "Rule changes",
    "keep-house": "Housekeeping",
}
_LEAST_SLACK, _MOST_SLACK = timedelta(minutes=3), timedelta(hours=1)
# Longer than the hard limit of any task: what has not ended by then never will.
_DIED_AFTER = timedelta(minutes=15)
_YEARS_OF_DAYS = 4 * 366


# What a job counts, in words; "" is for the job alone.
_WORDS = {
    "later": "to be tried again", "away": "kept back as the mail server is away", "unknown": "uncertain", "lost": "",
    "taken": "", "dropped": "no longer needed", "poisoned": "could not be made", "mails": "",
}  # fmt: skip


def did(counts: Mapping[str, int]) -> str:
    """What a run did, without what there was none of: "112 sent, 3 refused"."""
    told = [(number, _WORDS.get(what, what.replace("_", " "))) for what, number in counts.items()]
    return ", ".join(f"{number:,} {words}" for number, words in told if number and words)


@dataclass(frozen=True)
class Job:
    """One line of the timetable. `next_at` is None where no job of this site ever ran."""

    name: str
    task: str
    every: str
    last: JobRun | None
    next_at: datetime | None
    late_by: timedelta | None
    died: bool  # started and never ended

    @property
    def label(self) -> str:
        return LABELS.get(self.name) or self.name.replace("-", " ").capitalize()

    @property
    def failed(self) -> bool:
        return self.died or (self.last is not None and self.last.outcome == JobRun.Outcome.FAILED)

    @property
    def did(self) -> str:
        """What the last run did: "112 sent, 3 refused"."""
        return did(self.last.counts) if self.last else ""


def jobs(timetable: Mapping[str, Mapping[str, Any]], at: datetime) -> list[Job]:
    """Every job of the timetable, the troubled ones first, then in its order."""
    newest = JobRun.objects.filter(job__in=timetable).order_by("job", "-started_at", "-pk").distinct("job")
    last = {run.job: run for run in newest}
    # A job that never ran is measured from the first sign of life of any: the site is that old at least.
    begun = JobRun.objects.aggregate(first=Min("started_at"))["first"]
    found = [_job(name, entry, last.get(name), begun, at) for name, entry in timetable.items()]
    return sorted(found, key=lambda job: (job.late_by is None, not job.failed))


def _job(name: str, entry: Mapping[str, Any], last: JobRun | None, begun: datetime | None, at: datetime) -> Job:
    schedule, since = entry["schedule"], last.started_at if last else begun
    next_at = _next(schedule, since) if since else None
    late = at - next_at if next_at else None
    died = last is not None and last.ended_at is None and at - last.started_at > _DIED_AFTER
    return Job(
        name, str(entry["task"]), _every(schedule), last, next_at,
        late if late and late > _slack(schedule) else None, died,
    )  # fmt: skip


def _next(schedule: Any, since: datetime) -> datetime:
    if not isinstance(schedule, crontab):
        return since + _interval(schedule)
    start = since.astimezone(UTC)
    for ahead in range(_YEARS_OF_DAYS):
        day = start.date() + timedelta(days=ahead)
        # Monday is 1 and Sunday 0 in a crontab.
        if day.isoweekday() % 7 not in schedule.day_of_week or day.day not in schedule.day_of_month:
            continue
        if day.month not in schedule.month_of_year:
            continue
        for hour, minute in product(sorted(schedule.hour), sorted(schedule.minute)):
            moment = datetime.combine(day, time(hour, minute, tzinfo=UTC))
            if moment > start:
                return moment
    return start + timedelta(days=_YEARS_OF_DAYS)


def _interval(schedule: Any) -> timedelta:
    return schedule if isinstance(schedule, timedelta) else timedelta(seconds=schedule)


def _slack(schedule: Any) -> timedelta:
    """How late is late: as long again as a job rests, at least some minutes, at most an hour."""
    if isinstance(schedule, crontab):
        return _MOST_SLACK
    return min(max(_interval(schedule), _LEAST_SLACK), _MOST_SLACK)


def _every(schedule: Any) -> str:
    if isinstance(schedule, crontab):
        hours, minutes = sorted(schedule.hour), sorted(schedule.minute)
        if len(hours) == len(minutes) == 1:
            return f"Every day at {hours[0]:02}:{minutes[0]:02} UTC"
        return "Every hour" if len(minutes) == 1 else f"{len(minutes)} times an hour"
    seconds = int(_interval(schedule).total_seconds())
    number, unit = (seconds // 3600, "hour") if seconds % 3600 == 0 else (max(1, seconds // 60), "minute")
    return f"Every {unit}" if number == 1 else f"Every {number} {unit}s"
