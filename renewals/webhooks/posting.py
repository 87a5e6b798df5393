"""Posting to an address that a stranger typed: https only, never into a private network, never following anywhere.

The name is resolved once, every address it has is checked, and the connection goes to one of the checked ones: a name
that changes between look and use gains nothing. On this machine alone, plain http to itself is allowed for trying out.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

_MOST_SECONDS = 10.0
_WORLD = ipaddress.ip_network("2000::/3")
# Addresses that carry another address inside.
_TUNNELS = [ipaddress.ip_network(one) for one in ("2001::/32", "2002::/16", "64:ff9b::/96")]


class Refused(ValueError):
    """An address that we do not post to."""


@dataclass(frozen=True)
class Answer:
    """What became of a post. `taken` only for a status from 200 to 299; `for_good` where trying again is pointless."""

    taken: bool
    said: str
    for_good: bool = False


def post(url: str, body: str, headers: dict[str, str]) -> Answer:
    """Post once, within ten seconds, whatever the other side does."""
    try:
        parts = checked(url)
        place = _resolved(parts)
    except Refused as refused:
        return Answer(False, str(refused), for_good=True)
    except OSError as error:
        return Answer(False, f"The name was not found: {error}")
    try:
        with closing(_Pinned(parts, place)) as link:
            # A server that dribbles byte by byte keeps every single timeout; this ends it.
            guard = Timer(_MOST_SECONDS, link.cut)
            guard.start()
            try:
                target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
                link.request("POST", target, body.encode(), {**headers, "Content-Type": "application/json"})
                status = link.getresponse().status
            finally:
                guard.cancel()
    except (OSError, HTTPException, ValueError) as error:
        return Answer(False, f"{type(error).__name__}: {error}"[:200])
    if 300 <= status < 400:
        return Answer(False, f"It answered {status}. We do not follow: give the final address.", for_good=True)
    return Answer(200 <= status < 300, f"It answered {status}.", for_good=status == 410)


def checked(url: str) -> SplitResult:
    """The parts of an address that we may post to. Refused for all others, in a sentence."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise Refused("This is not a web address.") from None
    if parts.scheme == "http" and settings.SITE_IS_LOCAL:
        return parts
    if parts.scheme != "https":
        raise Refused("Only addresses that start with https:// are used.")
    if not host or parts.username is not None or parts.password is not None or parts.fragment:
        raise Refused("The address needs a host name, and neither a name nor a password before it.")
    if port not in (None, 443) and not settings.SITE_IS_LOCAL:
        raise Refused("Only the usual port of https is used.")
    return parts


def _resolved(parts: SplitResult) -> tuple[str, int]:
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = [
        str(info[4][0]) for info in socket.getaddrinfo(parts.hostname or "", port, type=socket.SOCK_STREAM)
    ]  # fmt: skip
    if not found or not all(_outside(one) for one in found):
        raise Refused("This address leads into a private network.")
    return found[0], port


def _outside(address: str) -> bool:
    """Whether it lies on the public internet; on a machine for trying out also itself."""
    one = ipaddress.ip_address(address.partition("%")[0])
    if settings.SITE_IS_LOCAL and one.is_loopback:
        return True
    if isinstance(one, ipaddress.IPv6Address):
        return one in _WORLD and one.is_global and not any(one in tunnel for tunnel in _TUNNELS)
    return one.is_global and not one.is_multicast


class _Pinned(HTTPConnection):
    """A connection to one checked address, which still asks for the host by its name."""

    def __init__(self, parts: SplitResult, place: tuple[str, int]) -> None:
        super().__init__(parts.hostname or "", place[1], timeout=_MOST_SECONDS / 2)
        self._place, self._secure = place, parts.scheme == "https"

    def connect(self) -> None:
        self.sock = socket.create_connection(self._place, self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End it from outside, whatever it waits for."""
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)
