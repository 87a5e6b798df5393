"""Which port the demo takes."""

import socket
from collections.abc import Iterator

import pytest

from cpdtracker.demo import ports
from cpdtracker.servers import ServerError


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_port_that_was_asked_for_and_is_taken_is_said_in_one_sentence(taken: int) -> None:
    with pytest.raises(ServerError, match=rf"^Port {taken} is in use or not ours to use: give another one, like PORT="):
        ports.choose_port(str(taken))


def test_without_a_wish_the_next_free_port_is_taken(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "FIRST", taken)
    monkeypatch.setattr(ports, "LAST", taken + 50)
    assert taken < ports.choose_port("") <= taken + 50


def test_when_all_are_taken_that_is_said(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "FIRST", taken)
    monkeypatch.setattr(ports, "LAST", taken)
    with pytest.raises(ServerError, match="No port from"):
        ports.choose_port("")


@pytest.mark.parametrize("wish", ["0", "65536", "http", "-1", "\uff18\uff10\uff10\uff10"])
def test_what_is_no_port_is_refused(wish: str) -> None:
    with pytest.raises(ServerError, match="is not a port"):
        ports.choose_port(wish)
