"""Reports of mails that came back are believed about mails of ours alone."""

from __future__ import annotations

from email.message import EmailMessage
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from accounts.models import BouncedAddress
from renewals.models import Reminder
from renewals.reminding.bounces import take
from renewals.reminding.letters import address_of
from tests.factories.accounts import JOINED, EmailAddressFactory
from tests.factories.renewals import ReminderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent() -> Reminder:
    row = ReminderFactory(sent=True)
    EmailAddressFactory(user=row.user)
    return row


def report(message_id: str, email: str, status: str = "5.1.1", action: str = "failed", whole: bool = True) -> bytes:
    returned = f"Message-ID: {message_id}\nSubject: At risk\n"
    part = (
        f"Content-Type: message/rfc822\n\n{returned}\nWords\n"
        if whole
        else f"Content-Type: text/rfc822-headers\n\n{returned}"
    )
    return (
        "From: MAILER-DAEMON@mx.example.org\nTo: points@example.org\nSubject: Undelivered\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
        "--B\nContent-Type: text/plain\n\nIt came back.\n"
        "--B\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example.org\n\n"
        f"Final-Recipient: rfc822; {email}\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\n\n"
        f"--B\n{part}\n--B--\n"
    ).encode()


@pytest.mark.parametrize("whole", [True, False])
def test_a_dead_address_gets_no_more_mail(sent: Reminder, whole: bool) -> None:
    assert address_of(sent.user) == sent.user.email
    assert take(raw=report(sent.message_id, sent.user.email.upper(), whole=whole), at=JOINED)
    assert address_of(sent.user) == ""
    assert BouncedAddress.objects.get().reason == "5.1.1 550 5.1.1 no such user"


@pytest.mark.parametrize(
    "wrong",
    [
        {"message_id": "<reminder-0@example.org>"},
        {"email": "robin@example.org"},
        {"status": "5.2.2"},  # the mailbox is full
        {"status": "4.1.1"},
        {"action": "delayed"},
    ],
)
def test_anything_else_changes_nothing(sent: Reminder, wrong: dict[str, str]) -> None:
    facts = {"message_id": sent.message_id, "email": sent.user.email, **wrong}
    assert take(raw=report(**facts), at=JOINED) == []  # type: ignore[arg-type]
    plain = EmailMessage()
    plain.set_content(f"Message-ID: {sent.message_id}")
    assert take(raw=plain.as_bytes(), at=JOINED) == []
    assert take(raw=b"\xff\x00", at=JOINED) == []
    assert not BouncedAddress.objects.exists()


def test_the_command_reads_the_pipe(
    sent: Reminder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = report(sent.message_id, sent.user.email)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=SimpleNamespace(read=lambda most: raw[:most])))
    call_command("take_bounce")
    assert capsys.readouterr().out == f"No more mail to {sent.user.email}.\n"
