"""The dashboard: how many stand where, what ends next, and the matrix of people and certifications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Min, OrderBy, Q, QuerySet

from accounts.models import Employer, Membership
from certifications.models import Certification, Level
from certifications.rules.words import STANDING_LABELS, StandingWord

from ..access import visible_standings
from ..in_house import for_team
from ..models import Standing
from ..models.standing import StandingQuerySet
from .coverage import Cover, Covers, covers
from .filters import Filters, members, standings, with_certification
from .told import Told

PAGE = 50
GROUPED_ABOVE = 25
_NEXT_DATES = 3
_STALE_DAYS = 2


@dataclass(frozen=True)
class Tally:
    """How many certifications have one standing."""

    word: str
    label: str
    number: int


@dataclass(frozen=True)
class Column:
    """A certification at a level: a column of the matrix."""

    cover: Cover

    @property
    def key(self) -> tuple[int, int | None]:
        return (self.cover.certification.pk, self.cover.level.pk if self.cover.level else None)

    @property
    def code(self) -> str:
        short = self.cover.certification.short
        return f"{short} {self.cover.level.code}" if self.cover.level else short


@dataclass(frozen=True)
class Row:
    """One person: what they hold, worst first, and the same under the columns, None where it is not held."""

    membership: Membership
    told: tuple[Told, ...]
    cells: tuple[Told | None, ...]

    @property
    def shares_nothing(self) -> bool:
        return self.membership.shares == Membership.Shares.NOTHING


@dataclass(frozen=True)
class Board:
    """Everything the dashboard shows."""

    people: int
    acting: int
    tallies: tuple[Tally, ...]
    next_dates: tuple[Told, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    page: Page[Membership]
    grouped: bool
    counted_at: datetime | None
    days_old: int

    @property
    def held(self) -> int:
        return sum(one.number for one in self.tallies)

    @property
    def stale(self) -> bool:
        return self.days_old >= _STALE_DAYS

    @property
    def has_targets(self) -> bool:
        return any(column.cover.target for column in self.columns)


def board(employer: Employer, today: date, filters: Filters, number: str = "1") -> Board:
    """The dashboard of an employer: the same number of queries for one person and for thousands."""
    found = standings(employer, today, filters, whatever_word=True)
    people = members(employer, today, filters)
    everybody = people.count()
    grouped = everybody > GROUPED_ABOVE
    page = Paginator(_matching(people, employer, today, filters).order_by(*_order(grouped)), PAGE).get_page(number)
    columns, rows = _matrix(list(page.object_list), employer, today, filters)
    summed = sums(found)
    oldest = summed.counted_at
    return Board(
        people=everybody, acting=summed.acting, tallies=summed.tallies,
        next_dates=next_dates(found, today), columns=columns, rows=rows, page=page,
        grouped=grouped, counted_at=oldest, days_old=(today - oldest.date()).days if oldest else 0,
    )  # fmt: skip


@dataclass(frozen=True)
class Sums:
    """A population in numbers: how many stand where, how many people need action, the oldest count."""

    tallies: tuple[Tally, ...]
    acting: int
    counted_at: datetime | None


def sums(found: StandingQuerySet) -> Sums:
    """All numbers of a population, in one query."""
    by_word = {f"n{place}": Count("pk", filter=Q(today_word=word.value)) for place, word in enumerate(STANDING_LABELS)}
    acting = Count("user", distinct=True, filter=~Q(today_word=StandingWord.ON_TRACK.value))
    row = found.order_by().aggregate(**by_word, acting=acting, oldest=Min("counted_at"))
    counted = enumerate(STANDING_LABELS.items())
    tallies = tuple(Tally(word.value, label, row[f"n{place}"]) for place, (word, label) in counted)
    return Sums(tallies, row["acting"], row["oldest"])


def next_dates(found: QuerySet[Standing], today: date, most: int = _NEXT_DATES) -> tuple[Told, ...]:
    """What ends next, from today on. One query."""
    ahead = with_certification(found.filter(ends_on__gte=today)).order_by("ends_on", "user__name", "pk")[:most]
    return tuple(Told(one, today, points=False) for one in ahead)


def _order(grouped: bool) -> Sequence[str | OrderBy]:
    return [*([F("site__name").asc(nulls_last=True)] if grouped else []), "user__name", "pk"]


def _matching(people: QuerySet[Membership], employer: Employer, today: date, filters: Filters) -> QuerySet[Membership]:
    """Of the people, those with at least one standing that the filters ask for."""
    if not filters.of_standings:
        return people
    return people.filter(user__in=standings(employer, today, filters).order_by().values("user"))


def _matrix(
    people: Sequence[Membership], employer: Employer, today: date, filters: Filters
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """The people of one page with what they hold. Columns are what they hold, and what the employer has targets for."""
    shares = {one.user_id: one for one in people}
    found = with_certification(visible_standings(employer, today).filter(user__in=list(shares))).worst_first()
    if filters.certification:
        found = found.filter(held__certification=filters.certification)
    by_person: dict[int, list[Told]] = {}
    kinds: dict[tuple[int, int | None], tuple[Certification, Level | None]] = {}
    own = for_team(employer, [one.held for one in found], today)
    for one in found:
        membership = shares[one.user_id]
        told = Told(one, today, membership.shares_activities, membership, own.get(one.held_id))
        by_person.setdefault(one.user_id, []).append(told)
        kinds[one.held.certification_id, one.held.level_id] = (one.held.certification, one.held.level)
    cover = covers(employer, today)
    columns = _columns(kinds, cover, filters)
    rows = tuple(_row(one, by_person.get(one.user_id, []), columns) for one in people)
    return columns, rows


def _columns(
    kinds: dict[tuple[int, int | None], tuple[Certification, Level | None]], cover: Covers, filters: Filters
) -> tuple[Column, ...]:
    with_levels = {certification for certification, level in kinds if level}
    for target in cover.targets:
        # A target for any level stands beside the columns of the levels, on the coverage page.
        any_level = target.level_id is None and target.certification_id in with_levels
        if filters.certification in (None, target.certification_id) and not any_level:
            kinds.setdefault((target.certification_id, target.level_id), (target.certification, target.level))
    ordered = sorted(kinds.values(), key=lambda kind: (kind[0].name, kind[0].pk, kind[1].position if kind[1] else 0))
    return tuple(Column(cover.of(*kind)) for kind in ordered)


def _row(membership: Membership, told: Sequence[Told], columns: Sequence[Column]) -> Row:
    held = {(one.standing.held.certification_id, one.standing.held.level_id): one for one in told}
    return Row(membership, tuple(told), tuple(held.get(column.key) for column in columns))
