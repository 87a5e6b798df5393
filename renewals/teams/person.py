"""One person as their employer sees them: the same for the employer and for the person who looks at that view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404

from accounts.models import Employer, Membership, User
from activities.models import Confirmation
from activities.queries import Counted
from certifications.queries import holdings
from certifications.rules.words import StandingWord

from ..access import SEES_STANDING, people_of, visible_activities, visible_evidence, visible_held, visible_standings
from ..explaining import Lost
from ..in_house import InHouse, for_team
from ..models import PersonNote, RenewalPacket
from ..queries import Stand, stands
from .filters import with_certification
from .finishing import Finish, to_finish
from .told import Told

PAGE = 30


@dataclass(frozen=True)
class PersonSeen:
    """What one membership lets its employer see of a person."""

    membership: Membership
    told: tuple[Told, ...]
    activities: Page[Any] | None
    notes: tuple[PersonNote, ...]
    confirmations: tuple[Confirmation, ...]
    to_finish: tuple[Finish, ...]

    @property
    def user(self) -> User:
        return self.membership.user

    @property
    def acting(self) -> int:
        return sum(one.word != StandingWord.ON_TRACK for one in self.told)

    @property
    def in_house(self) -> list[InHouse]:
        """What the employer itself asks for."""
        return [one.in_house for one in self.told if one.in_house]

    @property
    def shares_nothing(self) -> bool:
        return self.membership.shares == Membership.Shares.NOTHING

    @property
    def stopped(self) -> date | None:
        """The day on which sharing ended; None for somebody who never shared."""
        day = self.membership.shares_changed_at.date()
        return day if self.shares_nothing and day > self.membership.joined_on else None

    @property
    def shared(self) -> str:
        return Membership.Shares(self.membership.shares).label.lower()

    @property
    def shares_evidence(self) -> bool:
        return self.membership.shares == Membership.Shares.EVIDENCE


def member_of(employers: Iterable[Employer], pk: int, today: date) -> Membership:
    """The membership of somebody who works for one of these employers today. 404 for anybody else."""
    found = Membership.objects.on(today).filter(employer__in=[one.pk for one in employers], pk=pk)
    membership = found.select_related("user", "employer", "team", "site").first()
    if membership is None:
        raise Http404
    return membership


def person_seen(membership: Membership, today: date, number: str = "1") -> PersonSeen:
    """What the employer of this membership sees today. The same number of queries, however long the record is."""
    found = visible_standings(membership.employer, today).filter(user=membership.user_id)
    points = membership.shares_activities
    shown = list(with_certification(found).worst_first())
    asked_for = for_team(membership.employer, [one.held for one in shown], today)
    told = tuple(Told(one, today, points, membership, asked_for.get(one.held_id)) for one in shown)
    activities = None
    if points:
        proof = Prefetch("evidence", visible_evidence(membership, today), to_attr="shown")
        own = Confirmation.objects.filter(employer=membership.employer_id)
        said = Prefetch("confirmations", own.select_related("by"))
        rows = visible_activities(membership, today).order_by("-on", "-pk").prefetch_related(proof, said)
        activities = Paginator(rows, PAGE).get_page(number)
    confirmations = Confirmation.objects.filter(
        employer=membership.employer_id, activity__in=visible_activities(membership, today)
    )
    return PersonSeen(
        membership, told, activities, tuple(notes_of(membership)),
        tuple(confirmations.select_related("activity", "by").order_by("-at")[:PAGE]),
        tuple(to_finish(membership, today)) if points else (),
    )  # fmt: skip


def notes_of(membership: Membership) -> QuerySet[PersonNote]:
    """What an employer noted about a person, newest first; the person reads the same."""
    return PersonNote.objects.filter(membership=membership).select_related("by")


@dataclass(frozen=True)
class HeldSeen:
    """One certification of somebody, counted afresh."""

    membership: Membership
    stand: Stand
    in_house: InHouse | None = None

    @property
    def points(self) -> bool:
        return self.membership.shares_activities

    @property
    def shares_evidence(self) -> bool:
        return self.membership.shares == Membership.Shares.EVIDENCE

    @property
    def packets(self) -> QuerySet[RenewalPacket]:
        """The packets of closed periods, newest first."""
        found = RenewalPacket.objects.without_file().filter(period__held=self.stand.holding.held)
        return found.select_related("period").order_by("-period__start")

    @property
    def counted(self) -> Counted:
        return self.stand.counted

    @property
    def lost(self) -> list[Lost]:
        """What does not count, the most points first."""
        return lost_in(self.counted)

    @property
    def ledger(self) -> list[tuple[object, str]]:
        """Every line with its title, newest first."""
        lines = sorted(self.counted.outcome.lines, key=lambda line: line.on, reverse=True)
        return [(line, _title(self.counted, line.key)) for line in lines]

    @property
    def ahead(self) -> list[tuple[date, int]]:
        total = self.stand.standing.forecast.total
        return [] if total is None else [(self.stand.standing.ends_on, total)]

    @property
    def requirements(self) -> list[object]:
        return [one for one in self.counted.outcome.requirements if one.key != "total"]


def held_seen(employers: Iterable[Employer], pk: int, today: date) -> HeldSeen:
    """A certification that one of these employers may see today. 404 for any other."""
    for employer in employers:
        held = visible_held(employer, today).select_related("certification__body", "level").filter(pk=pk).first()
        if held is None:
            continue
        found = stands(holdings([held]), today)
        membership = people_of(employer, today).filter(user=held.user_id, shares__in=SEES_STANDING).first()
        if found and membership:
            return HeldSeen(membership, found[0], for_team(employer, [held], today).get(held.pk))
    raise Http404


def lost_in(counted: Counted) -> list[Lost]:
    """Points that do not count, with their reasons, the most first."""
    rows = [
        Lost(
            loss.points, _title(counted, line.key), line.on,
            counted.claims[line.key].activity.since if line.key in counted.claims else None, loss.reason, loss.text,
        )
        for line in counted.outcome.lines
        for loss in line.losses
        if loss.points
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.points, row.on))


def _title(counted: Counted, key: str) -> str:
    claim = counted.claims.get(key)
    return claim.activity.title if claim else "Carried over"
