"""The list of a person's activities: searched, filtered, a page at a time, from the kept counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from accounts.models import User
from certifications.rules.words import KINDS, Group

from ..models import Activity, Claim, EvidenceLink
from ..models.activity import ActivityQuerySet


class Show(StrEnum):
    """Which activities to show, by what became of their points."""

    ALL = ""
    COUNTED = "counted"
    NOT_COUNTED = "not"
    PARTLY = "partly"
    UNPROVEN = "unproven"  # points count and no evidence proves them


@dataclass(frozen=True)
class Wanted:
    """A search: words, a held certification, a group of kinds, what became of the points."""

    words: str = ""
    held: int | None = None
    group: str = ""
    show: Show = Show.ALL

    @property
    def everything(self) -> bool:
        return self == Wanted()


@dataclass(frozen=True)
class Sums:
    """What a list of activities asks for and what of it counts, in hundredths."""

    asked: int
    counted: int


def listed(user: User, wanted: Wanted) -> ActivityQuerySet:
    """The activities of a person that match, newest first; each knows whether evidence proves it (`proven`)."""
    found = Activity.objects.of(user).kept().newest_first().annotate(proven=Exists(_proof()))
    for word in wanted.words.split()[:8]:
        found = found.filter(
            Q(title__icontains=word) | Q(provider__icontains=word) | Q(course__icontains=word) | Q(note__icontains=word)
        )
    if wanted.group:
        kinds = [kind.key for kind in KINDS.values() if kind.group is Group(wanted.group)]
        found = found.filter(kind__in=kinds)
    return _by_points(found, wanted)


def _proof() -> QuerySet[EvidenceLink]:
    return EvidenceLink.objects.filter(activity=OuterRef("pk"), evidence__removed_at=None)


def _by_points(found: ActivityQuerySet, wanted: Wanted) -> ActivityQuerySet:
    claims = Claim.objects.filter(activity=OuterRef("pk"), held__removed_at=None)
    if wanted.held:
        claims = claims.filter(held=wanted.held)
        found = found.filter(Exists(claims))
    if wanted.show is Show.UNPROVEN:
        return found.filter(Exists(claims.filter(counted__gt=0)), ~Exists(_proof()))
    if wanted.show is Show.COUNTED:
        return found.filter(Exists(claims.filter(counted__gt=0)))
    if wanted.show is Show.NOT_COUNTED:
        return found.exclude(Exists(claims.filter(counted__gt=0)))
    if wanted.show is Show.PARTLY:
        return found.filter(Exists(claims.filter(counted__gt=0, counted__lt=F("asked"))))
    return found


def results_of(activities: Iterable[Activity], held: Iterable[int]) -> dict[int, list[Claim]]:
    """The kept results of some activities for some held certifications, by activity. One query."""
    found: dict[int, list[Claim]] = {}
    claims = Claim.objects.filter(activity__in=[one.pk for one in activities], held__in=list(held))
    for claim in claims.order_by("held__added_at", "held_id"):
        found.setdefault(claim.activity_id, []).append(claim)
    return found


def sums_of(activities: ActivityQuerySet, held: int) -> Sums:
    """What these activities ask for in one held certification, and what of it counts. One query."""
    chosen = activities.order_by().values("pk")
    found = Claim.objects.filter(activity__in=chosen, held=held).aggregate(asked=Sum("asked"), counted=Sum("counted"))
    return Sums(found["asked"] or 0, found["counted"] or 0)
