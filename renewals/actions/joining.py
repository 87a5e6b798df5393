"""Joining an employer, and taking over the certifications it proposed into one's own record."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts import actions
from accounts.models import Invitation, Membership, User
from certifications.actions import AlreadyHeld, DatesMissing, span_from_card

from ..importing.offers import Offered, offers_of
from .held import start_holding


@transaction.atomic
def join(
    *, invitation: Invitation, shares: str, chosen: Collection[int], by: User, at: datetime, today: date
) -> tuple[Membership, list[Offered]]:
    """Accept, and start holding what was chosen among the proposed certifications, by their numbers in the list.

    Returns the membership and what could not be taken over, for the person to add. Raises what accepting raises.
    """
    membership = actions.accept(invitation=invitation, shares=shares, by=by, at=at, today=today)
    wanted = [offered for offered in offers_of(invitation, by) if offered.number in chosen]
    return membership, [one for one in wanted if not (one.can_be_taken and _take(one, by, at, today))]


def _take(offered: Offered, by: User, at: datetime, today: date) -> bool:
    try:
        with transaction.atomic():
            span, _ = span_from_card(
                certification=offered.certification, level=offered.level, expiry=offered.expiry, awarded_on=None,
                birth=by.birth_date, today=today,
            )  # fmt: skip
            start_holding(
                certification=offered.certification, level=offered.level, span=span, by=by, at=at, today=today,
                number=offered.card_number,
            )  # fmt: skip
    except (AlreadyHeld, DatesMissing, ValueError, OverflowError, IntegrityError):
        return False
    return True
