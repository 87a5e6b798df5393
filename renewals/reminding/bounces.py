"""Mails that came back: reports of other mail servers (RFC 3464), read from the mailbox they return to.

A report is believed only about a reminder of ours, by its Message-ID, and only for the address it went to: otherwise
whoever can write to that mailbox could end anybody's mails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from typing import cast

from accounts.actions.addresses import bounced
from accounts.models import email_key
from accounts.plain_text import one_line

from ..models import Reminder

# What says that the address itself takes no mail; a full mailbox or a refused content pass by.
_DEAD = re.compile(r"^5\.(1\.[01236]|2\.1)$")
_FAILED = "failed"


@dataclass(frozen=True)
class Returned:
    """One recipient of a report for whom the mail failed for good because of the address."""

    email: str
    reason: str


def take(*, raw: bytes, at: datetime) -> list[str]:
    """Note the addresses that a report says are dead. Which they were; none where it is about no mail of ours."""
    report = message_from_bytes(raw, policy=default)
    row = Reminder.objects.filter(message_id__in=set(_message_ids(report))).select_related("user").first()
    if row is None:
        return []
    found = [one for one in _returned(report) if email_key(one.email) == row.user.email_key]
    for one in found:
        bounced(email=one.email, reason=one.reason, at=at)
    return [one.email for one in found]


def _message_ids(report: EmailMessage) -> Iterator[str]:
    """The Message-ID of the mail that came back: as a whole, or its headers alone."""
    for part in report.walk():
        if part.get_content_type() == "message/rfc822":
            payload = part.get_payload()
            for inner in payload if isinstance(payload, list) else []:
                yield str(cast(Message, inner).get("Message-ID", "")).strip()
        elif part.get_content_type() == "text/rfc822-headers":
            text = cast(bytes, part.get_payload(decode=True) or b"")
            yield str(message_from_bytes(text).get("Message-ID", "")).strip()


def _returned(report: EmailMessage) -> Iterator[Returned]:
    for part in report.walk():
        payload = part.get_payload() if part.get_content_type() == "message/delivery-status" else None
        for block in payload if isinstance(payload, list) else []:
            status = str(cast(Message, block).get("Status", "")).split(" ")[0]
            action = str(cast(Message, block).get("Action", "")).strip().lower()
            kind, _, address = str(cast(Message, block).get("Final-Recipient", "")).partition(";")
            if action == _FAILED and _DEAD.match(status) and kind.strip().lower() == "rfc822" and address.strip():
                said = str(cast(Message, block).get("Diagnostic-Code", status))
                yield Returned(address.strip(), one_line(f"{status} {said.partition(';')[2].strip() or said}"))
