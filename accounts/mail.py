"""One way to send a mail: three files, `emails/NAME.subject.txt`, `.txt` and `.html`, drawn with one context."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from smtplib import SMTPException
from typing import Any

import css_inline
import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.template.loader import render_to_string

from accounts.plain_text import one_line

log = structlog.get_logger(__name__)
_INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


@dataclass(frozen=True)
class Letter:
    """A mail to be sent: which files, to whom, filled with what. Addresses of pages come from `link`."""

    name: str
    to: str
    context: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def link(path: str) -> str:
    """The full address of a page of ours, on the configured host and never on the one a request claims."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def message(letter: Letter) -> EmailMultiAlternatives:
    """The mail as it goes out. The subject is one line whatever a name in it holds. ValueError for a bad address."""
    try:
        validate_email(letter.to)
    except ValidationError as error:
        raise ValueError("A mail goes to one address.") from error
    context = {**letter.context, "site": settings.SITE_URL}
    subject = one_line(render_to_string(f"emails/{letter.name}.subject.txt", context))
    made = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"emails/{letter.name}.txt", context),
        to=[letter.to],
        headers={name: one_line(value) for name, value in letter.headers.items()},
    )
    html = render_to_string(f"emails/{letter.name}.html", {**context, "subject": subject})
    made.attach_alternative(inlined(html), "text/html")
    return made


def inlined(html: str) -> str:
    """The HTML of a mail with its styles in the elements themselves: many programs read no style sheet."""
    return _INLINER.inline(html)


def send(letter: Letter) -> bool:
    """Hand one mail over. False, and a line in the log, where the mail server does not take it."""
    return send_all([letter]) == 1


def send_all(letters: Iterable[Letter]) -> int:
    """Hand mails over, all through one connection. How many were taken; the others leave a line in the log."""
    made = [(letter, message(letter)) for letter in letters]
    taken = 0
    connection = get_connection()
    try:
        connection.open()
        for letter, mail in made:
            try:
                taken += connection.send_messages([mail]) or 0
            except (SMTPException, OSError):
                log.exception("mail_not_sent", template=letter.name)
    except (SMTPException, OSError):
        log.exception("mail_server_away", mails=len(made))
    finally:
        connection.close()
    return taken
