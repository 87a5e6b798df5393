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
def nursery(django_db_setup: None, the_sink: Sink) -> Iterator[Nursery]:
    """Senders on the database of the tests."""
    from django.conf import settings

    parts = urlsplit(settings.DATABASE_URL)
    name = settings.DATABASES["default"]["NAME"]
    nursery = Nursery(urlunsplit(parts._replace(path=f"/{name}")), the_sink)
    yield nursery
    nursery.stop()
