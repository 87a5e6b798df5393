"""Handing one mail to the mail server, so that afterwards it is known what is known.

Up to the dot that ends a mail the server has certainly not taken it; after its answer the answer counts. In between
nobody can say (RFC 1047): that is the one outcome called unknown. The mark in the row is set right before DATA, so
that a process that ends here leaves behind how far it came.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parseaddr
from enum import Enum
from smtplib import SMTP, SMTPException
from threading import Timer
from types import TracebackType

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from . import faults

MOST_SECONDS = 15.0  # for one mail, however slowly the server answers
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"(?m)^\.")


class How(Enum):
    """How a hand-over ended."""

    SENT = "sent"
    LATER = "later"  # certainly not taken, may be tried again
    AWAY = "away"  # nobody there: no other mail would fare better now
    REFUSED = "refused"  # for good
    UNKNOWN = "unknown"  # may have been taken
    LOST = "lost"  # the row is no longer ours: nothing was handed over


@dataclass(frozen=True)
class Outcome:
    """How it ended, what the server said, and whether it was the address that it refused."""

    how: How
    said: str = ""
    bad_address: bool = False


class Post:
    """A connection to the mail server, opened when the first mail goes and again when it broke."""

    def __init__(self) -> None:
        self._backend: BaseEmailBackend = get_connection()

    def __enter__(self) -> Post:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(SMTPException, OSError):
            self._backend.close()

    def hand(self, mail: EmailMessage, mark: Callable[[], bool]) -> Outcome:
        """Hand one mail to one recipient over. `mark` notes in the row that it begins; False there means stop."""
        if not isinstance(self._backend, EmailBackend):
            return self._by_backend(mail, mark)
        try:
            session = self._session(self._backend)
        except (SMTPException, OSError) as error:
            self._backend.connection = None
            return Outcome(How.AWAY, _said(error))
        with _in_time(session):
            outcome = _Handing(session, mail).run(mark)
        if outcome.how not in (How.SENT, How.REFUSED) and not _rested(session):
            self._backend.connection = None
        return outcome

    @staticmethod
    def _session(backend: EmailBackend) -> SMTP:
        fresh, session = backend.open(), backend.connection
        if session is None or session.sock is None:
            raise OSError("The connection was closed.")
        if fresh:
            # The end of a mail is a small piece of its own: it must not wait until the rest was acknowledged.
            session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return session

    def _by_backend(self, mail: EmailMessage, mark: Callable[[], bool]) -> Outcome:
        if not mark():
            return Outcome(How.LOST)
        try:
            taken = self._backend.send_messages([mail])
        except (SMTPException, OSError) as error:
            return Outcome(How.LATER, _said(error))
        return Outcome(How.SENT if taken else How.LATER)


class _Handing:
    def __init__(self, session: SMTP, mail: EmailMessage) -> None:
        self._session = session
        self._sender = parseaddr(mail.from_email)[1]
        self._to = mail.recipients()[0]
        body = _LINE_END.sub(b"\r\n", mail.message().as_bytes())
        body = body if body.endswith(b"\r\n") else body + b"\r\n"
        self._body = _LEADING_DOT.sub(b"..", body)

    def run(self, mark: Callable[[], bool]) -> Outcome:
        dotted = False
        try:
            refused = self._envelope()
            if refused:
                return refused
            faults.at("after-rcpt")
            if not mark():
                return Outcome(How.LOST)
            code, said = self._session.docmd("DATA")
            if code != 354:
                return _refusal(code, said)
            self._session.send(self._body)
            faults.at("before-dot")
            dotted = True
            self._session.send(b".\r\n")
            faults.at("after-dot")
            code, said = self._session.getreply()
            faults.at("after-250")
            return Outcome(How.SENT) if code == 250 else _refusal(code, said)
        except (SMTPException, OSError) as error:
            return Outcome(How.UNKNOWN if dotted else How.LATER, _said(error))

    def _envelope(self) -> Outcome | None:
        faults.at("before-mail")
        self._session.ehlo_or_helo_if_needed()
        code, said = self._session.mail(self._sender)
        if code != 250:
            return _refusal(code, said)
        code, said = self._session.rcpt(self._to)
        return None if code in (250, 251) else _refusal(code, said, bad_address=True)


@contextmanager
def _in_time(session: SMTP) -> Iterator[None]:
    """Cut the line when all of it takes too long: the time limit of a socket starts anew with each byte it gets."""

    def cut() -> None:
        with suppress(OSError):
            if session.sock is not None:
                session.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(MOST_SECONDS, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _rested(session: SMTP) -> bool:
    """Whether the connection can be used for the next mail."""
    try:
        with _in_time(session):
            return bool(session.sock) and session.rset()[0] == 250
    except (SMTPException, OSError):
        session.close()
        return False


def _refusal(code: int, said: bytes, *, bad_address: bool = False) -> Outcome:
    text = f"{code} {said.decode(errors='replace')}"
    if 500 <= code <= 599:
        return Outcome(How.REFUSED, text, bad_address)
    return Outcome(How.LATER, text)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
