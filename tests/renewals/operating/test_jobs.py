"""When a job ran last, when it is next, whether it is late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from celery.schedules import crontab

from accounts.models import JobRun
from renewals.operating.jobs import Job, jobs

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 1, 13, tzinfo=UTC)  # a Thursday
MINUTE = timedelta(minutes=1)


def ran(job: str, ago: timedelta, outcome: str = "done", **facts: object) -> None:
    started = AT - ago
    ended = None if outcome == "" else started
    JobRun.objects.create(job=job, started_at=started, ended_at=ended, outcome=outcome, **facts)


def one(schedule: object, name: str = "recount-everybody") -> Job:
    return jobs({name: {"task": "renewals.tasks.x", "schedule": schedule}}, AT)[0]


def test_before_anything_ran_nothing_is_late() -> None:
    job = one(60)
    assert (job.label, job.every, job.last, job.next_at, job.late_by, job.failed) == (
        "Nightly recount", "Every minute", None, None, None, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("schedule", "ago", "late"),
    [
        (60, 3 * MINUTE, None),
        (60, 5 * MINUTE, 4 * MINUTE),
        (300, 9 * MINUTE, None),
        (300, 11 * MINUTE, 6 * MINUTE),
        (86400, timedelta(hours=24, minutes=59), None),
        (86400, timedelta(hours=26), timedelta(hours=2)),
        (crontab(minute=0, hour=2), timedelta(hours=11), None),  # ran at 2:00
        (crontab(minute=0, hour=2), timedelta(hours=12), timedelta(hours=11)),  # ran at 1:00, not at 2:00
        (crontab(minute=0, hour=2, day_of_week=0), timedelta(days=2), None),  # Sundays only
    ],
)
def test_a_job_is_late_once_it_should_have_run_for_a_while(
    schedule: object, ago: timedelta, late: timedelta | None
) -> None:
    ran("recount-everybody", ago)
    assert one(schedule).late_by == late


def test_a_job_that_never_ran_is_late_when_others_did() -> None:
    ran("tend-exports", timedelta(days=2))
    job = one(crontab(minute=30, hour="*/6"))
    assert job.next_at == datetime(2026, 9, 29, 18, 30, tzinfo=UTC)
    assert job.late_by is not None


def test_when_it_is_next() -> None:
    ran("recount-everybody", timedelta(hours=11))
    assert one(crontab(minute=0, hour=2)).next_at == datetime(2026, 10, 2, 2, tzinfo=UTC)
    assert one(crontab(minute=0, hour=2, day_of_month=31)).next_at == datetime(2026, 10, 31, 2, tzinfo=UTC)
    assert one(crontab(minute=0, hour=2, month_of_year=3)).next_at == datetime(2027, 3, 1, 2, tzinfo=UTC)
    schedules = (3600, 300, timedelta(hours=3), crontab(minute=5), crontab(minute="*/10"))
    assert [one(every).every for every in schedules] == [
        "Every hour", "Every 5 minutes", "Every 3 hours", "Every hour", "6 times an hour",
    ]  # fmt: skip


def test_the_last_run_tells_how_it_went() -> None:
    ran("recount-everybody", 2 * MINUTE, "failed", error="KeyError: 3")
    ran("recount-everybody", 3 * MINUTE, counts={"taken": 9, "sent": 1112, "made_again": 3, "later": 0})
    assert one(60).failed
    JobRun.objects.filter(outcome="failed").delete()
    assert (one(60).failed, one(60).did) == (False, "1,112 sent, 3 made again")


def test_a_run_without_an_end_died() -> None:
    ran("recount-everybody", 14 * MINUTE, "")
    assert not one(3600).failed
    JobRun.objects.update(started_at=AT - 16 * MINUTE)
    assert one(3600).died
    assert one(3600).failed


def test_troubled_jobs_come_first() -> None:
    ran("a", 1 * MINUTE)
    ran("b", 2 * MINUTE, "failed", error="No")
    ran("c", 60 * MINUTE)
    table = {name: {"task": "t", "schedule": 60} for name in "abc"}
    assert [job.name for job in jobs(table, AT)] == ["c", "b", "a"]
    assert jobs({"make-tea": {"task": "t", "schedule": 60}}, AT)[0].label == "Make tea"
