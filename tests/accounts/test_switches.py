"""Sending is held when somebody says so, and in every restored copy of the database."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from accounts import clock, tasks
from accounts.actions.operations import hold_sending, release_sending, settle
from accounts.models import AuditEvent, JobRun, SiteSwitch, User
from accounts.switches import RESTORED, sending_held
from tests.factories.accounts import JOINED, UserFactory

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def test_nothing_is_held_on_a_new_site_nor_once_it_has_settled() -> None:
    assert sending_held() is None
    settle(at=JOINED)
    assert sending_held() is None


def test_somebody_holds_and_releases(stranger: User) -> None:
    hold_sending(reason="The mail server moves", by=stranger, at=JOINED)
    hold_sending(reason="Again", by=None, at=JOINED)
    hold = sending_held()
    assert hold is not None
    assert (hold.reason, hold.since, hold.by) == ("The mail server moves", JOINED, stranger)
    release_sending(by=stranger, at=JOINED)
    release_sending(by=stranger, at=JOINED)
    assert sending_held() is None
    assert verbs() == ["sending held", "sending released"]


def test_a_restored_copy_is_held_until_somebody_says_it_is_the_site_now(stranger: User) -> None:
    settle(at=JOINED)
    SiteSwitch.objects.update(home="7306021144:16384:16385")  # as a backup of another database brings along
    settle(at=JOINED)
    hold = sending_held()
    assert hold is not None
    assert (hold.reason, hold.since, hold.by) == (RESTORED, None, None)
    release_sending(by=stranger, at=JOINED)
    assert sending_held() is None
    assert AuditEvent.objects.get().data == {"before": {"reason": RESTORED}}


def test_the_command_after_a_restore_holds_at_once() -> None:
    call_command("after_restore")
    hold = sending_held()
    assert hold is not None
    assert hold.reason == RESTORED


def test_the_hourly_job_settles_and_forgets_sessions_that_ran_out() -> None:
    for key, hours in (("over", -1), ("runs", 1)):
        Session.objects.create(session_key=key, expire_date=clock.now() + timedelta(hours=hours))
    tasks.keep_house()
    assert SiteSwitch.objects.get().home.count(":") == 2
    assert [one.session_key for one in Session.objects.all()] == ["runs"]
    run = JobRun.objects.get()
    assert (run.outcome, run.counts) == ("done", {"sessions_forgotten": 1})


def test_a_site_admin_is_appointed_and_dismissed_on_the_server(technician: User) -> None:
    UserFactory(is_site_admin=True)  # who stays: a site needs one
    call_command("site_admin", "DANA@example.org")
    technician.refresh_from_db()
    assert technician.is_site_admin
    call_command("site_admin", "dana@example.org", "--remove")
    call_command("site_admin", "dana@example.org", "--remove")
    technician.refresh_from_db()
    assert not technician.is_site_admin
    assert verbs() == ["site admin appointed", "site admin dismissed"]
    with pytest.raises(CommandError, match=r"Nobody signs in with nobody@example\.org"):
        call_command("site_admin", "nobody@example.org")
