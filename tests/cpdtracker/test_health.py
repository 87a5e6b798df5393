"""What the machine that watches us sees."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from accounts.actions.operations import hold_sending
from accounts.models import JobRun
from tests.factories.renewals import ReminderFactory

pytestmark = pytest.mark.django_db
WELL = {"database": "ok", "broker": "ok", "migrations": "ok", "jobs": "ok", "mail": "ok"}
UNKNOWN = {"jobs": "unknown", "mail": "unknown"}


def test_healthz_is_ok_without_asking_anything(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_readyz_names_every_part(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.json() == WELL
    assert answer.status_code == 200


def test_readyz_says_what_is_late_and_stays_ready(client: Client) -> None:
    old = timezone.now() - timedelta(hours=5)
    JobRun.objects.create(job="tend-exports", started_at=old, ended_at=old, outcome="failed", error="KeyError: 3")
    reminder = ReminderFactory(due_on=(old - timedelta(days=2)).date())
    answer = client.get("/readyz")
    assert answer.json() == WELL | {"jobs": "late", "mail": "late"}
    assert answer.status_code == 200
    JobRun.objects.update(started_at=timezone.now(), ended_at=timezone.now())
    reminder.delete()
    assert client.get("/readyz").json() == WELL | {"jobs": "failed"}
    hold_sending(reason="Moving", by=None, at=old)
    assert client.get("/readyz").json()["mail"] == "held"


def test_readyz_says_when_the_database_is_away(client: Client) -> None:
    with patch.object(connection, "cursor", side_effect=OperationalError("away, at db.example.org")):
        answer = client.get("/readyz")
    assert answer.json() == {"database": "failed", "broker": "ok", "migrations": "failed"} | UNKNOWN
    assert answer.status_code == 503
    assert "example.org" not in answer.content.decode()


def test_readyz_says_when_the_broker_is_away(client: Client, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/readyz")
    assert answer.json() == WELL | {"broker": "failed"}
    assert answer.status_code == 200  # pages work without it


def test_readyz_says_when_a_migration_is_missing(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'renewals' AND name LIKE '0001%'")
    answer = client.get("/readyz")
    assert answer.json() == {"database": "ok", "broker": "ok", "migrations": "failed"} | UNKNOWN
    assert answer.status_code == 503


def test_healthz_answers_while_everything_else_is_away(client: Client) -> None:
    client.cookies["sessionid"] = "somebody"
    with patch.object(connection, "cursor", side_effect=OperationalError("away")):
        assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_they_cannot_be_posted_to(path: str, client: Client) -> None:
    assert client.post(path).status_code == 405
