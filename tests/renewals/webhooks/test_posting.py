"""No address that somebody types leads into a private network."""

from __future__ import annotations

import socket
from typing import Any
from unittest.mock import patch

import pytest

from renewals.webhooks import posting
from renewals.webhooks.posting import post

PRIVATE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3", "224.0.0.1",
    "::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1",
)  # fmt: skip


@pytest.fixture(autouse=True)
def for_everybody(settings: Any) -> None:
    settings.SITE_IS_LOCAL = False


def named(*addresses: str) -> Any:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]
    return patch.object(posting.socket, "getaddrinfo", return_value=found)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://example.org/", "https://"), ("ftp://example.org/", "https://"), ("https:///x", "host name"),
        ("https://user:pw@example.org/", "host name"), ("https://example.org:8443/", "usual port"),
        ("https://example.org:99999/", "not a web address"), ("https://[::1/", "not a web address"),
    ],
)  # fmt: skip
def test_addresses_that_are_not_used(url: str, why: str) -> None:
    answer = post(url, "{}", {})
    assert (answer.taken, answer.for_good) == (False, True)
    assert why in answer.said


def test_private_addresses_are_refused_whatever_their_name() -> None:
    with patch.object(posting.socket, "create_connection", side_effect=AssertionError("connected")):
        for address in PRIVATE:
            with named(address):
                answer = post("https://hooks.example.org/", "{}", {})
            assert "private network" in answer.said, address
        with named("93.184.215.14", "10.0.0.1"):
            assert "private network" in post("https://hooks.example.org/", "{}", {}).said


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    with named("93.184.215.14"), patch.object(posting.socket, "create_connection", side_effect=OSError("away")) as made:
        answer = post("https://hooks.example.org/", "{}", {})
    assert made.call_args.args[0] == ("93.184.215.14", 443)
    assert (answer.taken, answer.for_good, answer.said) == (False, False, "OSError: away")


def test_a_name_that_is_not_found_may_come_back() -> None:
    with patch.object(posting.socket, "getaddrinfo", side_effect=socket.gaierror("no such name")):
        assert not post("https://hooks.example.org/", "{}", {}).for_good


def test_who_never_answers_is_cut_off(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SITE_IS_LOCAL = True
    monkeypatch.setattr(posting, "_MOST_SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        answer = post(f"http://127.0.0.1:{silent.getsockname()[1]}/", "{}", {})
    assert not answer.taken
