"""An employer whose own system is told, and that system."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from renewals.models import Webhook
from tests.factories.accounts import UserFactory
from tests.factories.teams import TeamOf, make_team, stand


class Receiver:
    """A small server that keeps what it is sent and answers as told."""

    def __init__(self) -> None:
        self.status, self.headers = 200, {}
        self.got: list[tuple[dict[str, str], str]] = []
        keeper = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                keeper.got.append((dict(self.headers), body))
                self.send_response(keeper.status)
                for name, value in keeper.headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/in?a=1"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def team(db: None, settings: Any, stopped_clock: datetime) -> TeamOf:
    """One needs action, one shares nothing."""
    settings.WEBHOOKS = True
    made = make_team()
    stand(made.joins("Dana Reyes").user, window_opens=date(2027, 1, 1))
    stand(made.joins("Sam Okoro", shares="nothing").user, word="lapsed", ends_on=date(2026, 3, 31))
    return made


@pytest.fixture
def hook(team: TeamOf, receiver: Receiver, stopped_clock: datetime) -> Webhook:
    made: Webhook = Webhook.objects.create(
        employer=team.employer, url=receiver.url, salt="s" * 43, set_by=UserFactory(), set_at=stopped_clock
    )
    return made
