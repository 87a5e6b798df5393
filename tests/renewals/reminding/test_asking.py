"""Asking the mail server's log: only a plain yes or no counts."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from renewals.reminding import asking


class Log(HTTPServer):
    """Answers each question with the status it is told; a page it leads to answers 200."""

    status = 200

    def __init__(self) -> None:
        self.asked: list[str] = []
        log = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                log.asked.append(self.path)
                self.send_response(200 if self.path == "/signin" else log.status)
                if log.status == 302:
                    self.send_header("Location", "/signin")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Quiet."""

        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture
def log(settings: Any) -> Iterator[Log]:
    server = Log()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.MAIL_LOG_URL = f"http://127.0.0.1:{server.server_port}/taken?id={{id}}"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("status", "said"), [(200, True), (204, None), (404, False), (500, None), (302, None)])
def test_only_a_plain_answer_counts(log: Log, status: int, said: bool | None) -> None:
    log.status = status
    assert asking.was_taken("<a&b@example.org>") is said
    assert log.asked == ["/taken?id=%3Ca%26b%40example.org%3E"]


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:1/{id}"])
def test_without_a_log_that_answers_nothing_is_known(settings: Any, address: str) -> None:
    settings.MAIL_LOG_URL = address
    assert asking.was_taken("<a@example.org>") is None
