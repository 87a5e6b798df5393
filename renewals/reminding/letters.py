"""The mail that some rows make together, as it goes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from accounts.mail import message
from accounts.models import BouncedAddress, User

from ..models import Reminder
from ..teams.at_risk import confirmed_emails
from . import mails
from .asked import letter_to, still_due
from .mails import Mail
from .wishes import wishes_of


def letter(user: User, rows: Sequence[Reminder], today: date) -> Mail | None:
    """What these rows say together; None where there is nothing to say."""
    if rows[0].asked_by_id:
        return _asked(rows[0], today)
    return mails.compose(user, rows, today)


def address_of(user: User, *, own: bool = True) -> str:
    """Where mail for this person goes: a confirmed one that takes mail; "" where none is.

    Reminders of their `own` certifications also only where they are wanted by mail; what a team and its employer say
    has wishes of its own.
    """
    if own and not wishes_of(user).by_mail:
        return ""
    address = confirmed_emails([user.pk]).get(user.pk, "")
    return "" if address and BouncedAddress.objects.unreached().about(address).exists() else address


def _asked(row: Reminder, today: date) -> Mail | None:
    recipient = still_due(row, today)
    if recipient is None:
        return None
    mail = message(letter_to(recipient, row.asked_by))
    return Mail(str(mail.subject), str(mail.body), str(mail.alternatives[0][0]))
