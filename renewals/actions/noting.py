"""What an employer notes about its people."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import Membership, User

from ..models import PersonNote


@transaction.atomic
def note(*, membership: Membership, text: str, by: User, at: datetime) -> PersonNote:
    """Keep a note on somebody who works there; they can read it."""
    made = PersonNote.objects.create(membership=membership, text=text, by=by, at=at)
    record(
        verb="note added", by=by, at=at, target=made, label=str(membership), after={"text": text},
        subject=membership.user,
    )  # fmt: skip
    return made
