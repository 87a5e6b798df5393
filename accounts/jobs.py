"""What each scheduled job did, on a page: a row when it starts, its outcome when it ends.

Each is a short transaction of its own, so that a job whose process dies stays in the table without an end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog

from accounts.models import JobRun

KEPT_FOR = timedelta(days=14)
_ERROR = 500

log = structlog.get_logger(__name__)


@contextmanager
def recorded(job: str, clock: Callable[[], datetime]) -> Iterator[dict[str, int]]:
    """Note a run of `job`, named as in the timetable. The body fills in what it did: `counts["sent"] = 3`.

    An exception is noted and goes on its way. `clock` is asked twice: when the run starts and when it ends.
    """
    started = clock()
    run = JobRun.objects.create(job=job, started_at=started)
    JobRun.objects.filter(job=job, started_at__lt=started - KEPT_FOR).delete()
    counts: dict[str, int] = {}
    try:
        yield counts
    except BaseException as error:
        reason = f"{type(error).__name__}: {error}"[:_ERROR]
        log.exception("job_failed", job=job)
        _end(run, clock(), JobRun.Outcome.FAILED, counts, reason)
        raise
    _end(run, clock(), JobRun.Outcome.DONE, counts)


def _end(run: JobRun, at: datetime, outcome: JobRun.Outcome, counts: dict[str, int], error: str = "") -> None:
    run.ended_at = max(at, run.started_at)  # a clock may be set back while a job runs
    run.outcome, run.counts, run.error = outcome, counts, error
    run.save(update_fields=["ended_at", "outcome", "counts", "error"])
