"""People whose record may become a worked example: one's own, and those of a team who share their activities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from activities.queries import questions
from certifications.models import HeldCertification, RuleSet
from certifications.queries import holdings
from certifications.rules.cases import Case

from .access import SEES_ACTIVITIES, overseen, people_of

MOST_SHOWN = 50


@dataclass(frozen=True)
class Candidate:
    """A held certification that these rules count, and whose it is."""

    held: HeldCertification
    own: bool


def candidates(user: User, rule_set: RuleSet, today: date, words: str = "") -> list[Candidate]:
    """Whom this person may take as an example, their own record first; at most `MOST_SHOWN`."""
    found = _visible(user, rule_set, today).select_related("user", "certification__body", "level")
    if words:
        found = found.filter(Q(user__name__icontains=words) | Q(certification__name__icontains=words))
    rows = [Candidate(held, held.user_id == user.pk) for held in found.order_by("user__name", "pk")[:MOST_SHOWN]]
    return sorted(rows, key=lambda one: not one.own)


def record_of(user: User, rule_set: RuleSet, held: int, today: date) -> Case | None:
    """The record of one of these people as it is counted today; None where this person may not see it."""
    found = questions(holdings(_visible(user, rule_set, today).filter(pk=held)), today)
    return found[0].case if found else None


def _visible(user: User, rule_set: RuleSet, today: date) -> QuerySet[HeldCertification]:
    seen = Q(user=user)
    for membership in overseen(user, today):
        people = people_of(membership.employer, today).filter(shares__in=SEES_ACTIVITIES)
        seen |= Q(user__in=people.order_by().values("user"))
    return HeldCertification.objects.in_use().filter(seen, certification__in=rule_set.certifications.all())
