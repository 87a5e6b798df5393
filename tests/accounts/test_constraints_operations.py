"""What the database refuses about switches and runs of jobs, past the ORM."""

import pytest

from accounts.actions.operations import settle
from accounts.models import JobRun, SiteSwitch
from tests.factories.accounts import JOINED
from tests.guards import accepted, copy, refused, update

pytestmark = pytest.mark.django_db
SWITCHES, RUNS = "accounts_siteswitch", "accounts_jobrun"


def test_a_switch_is_there_once_and_on_for_a_reason() -> None:
    settle(at=JOINED)
    switch = SiteSwitch.objects.get()
    refused("switch_once", copy(SWITCHES, switch.pk))
    refused("switch_on_for_a_reason", update(SWITCHES, switch.pk, is_on=True))
    accepted(update(SWITCHES, switch.pk, is_on=True, reason="Moving house"))


def test_a_run_ends_with_an_outcome_and_a_failed_one_says_why() -> None:
    run = JobRun.objects.create(job="tend-exports", started_at=JOINED)
    for changes in ({"ended_at": JOINED}, {"outcome": "done"}, {"outcome": "odd", "ended_at": JOINED}):
        refused("job_run_ends_with_an_outcome", update(RUNS, run.pk, **changes))
    refused("job_run_failed_says_why", update(RUNS, run.pk, outcome="failed", ended_at=JOINED))
    accepted(update(RUNS, run.pk, outcome="failed", ended_at=JOINED, error="KeyError: 3"))
