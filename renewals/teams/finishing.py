"""What is still to do about one person: what waits for the employer, and what the person has open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import Membership
from activities.models import Confirmation
from certifications.queries import holdings

from ..access import visible_activities, visible_held
from ..home import unanswered, without_evidence
from ..queries import Stand, stands


@dataclass(frozen=True)
class Finish:
    """One thing to do; with an address where the employer does it, without where only the person can."""

    text: str
    action: str = ""
    url: str = ""


def to_finish(membership: Membership, today: date) -> Iterable[Finish]:
    """What waits for this employer first. Nothing is told that the person does not share: evidence with evidence."""
    yield from _waiting(membership, today)
    held = visible_held(membership.employer, today).filter(user=membership.user_id)
    found = stands(holdings(held.select_related("certification__body", "level")), today)
    if membership.shares == Membership.Shares.EVIDENCE:
        yield from _unproven(found)
    for stand in found:
        yield from (Finish(text) for text, _ in unanswered(stand))


def _waiting(membership: Membership, today: date) -> Iterable[Finish]:
    asked = Confirmation.objects.filter(
        employer=membership.employer_id, state=Confirmation.State.ASKED,
        activity__in=visible_activities(membership, today),
    ).values_list("activity", flat=True)  # fmt: skip
    found = list(asked)
    if len(found) == 1:
        url = reverse("team:confirm", args=[membership.pk, found[0]])
        yield Finish("Waiting for you: 1 activity to confirm", "Review", url)
    elif found:
        yield Finish(f"Waiting for you: {len(found)} activities to confirm", "Review", reverse("team:confirmations"))


def _unproven(found: list[Stand]) -> Iterable[Finish]:
    unproven = {activity for stand in found for activity in without_evidence(stand)}
    if unproven:
        yield Finish(f"Add evidence to {len(unproven)} {'activity' if len(unproven) == 1 else 'activities'}")
