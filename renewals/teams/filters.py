"""Which people and certifications of a team are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Employer, Membership
from certifications.models import HeldCertification
from certifications.rules.words import StandingWord

from ..access import SEES_STANDING, people_of, visible_standings
from ..models import Standing
from ..models.standing import StandingQuerySet

NEEDS_ACTION = "action"


@dataclass(frozen=True)
class Filters:
    """Nothing set means everybody."""

    team: int | None = None
    site: int | None = None
    certification: int | None = None
    ends: date | None = None  # the last day a certification may end on; whatever has ended before is part of it
    standing: str = ""  # a standing's word, or NEEDS_ACTION

    @property
    def of_standings(self) -> bool:
        """Whether it asks for more than where people work."""
        return bool(self.certification or self.ends or self.standing)

    def __bool__(self) -> bool:
        return bool(self.team or self.site) or self.of_standings


def members(employer: Employer, today: date, filters: Filters) -> QuerySet[Membership]:
    """Who is listed: technicians, and whoever else holds something that they share."""
    holds = HeldCertification.objects.in_use().filter(user=OuterRef("user"))
    listed = Q(role=Membership.Role.TECHNICIAN) | (Q(shares__in=SEES_STANDING) & Exists(holds))
    people = people_of(employer, today).filter(listed)
    if filters.team:
        people = people.filter(team=filters.team)
    return people.filter(site=filters.site) if filters.site else people


def standings(employer: Employer, today: date, filters: Filters, *, whatever_word: bool = False) -> StandingQuerySet:
    """The standings the filters ask for, with today's word; `whatever_word` leaves the filter by standing out."""
    found = cast(StandingQuerySet, visible_standings(employer, today))
    if filters.team or filters.site:
        found = found.filter(user__in=members(employer, today, filters).values("user"))
    if filters.certification:
        found = found.filter(held__certification=filters.certification)
    if filters.ends:
        found = found.filter(ends_on__lte=filters.ends)
    if filters.standing and not whatever_word:
        found = by_word(found, filters.standing)
    return found


def by_word(found: QuerySet[Standing], word: str) -> StandingQuerySet:
    chosen = ~Q(today_word=StandingWord.ON_TRACK.value) if word == NEEDS_ACTION else Q(today_word=word)
    return cast(StandingQuerySet, found.filter(chosen))


def with_certification(found: QuerySet[Standing]) -> StandingQuerySet:
    """Together with what they are about."""
    return cast(StandingQuerySet, found.select_related("held__certification", "held__level", "user"))
