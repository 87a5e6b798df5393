"""How many people are current in each certification, of how many wanted: today and on a later day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.models import Employer, User
from certifications.models import Certification, CoverageTarget, HeldCertification, Interest, Level
from certifications.rules.words import StandingWord

from ..access import people_of, visible_held, visible_standings
from ..charts import share

_NAMED = 5


@dataclass(frozen=True)
class Cover:
    """People who are current in a certification at one level; at any level where none is named."""

    certification: Certification
    level: Level | None
    now: int
    then: int
    target: int | None = None

    @property
    def name(self) -> str:
        return f"{self.certification.name}, {self.level.name}" if self.level else self.certification.name

    @property
    def short(self) -> int:
        return max(0, (self.target or 0) - self.then)

    @property
    def short_now(self) -> int:
        return max(0, (self.target or 0) - self.now)

    @property
    def bar(self) -> tuple[str, str]:
        """Where the bar of the people ends, and where the tick of the target stands."""
        most = max(self.now, self.then, self.target or 0)
        return share(self.then, most), share(self.target or 0, most)

    @property
    def note(self) -> str:
        """What an owner looks for: one person alone, nobody to spare, too few."""
        found = ["one deep"] if self.then == 1 else []
        if self.short:
            found.append(f"short {self.short}")
        elif self.target and self.then == self.target and self.then != 1:
            found.append("no slack")
        return ", ".join(found)


@dataclass(frozen=True)
class Covers:
    """All that is targeted or held, the certifications in order, the highest level first."""

    tallies: dict[tuple[int, int | None], tuple[int, int]]  # certification, level: now, then
    targets: tuple[CoverageTarget, ...]

    def of(self, certification: Certification, level: Level | None) -> Cover:
        """The cover of any certification and level, targeted or not."""
        counted = [
            numbers
            for (pk, level_pk), numbers in self.tallies.items()
            if pk == certification.pk and (level is None or level_pk == level.pk)
        ]
        targets = {(one.certification_id, one.level_id): one.people for one in self.targets}
        target = targets.get((certification.pk, level.pk if level else None))
        return Cover(certification, level, sum(now for now, _ in counted), sum(then for _, then in counted), target)

    def __iter__(self) -> Iterator[Cover]:
        return (self.of(one.certification, one.level) for one in self.targets)


def covers(employer: Employer, today: date, on: date | None = None) -> Covers:
    """How many are current today and on a day, if nobody renews who is not on track today. Two queries."""
    current = ~Q(today_word=StandingWord.LAPSED.value)
    stays = Q(lapses_after=None) | Q(lapses_after__gte=on or today) | Q(today_word=StandingWord.ON_TRACK.value)
    rows = (
        visible_standings(employer, today)
        .values_list("held__certification", "held__level")
        .annotate(now=Count("pk", filter=current), then=Count("pk", filter=current & stays))
        .order_by()
    )
    tallies = {(pk, level): (now, then) for pk, level, now, then in rows}
    return Covers(tallies, tuple(targets_of(employer)))


def targets_of(employer: Employer) -> QuerySet[CoverageTarget]:
    """The targets of an employer, in the order in which they are read."""
    return (
        CoverageTarget.objects.filter(employer=employer)
        .select_related("certification", "level")
        .order_by("certification__name", "-level__position", "pk")
    )


def held_or_wanted(employer: Employer, today: date) -> list[Cover]:
    """Every certification and level that is held or has a target, in order. Four queries."""
    found = covers(employer, today)
    kinds = {(one.certification_id, one.level_id): (one.certification, one.level) for one in found.targets}
    held = visible_held(employer, today).order_by().values_list("certification", "level").distinct()
    missing = [key for key in held if key not in kinds]
    certifications = Certification.objects.in_bulk([certification for certification, _ in missing])
    levels = Level.objects.in_bulk([level for _, level in missing if level])
    kinds |= {key: (certifications[key[0]], levels[key[1]] if key[1] else None) for key in missing}
    ordered = sorted(kinds.values(), key=lambda kind: (kind[0].name, kind[0].pk, kind[1].position if kind[1] else 0))
    return [found.of(*kind) for kind in ordered]


@dataclass(frozen=True)
class Candidate:
    """Somebody who could close a gap, and how far they are."""

    user: User
    why: str
    membership_id: int


def candidates(employer: Employer, today: date, gaps: Sequence[Cover]) -> dict[Cover, list[Candidate]]:
    """Who could close each gap: those who said so and share it, then those one level below. Three queries."""
    wanted = [one.certification for one in gaps]
    members = dict(people_of(employer, today).order_by().values_list("user", "pk"))
    interests = list(
        Interest.objects.filter(shared=True, user__in=people_of(employer, today).values("user"))
        .filter(certification__in=wanted)
        .select_related("user", "level")
        .order_by("said_at", "pk")
    )
    below = list(
        visible_held(employer, today)
        .filter(certification__in=wanted, level__isnull=False)
        .select_related("user", "level")
        .order_by("-level__position", "user__name", "pk")
    )
    return {gap: _for_gap(gap, interests, below, members) for gap in gaps}


def _for_gap(
    gap: Cover, interests: Sequence[Interest], below: Sequence[HeldCertification], members: dict[int, int]
) -> list[Candidate]:
    found: dict[int, Candidate] = {}
    for interest in interests:
        if interest.certification_id == gap.certification.pk and _reaches(interest.level, gap.level):
            note = f", {interest.note}" if interest.note else ""
            found[interest.user_id] = Candidate(interest.user, f"is interested{note}", members[interest.user_id])
    for held in below:
        same = held.certification_id == gap.certification.pk and held.user_id not in found
        if same and held.level and gap.level and held.level.position < gap.level.position:
            found[held.user_id] = Candidate(held.user, f"holds {held.level.name}", members[held.user_id])
    return list(found.values())[:_NAMED]


def _reaches(wanted: Level | None, needed: Level | None) -> bool:
    return wanted is None or needed is None or wanted.position >= needed.position
