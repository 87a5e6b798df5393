"""The mail that some rows make together, as it goes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.mail import EmailMultiAlternatives

from accounts.mail import message
from accounts.models import BouncedAddress, User
from accounts.plain_text import one_line

from ..models import Reminder
from ..teams.at_risk import confirmed_emails
from . import mails
from .asked import letter_to, still_due
from .wishes import wishes_of


@dataclass(frozen=True)
class Made:
    """A mail without its address."""

    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""  # what the product itself says of it, without what stands below a mail
    path: str = "/me/"

    def to(self, address: str, headers: Mapping[str, str]) -> EmailMultiAlternatives:
        """The mail as it goes to one address."""
        named = {name: one_line(value) for name, value in {**self.headers, **headers}.items()}
        mail = EmailMultiAlternatives(one_line(self.subject), self.text, to=[address], headers=named)
        mail.attach_alternative(self.html, "text/html")
        return mail


def letter(user: User, rows: Sequence[Reminder], today: date) -> Made | None:
    """What these rows say together; None where there is nothing to say."""
    if rows[0].asked_by_id:
        return _asked(rows[0], today)
    made = mails.compose(user, rows, today)
    return Made(made.subject, made.text, made.html, made.headers, made.body, made.path) if made else None


def address_of(user: User, *, own: bool = True) -> str:
    """Where mail for this person goes: a confirmed one that takes mail; "" where none is.

    Reminders of their `own` certifications also only where they are wanted by mail; what a team and its employer say
    has wishes of its own.
    """
    if own and not wishes_of(user).by_mail:
        return ""
    address = confirmed_emails([user.pk]).get(user.pk, "")
    return "" if address and BouncedAddress.objects.unreached().about(address).exists() else address


def _asked(row: Reminder, today: date) -> Made | None:
    recipient = still_due(row, today)
    if recipient is None:
        return None
    mail = message(letter_to(recipient, row.asked_by))
    return Made(str(mail.subject), str(mail.body), str(mail.alternatives[0][0]))
