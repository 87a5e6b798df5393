"""Valkey is stopped: every page that a technician or an employer needs goes on, and what was asked for is not lost.

Nobody listens at the address of the broker. All pages of the access matrix are opened by those who may, then people
log an activity, ask for reminders, an export and a recount, each of which rings a bell that nobody hears. And people
come in: tries are counted all the same.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import kombu.pools
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, User
from activities.models import Activity
from cpdtracker.celery import app
from renewals import tasks
from renewals.exports import making
from renewals.models import ExportRun, Reminder
from tests import access_world
from tests.access_matrix import ROWS
from tests.access_rows import COORDINATOR, OWNER, SITE, TECHNICIAN
from tests.access_world import World
from tests.cpdtracker.test_public import ALL
from tests.factories.packs import AT
from tests.renewals.pages import said

NOBODY_THERE = "redis://127.0.0.1:1/0"
PATIENCE = 20.0  # seconds a page may take; the machine of a test may be busy


@pytest.fixture
def broker_away(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    settings.CLOCK_AT, settings.MEDIA_ROOT = AT, tmp_path
    settings.REDIS_URL = NOBODY_THERE
    monkeypatch.setattr(app.conf, "broker_url", NOBODY_THERE)
    kombu.pools.reset()
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    yield
    kombu.pools.reset()


@pytest.fixture
def world(db: None, broker_away: None) -> World:
    return access_world.build()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_page_and_what_people_do(world: World) -> None:
    _bells_are_not_heard()
    slow, wrong = _walk(world)
    assert wrong == []
    assert slow == []
    for doing in (_log, _remind, _export, _recount):
        began = time.monotonic()
        doing(world)
        assert time.monotonic() - began < PATIENCE, doing.__name__


def test_people_come_in_and_tries_are_counted(db: None, broker_away: None, client: Client) -> None:
    _bells_are_not_heard()
    began = time.monotonic()
    new = {"name": "Dana Reyes", "email": "dana@example.org", "password1": "correct horse battery staple"}
    assert client.post("/signup/", new)["Location"] == "/account/email/sent/"
    link = re.search(r"http://localhost:8000(/account/email/confirm/\S+)", mail.outbox[-1].body)
    assert link
    client.post(link[1])
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)
    client.post("/signout/")
    assert client.post("/account/password/reset/", {"email": new["email"]}).status_code == 302
    assert mail.outbox[-1].subject == "Set a new CPD Points password"
    credentials = {"login": new["email"], "password": new["password1"]}
    assert client.post("/signin/", credentials).status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)
    assert time.monotonic() - began < PATIENCE
    for _ in range(5):
        assert "is not right" in said(Client().post("/signin/", credentials | {"password": "wrong"}))
    assert "Too many tries" in said(Client().post("/signin/", credentials))


def _bells_are_not_heard() -> None:
    """The control: the broker is really away."""
    with pytest.raises(Exception, match="Connection refused"):
        tasks.recount_everybody.delay()


def _walk(world: World) -> tuple[list[str], list[str]]:
    slow, wrong = [], []
    for identity in (TECHNICIAN, COORDINATOR, OWNER, SITE):
        client = signed_in(world.people[identity])
        for name, _ in ALL:
            row = ROWS.get(name)
            if row is None or identity not in row.who:
                continue
            began = time.monotonic()
            answer = client.get(reverse(name, kwargs={part: world.here[one] for part, one in row.names.items()}))
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if answer.status_code >= 500 or not (body or answer.status_code in (204, 302, 405)):
                wrong.append(f"{name} by {identity}: {answer.status_code}")
            if time.monotonic() - began > PATIENCE:
                slow.append(f"{name} by {identity}: {time.monotonic() - began:.1f} s")
    return slow, wrong


def _log(world: World) -> None:
    dana = world.people[TECHNICIAN]
    facts = {
        "nonce": str(uuid4()), "group": "class", "title": "While the broker was away", "hours": "1",
        "when": "2026-10-01", "certs": str(world.here["held"]),
    }  # fmt: skip
    answer = signed_in(dana).post(reverse("activities:log"), facts, follow=True)
    assert answer.status_code == 200, said(answer)
    assert Activity.objects.filter(user=dana, title="While the broker was away").count() == 1


def _remind(world: World) -> None:
    person = Membership.objects.get(pk=world.here["membership"])
    answer = signed_in(world.people[COORDINATOR]).post(reverse("team:remind"), {"person": str(person.pk)}, follow=True)
    assert "on its way" in said(answer)
    assert Reminder.objects.filter(user=person.user, stage__startswith="asked-").count() == 1


def _export(world: World) -> None:
    """Too large for a page: the row waits, and the sweep finds it."""
    making.SMALL["csv"], kept = 0, making.SMALL["csv"]
    try:
        asked = {"what": "standing", "format": "csv", "on": "2026-10-01"}
        answer = signed_in(world.people[COORDINATOR]).post(reverse("team:exports"), asked, follow=True)
    finally:
        making.SMALL["csv"] = kept
    assert "is being made" in said(answer)
    run = ExportRun.objects.waiting().get()
    assert making.lost(AT + making._LOST_AFTER * 2) == [run]


def _recount(world: World) -> None:
    answer = signed_in(world.people[COORDINATOR]).post(reverse("team:recount"), follow=True)
    assert "The recount did not start. Try again in a minute." in said(answer)
