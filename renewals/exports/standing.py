"""One row for each certification that an employer may see, in the words of the team pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Employer, Membership
from accounts.spreadsheets.writing import Cell
from activities.models import Claim, Confirmation
from certifications.rules.dates import written
from certifications.rules.words import StandingWord

from ..access import SEES_ACTIVITIES, people_of
from ..models import Standing
from ..models.standing import StandingQuerySet
from ..teams.filters import Filters, by_word, standings
from ..teams.told import Told

CHUNK = 2_000
NO_END = "Does not end"


class Line:
    """One certification of one person as it stands on a day, with no more than that person shares."""

    def __init__(self, standing: Standing, on: date):
        self.standing = standing
        self.points = standing.seat_shares in SEES_ACTIVITIES  # type: ignore[attr-defined]
        self.told = Told(standing, on, self.points)

    @property
    def person(self) -> str:
        return self.standing.user.name

    @property
    def certification(self) -> str:
        return self.standing.held.certification.name

    @property
    def level(self) -> str:
        return self.standing.held.level.name if self.standing.held.level else ""

    @property
    def body(self) -> str:
        body = self.standing.held.certification.body
        return body.name if body else ""

    @property
    def number(self) -> str:
        return self.standing.held.number

    @property
    def current_to(self) -> str:
        return written(self.standing.ends_on) if self.standing.ends_on else NO_END

    @property
    def rules_version(self) -> str:
        one = self.standing
        number = one.rules_number  # type: ignore[attr-defined]
        return f"{one.rules_name}, version {number}" if number else "No rules yet"  # type: ignore[attr-defined]

    @property
    def counted_at(self) -> datetime:
        return self.standing.counted_at.replace(microsecond=0)

    @property
    def missing(self) -> str:
        """What is short besides points, where points still fit, and what is full."""
        told = self.told
        room = ", ".join(f"{name} {decimal(points)}" for name, points in told.room)
        full = ", ".join(told.full)
        parts = [*told.unmet, f"Room in: {room}" if room else "", f"Full: {full}" if full else ""]
        return "; ".join(part for part in parts if part)

    @property
    def to_go(self) -> int:
        """Points that are needed and not counted yet, whatever the forecast says."""
        one = self.standing
        return 0 if one.complete else max(0, one.needed - one.counted)

    @property
    def short(self) -> int:
        """Points missing where something is missing: who is on track is short of nothing."""
        return 0 if self.told.word == StandingWord.ON_TRACK else self.told.short

    @property
    def provenance(self) -> str:
        """Who says so. Confirmations are part of what is shared with activities."""
        counted, confirmed = self.standing.counted_claims, self.standing.confirmed_claims  # type: ignore[attr-defined]
        if not self.points or not counted:
            return "Self-reported"
        return f"Self-reported; {confirmed} of {counted} counted activities confirmed by employer"


def decimal(points: int) -> Decimal:
    """Hundredths as a number for a table: 1050 is 10.5."""
    value = Decimal(points) / 100
    return value.quantize(Decimal(1)) if points % 100 == 0 else value.normalize()


def lines(
    employer: Employer, today: date, on: date, filters: Filters, *, by_name: bool = False, provenance: bool = False
) -> Iterator[Line]:
    """The lines that the filters ask for, worst first or by name, read from a server-side cursor."""
    found = _with_columns(chosen(employer, today, on, filters))
    found = found.select_related("user", "held__certification__body", "held__level")
    found = (
        found.order_by("user__name", "user", "held__certification__name", "held") if by_name else found.worst_first()
    )
    if provenance:
        found = _with_confirmations(found, employer)
    for standing in found.iterator(chunk_size=CHUNK):
        yield Line(standing, on)


def chosen(employer: Employer, today: date, on: date, filters: Filters) -> StandingQuerySet:
    """Who may be seen is decided by today; the word, and who has left by then, by the day asked for."""
    people = people_of(employer, today).on(on)  # type: ignore[attr-defined]
    found = standings(employer, today, replace(filters, standing="")).worded(on).filter(user__memberships__in=people)
    return by_word(found, filters.standing) if filters.standing else found


def not_shared(employer: Employer, today: date, on: date, filters: Filters) -> int:
    """How many people the filters by team and site cover who share nothing."""
    people = people_of(employer, today).on(on).filter(shares=Membership.Shares.NOTHING)  # type: ignore[attr-defined]
    if filters.team:
        people = people.filter(team=filters.team)
    if filters.site:
        people = people.filter(site=filters.site)
    return int(people.count())


def _with_columns(found: StandingQuerySet) -> StandingQuerySet:
    """Names from around each standing. The rules themselves stay where they are: they are large."""
    return found.annotate(
        seat=F("user__memberships"), seat_shares=F("user__memberships__shares"),
        seat_team=F("user__memberships__team__name"), seat_site=F("user__memberships__site__name"),
        rules_name=F("version__rule_set__name"), rules_number=F("version__number"),
    )  # fmt: skip


def _with_confirmations(found: StandingQuerySet, employer: Employer) -> StandingQuerySet:
    """How many claims count, and how many of those this employer confirmed as they are now."""
    of_this = {"activity__claims__held": OuterRef("held"), "activity__claims__period": OuterRef("period")}
    counted = Claim.objects.filter(held=OuterRef("held"), period=OuterRef("period"), counted__gt=0)
    said = Confirmation.objects.filter(
        employer=employer, state=Confirmation.State.CONFIRMED, version=F("activity__version"),
        activity__claims__counted__gt=0, **of_this,
    )  # fmt: skip
    return found.annotate(counted_claims=_number(counted, "held"), confirmed_claims=_number(said, "employer"))


def _number(found: QuerySet[Any], group: str) -> Coalesce:
    return Coalesce(Subquery(found.order_by().values(group).annotate(number=Count("pk")).values("number")), 0)


Column = tuple[str, Callable[[Line], Cell]]


def _attribute(name: str) -> Callable[[Line], Cell]:
    return lambda line: getattr(line.standing, name) or ""


def _shared(read: Callable[[Line], Cell]) -> Callable[[Line], Cell]:
    """Empty where the person shares no points."""
    return lambda line: read(line) if line.points else None


WHO: list[Column] = [
    ("Person", lambda line: line.person),
    ("Person id", _attribute("seat")),
    ("Team", _attribute("seat_team")),
    ("Site", _attribute("seat_site")),
    ("Certification", lambda line: line.certification),
    ("Level", lambda line: line.level),
    ("Certifying body", lambda line: line.body),
    ("Number", lambda line: line.number),
]
WHEN: list[Column] = [
    ("Ends", lambda line: line.standing.ends_on),
    ("Ends (in words)", lambda line: line.current_to),
    ("Days left", lambda line: line.told.days_left),
]
RULES: list[Column] = [
    ("Rules version", lambda line: line.rules_version),
    ("Counted at", lambda line: line.counted_at),
]
STANDING: list[Column] = [
    *WHO,
    ("Standing", lambda line: line.told.label),
    ("In words", lambda line: line.told.sub_line),
    ("Counted", _shared(lambda line: decimal(line.standing.counted))),
    ("Needed", _shared(lambda line: decimal(line.standing.needed))),
    ("To go", _shared(lambda line: decimal(line.to_go))),
    ("Short", _shared(lambda line: decimal(line.short))),
    ("Unit", _shared(lambda line: line.told.unit)),
    *WHEN,
    ("What is short", lambda line: line.missing),
    ("Next step", lambda line: line.told.fix[:1].upper() + line.told.fix[1:]),
    *RULES,
]
REPORT: list[Column] = [
    *WHO,
    ("Current to", lambda line: line.standing.ends_on),
    ("Current to (in words)", lambda line: line.current_to),
    ("Standing", lambda line: line.told.label),
    ("Provenance", lambda line: line.provenance),
    *RULES,
]
