"""The health check of the web container."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from cpdtracker import probe


class Web(BaseHTTPRequestHandler):
    status = 200
    asked: list[tuple[str, str]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Host"]))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Web]]:
    server = HTTPServer(("127.0.0.1", 0), Web)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("PROBE_PORT", str(server.server_port))
    monkeypatch.setenv("SITE_URL", "https://cpd.example.org")
    Web.asked = []
    yield Web
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(("status", "exit_code"), [(200, 0), (503, 1), (400, 1)])
def test_ready_or_not(web: type[Web], status: int, exit_code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Web, "status", status)
    assert probe.main() == exit_code
    assert web.asked == [("/readyz", "cpd.example.org")]


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROBE_PORT", "1")
    assert probe.main() == 1
