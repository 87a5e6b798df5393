"""The demo's outbox: each mail becomes a file, so that web and worker share it and a restart keeps it."""

import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

SHOWN = 50


@dataclass(frozen=True)
class Mail:
    """One mail as the outbox page shows it."""

    sent: str
    to: str
    subject: str
    text: str
    html: str = ""
    key: str = ""  # the name of its file

    @property
    def sent_at(self) -> datetime:
        return datetime.fromisoformat(self.sent)


class OutboxBackend(BaseEmailBackend):
    """Django's mail backend of the demo: nothing leaves this machine."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            message.message()  # refuses what a real server would refuse, such as a line break in the subject
            store(
                Mail(
                    sent=datetime.now(UTC).isoformat(),
                    to=", ".join(message.recipients()),
                    subject=str(message.subject),
                    text=str(message.body),
                    html=_html(message),
                )
            )
        return len(email_messages)


def store(mail: Mail) -> None:
    """Write one mail. Written beside and renamed, so that a reader never sees half of it."""
    name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
    draft = folder() / f"{name}.draft"
    draft.write_text(json.dumps(asdict(mail)))
    draft.rename(folder() / f"{name}.json")


def latest() -> list[Mail]:
    """The last mails, newest first."""
    names = sorted(folder().glob("*.json"), reverse=True)[:SHOWN]
    return [Mail(**{**json.loads(path.read_text()), "key": path.stem}) for path in names]


def html_of(key: str) -> str:
    """The HTML part of one of the last mails; "" where there is none of that name."""
    return next((mail.html for mail in latest() if mail.key == key), "")


def _html(message: EmailMessage) -> str:
    parts = getattr(message, "alternatives", [])
    return next((str(part[0]) for part in parts if part[1] == "text/html"), "")


def folder() -> Path:
    path = Path(settings.DEMO_MAIL_DIR)
    path.mkdir(parents=True, exist_ok=True)
    return path
