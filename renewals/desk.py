"""What the log forms need to know of a person: what they hold, what those rules ask, what they logged before."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from activities.queries import History, history_of
from certifications.models import HeldCertification
from certifications.queries import holdings_of
from certifications.rules.asking import Asked, asked_by


@dataclass(frozen=True)
class Desk:
    """Everything a log form offers to choose from."""

    user: User
    held: tuple[HeldCertification, ...]
    asked: Asked
    history: History


def desk_of(user: User) -> Desk:
    """The desk of one person, in two queries."""
    found = holdings_of(user)
    documents = {holding.version.pk if holding.version else 0: holding.document for holding in found}
    return Desk(user, tuple(holding.held for holding in found), asked_by(documents.values()), history_of(user))
