"""The link that ends mails without a sign-in: signed, for one person and one kind of mail, and good for one use."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.core import signing

from accounts.models import User

_SALT = "renewals.unsubscribe"


class Mails(StrEnum):
    """Which mails end."""

    OWN = "own"  # about one's own certifications
    TEAM = "team"  # about a team that one oversees
    ALL = "all"


@dataclass(frozen=True)
class Leaving:
    """What a link says: who, from which mails, and how many links they had used when it was made."""

    user_id: int
    mails: Mails
    used: int


def token_for(user: User, mails: Mails, used: int) -> str:
    """The token of a link. It works until a link of this person was used; mails after that carry a new one."""
    return signing.dumps([user.pk, mails.value, used], salt=_SALT)


def read_token(token: str) -> Leaving | None:
    """What a token says, or None where it is not one of ours."""
    try:
        user_id, mails, used = signing.loads(token, salt=_SALT)
        return Leaving(int(user_id), Mails(mails), int(used))
    except (signing.BadSignature, ValueError, TypeError):
        return None
