"""Is anything stuck? The page answers, also while the broker is away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from django.test import Client
from django.urls import reverse
from kombu.exceptions import OperationalError

from accounts import tasks
from accounts.models import AuditEvent, JobRun, User
from accounts.switches import sending_held
from tests.factories.renewals import ReminderFactory
from tests.renewals.pages import hooked, queries_of, said

PAGE, SENDING = "/manage/", "/manage/sending/"


def test_only_site_admins_know_of_these_pages(client: Client, technician: User) -> None:
    client.force_login(technician)
    assert "Manage" not in client.get("/me/", follow=True).content.decode()
    for page in (PAGE, SENDING, "/manage/mail/", "/manage/audit/", "/manage/jobs/keep-house/"):
        assert client.get(page).status_code == 404


def test_away_from_a_test_machine_a_password_is_not_enough(client: Client, admin: User, settings: Any) -> None:
    settings.SITE_IS_LOCAL = False
    answer = client.get(PAGE)
    assert answer.status_code == 403
    assert "Set up two-step sign-in first" in said(answer)
    with patch("renewals.views.manage.gate.is_mfa_enabled", return_value=True):
        assert client.get(PAGE).status_code == 200


def test_a_new_site_has_run_nothing_and_says_so(client: Client, admin: User) -> None:
    page = client.get(PAGE)
    assert "Audit log No job has run yet" in said(page)
    assert hooked(page, "failed") == hooked(page, "uncertain") == hooked(page, "waiting") == ["0"]
    assert hooked(page, "queue") == ["0"]


def test_what_is_late_and_what_failed(client: Client, admin: User, stopped_clock: datetime) -> None:
    for job, ago in (("tend-exports", 400), ("sweep-evidence", 30)):
        started = stopped_clock - timedelta(minutes=ago)
        JobRun.objects.create(job=job, started_at=started, ended_at=started, outcome="done", counts={"removed": 2})
    JobRun.objects.create(
        job="tend-imports", started_at=stopped_clock, ended_at=stopped_clock, outcome="failed", error="KeyError: 3"
    )
    page = said(client.get(PAGE))
    assert "exports" in page.split("Looked at")[0]
    assert "Exports Late by 6 hours" in page
    assert "Imports Failed" in page
    assert "KeyError: 3" in page
    assert "Last run 1 Oct 2026, 08:30: 2 removed. Every hour, next 1 Oct 2026, 09:30." in page


def test_as_many_questions_for_many_mails(client: Client, admin: User) -> None:
    ReminderFactory(state="failed", error="550 unknown")
    first = queries_of(lambda: client.get(PAGE))
    for _ in range(5):
        ReminderFactory(state="failed", error="550 unknown")
    assert queries_of(lambda: client.get(PAGE)) == first <= 12
    assert hooked(client.get(PAGE), "failed") == ["6"]


def test_a_broker_that_is_away_is_told(client: Client, admin: User, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    page = client.get(PAGE)
    assert "The broker does not answer Looked at" in said(page)
    assert hooked(page, "queue") == ["unknown"]


def test_a_job_is_rung_for(client: Client, admin: User) -> None:
    with patch.object(tasks.keep_house, "delay") as rung:
        answer = client.post(reverse("manage:run", args=["keep-house"]), follow=True)
    rung.assert_called_once_with()
    assert "Housekeeping is asked for." in said(answer)
    with patch.object(tasks.keep_house, "delay", side_effect=OperationalError):
        answer = client.post(reverse("manage:run", args=["keep-house"]), follow=True)
    assert "Housekeeping was not started: the broker does not answer." in said(answer)
    assert client.post("/manage/jobs/no-such-job/run/").status_code == 404
    assert client.get(reverse("manage:run", args=["keep-house"])).status_code == 405


def test_the_runs_of_a_job(client: Client, admin: User, stopped_clock: datetime) -> None:
    assert "This job has not run yet." in said(client.get("/manage/jobs/keep-house/"))
    JobRun.objects.create(job="keep-house", started_at=stopped_clock)
    assert "1 Oct 2026, 09:00: no end noted" in said(client.get("/manage/jobs/keep-house/"))


def test_sending_is_held_and_goes_on(client: Client, admin: User) -> None:
    assert client.post(SENDING, {"reason": " \u200b"}).status_code == 422
    assert sending_held() is None
    answer = client.post(SENDING, {"reason": "The mail server moves"}, follow=True)
    assert "Sending is held Looked at" in said(answer)
    assert "The mail server moves. Held since 1 Oct 2026, 09:00 by Ari Lund." in said(answer)
    assert "Let sending go on" in said(client.get(SENDING))
    assert "Sending goes on." in said(client.post(SENDING, {"release": "1"}, follow=True))
    assert sending_held() is None
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", "actor__name")) == [
        ("sending held", "Ari Lund"), ("sending released", "Ari Lund"),
    ]  # fmt: skip
