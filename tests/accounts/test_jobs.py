"""Runs of jobs are noted, whatever becomes of them."""

from datetime import datetime, timedelta

import pytest

from accounts.jobs import KEPT_FOR, recorded
from accounts.models import JobRun
from tests.factories.accounts import JOINED

pytestmark = pytest.mark.django_db


def ticking(*minutes: int):
    moments = iter(JOINED + timedelta(minutes=minute) for minute in minutes)
    return lambda: next(moments)


def last() -> JobRun:
    return JobRun.objects.latest("pk")


def test_a_run_tells_when_it_was_and_what_it_did() -> None:
    with recorded("send", ticking(0, 2)) as counts:
        assert (last().outcome, last().ended_at) == ("", None)
        counts["sent"] = 3
    run = last()
    assert (run.job, run.outcome, run.counts) == ("send", "done", {"sent": 3})
    assert run.ended_at - run.started_at == timedelta(minutes=2)


def test_a_failure_is_noted_and_goes_on_its_way() -> None:
    def fails() -> None:
        with recorded("send", ticking(0, 1)) as counts:
            counts["sent"] = 1
            raise KeyError("zone")

    with pytest.raises(KeyError):
        fails()
    assert (last().outcome, last().error, last().counts) == ("failed", "KeyError: 'zone'", {"sent": 1})


def test_a_clock_set_back_meanwhile_does_no_harm() -> None:
    with recorded("send", ticking(0, -60)):
        pass
    assert last().ended_at == last().started_at


def test_old_runs_of_the_job_are_forgotten() -> None:
    old: datetime = JOINED - KEPT_FOR - timedelta(seconds=1)
    for job in ("send", "other"):
        JobRun.objects.create(job=job, started_at=old)
    with recorded("send", ticking(0, 0)):
        pass
    assert list(JobRun.objects.order_by("job").values_list("job", "started_at")) == [("other", old), ("send", JOINED)]
