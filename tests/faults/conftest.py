"""A sink and a nursery for all fault tests of a run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.faults.nursery import plain
from tests.faults.stack import Nursery, Sink


@pytest.fixture(scope="session")
def the_sink() -> Iterator[Sink]:
    sink = Sink()
    yield sink
    sink.stop()


@pytest.fixture
def sink(the_sink: Sink, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Sink:
    """The mail server of this process too, which can be asked what it took. Mails say nothing much."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", the_sink.port
    settings.MAIL_LOG_URL = the_sink.log_url
    monkeypatch.setattr("renewals.reminding.mails.compose", plain)
    the_sink.say()
    return the_sink


@pytest.fixture(scope="session")
def database_url(django_db_setup: None) -> str:
    """The database of the tests, for processes of their own."""
    from django.conf import settings

    name = settings.DATABASES["default"]["NAME"]
    return urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}"))


@pytest.fixture(scope="session")
def nursery(database_url: str, the_sink: Sink) -> Iterator[Nursery]:
    """Senders on the database of the tests."""
    nursery = Nursery(database_url, the_sink)
    yield nursery
    nursery.stop()
