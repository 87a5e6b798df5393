"""Log lines: one JSON object each, a request id, nothing about a person."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the product writes to its log."""
    handler = next(each for each in logging.getLogger().handlers if each.name == "stderr")
    assert isinstance(handler, logging.StreamHandler)
    usual = handler.setStream(buffer := io.StringIO())
    yield buffer
    handler.setStream(usual)


def last(log: io.StringIO) -> dict:
    return json.loads(log.getvalue().splitlines()[-1])


def test_a_line_has_the_route_the_status_and_the_number_of_the_answer(client: Client, log: io.StringIO) -> None:
    answer = client.get("/account/email/confirm/secret-token/", {"q": "dana@example.org"})
    assert last(log)["request"] == "GET /account/email/confirm/<str:key>/"
    assert last(log)["code"] == answer.status_code
    assert last(log)["request_id"] == answer["X-Request-ID"]
    assert "secret-token" not in log.getvalue()
    assert "dana" not in log.getvalue()


def test_a_person_is_a_number(client: Client, log: io.StringIO) -> None:
    dana = UserFactory(name="Dana Canary", email="canary@example.org")
    client.force_login(dana)
    client.get("/account/email/")
    assert last(log)["user_id"] == dana.pk
    assert "canary" not in log.getvalue().lower()


def test_a_failure_is_one_line_with_its_trace(
    client: Client, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken inside")

    monkeypatch.setattr("allauth.account.views.LoginView.get", fail)
    client.raise_request_exception = False
    client.get("/signin/")
    assert last(log)["event"] == "request_failed"
    assert last(log)["level"] == "error"
    assert "broken inside" in last(log)["exception"]


def test_an_address_in_the_words_of_others_is_taken_out(log: io.StringIO) -> None:
    UserFactory(email="canary@example.org")
    try:
        with transaction.atomic():
            UserFactory(email="canary@example.org")
    except IntegrityError:
        logging.getLogger("elsewhere").exception("refused for %s", "<canary@example.org>")
    assert "canary" not in log.getvalue().replace("email", "")
    assert last(log)["event"] == "refused for <(address)>"
    assert "already exists" in last(log)["exception"]
