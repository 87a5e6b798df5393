"""One row for each activity and each certification it is claimed for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from accounts.models import Employer, User
from accounts.spreadsheets.writing import Cell
from activities.models import Activity, Claim, Confirmation
from certifications.rules.dates import written
from certifications.rules.words import AMOUNT_UNITS, KINDS, REASON_LABELS, Reason

from ..access import SEES_ACTIVITIES, people_of
from ..teams.filters import Filters, members
from .standing import CHUNK, chosen, decimal

PERSON = ["Person", "Person id", "Team", "Site"]
ACTIVITY = [
    "First day", "Date", "Date (in words)", "Kind", "Title", "Amount", "Unit", "Provider", "Certification", "Level",
    "Category", "Asked", "Counted", "Not counted because", "Provenance", "Rules version", "Counted at",
]  # fmt: skip
_READ = (
    "since", "on", "kind", "title", "amount", "unit", "provider", "claims__held__certification__name",
    "claims__held__level__name", "claims__category_name", "claims__asked", "claims__counted", "claims__reason",
    "confirmed_by", "claims__period__version__rule_set__name", "claims__period__version__number",
    "claims__held__standing__counted_at", "claims__held__removed_at",
)  # fmt: skip
_SEAT = ("user__name", "user__memberships", "user__memberships__team__name", "user__memberships__site__name")


def of_team(employer: Employer, today: date, on: date, filters: Filters) -> QuerySet[Activity]:
    """Activities of the people who share them with this employer, up to the day asked for."""
    people = members(employer, today, filters).filter(shares__in=SEES_ACTIVITIES)
    sharing = people_of(employer, today).on(on).filter(pk__in=people.values("pk"))  # type: ignore[attr-defined]
    found: QuerySet[Activity] = Activity.objects.kept().filter(on__lte=on, user__memberships__in=sharing)
    # The standing decides which certifications; an activity is there once for each of them.
    held = chosen(employer, today, on, filters).values("held") if filters.of_standings else None
    found = _with_claims(found, Confirmation.objects.filter(employer=employer), held)
    return found.order_by("user__name", "user", "-on", "-pk", "claims")


def of_person(user: User) -> QuerySet[Activity]:
    """Everything this person logged, whoever confirmed it."""
    found = _with_claims(Activity.objects.of(user).kept(), Confirmation.objects.all())
    return found.order_by("-on", "-pk", "claims")


def team_rows(found: QuerySet[Activity]) -> Iterator[list[Cell]]:
    for name, seat, team, site, *facts in found.values_list(*_SEAT, *_READ).iterator(chunk_size=CHUNK):
        yield [name, seat, team or "", site or "", *_row(*facts)]


def own_rows(found: QuerySet[Activity]) -> Iterator[list[Cell]]:
    for facts in found.values_list(*_READ).iterator(chunk_size=CHUNK):
        yield _row(*facts)


def _with_claims(
    found: QuerySet[Activity], confirmations: QuerySet[Confirmation], held: QuerySet[Any] | None = None
) -> QuerySet[Activity]:
    """Each with its claims for what is still held, or once with none; an edit after a confirmation takes it away."""
    claims = Claim.objects.filter(activity=OuterRef("pk"))
    any_one = claims.order_by("pk").values("pk")[:1]
    # Where everything it is claimed for was given up, one claim stands for the activity; `_row` leaves it empty.
    told = Q(claims__held__removed_at=None) | (~Exists(claims.filter(held__removed_at=None)) & Q(claims__in=any_one))
    stands = confirmations.filter(
        activity=OuterRef("pk"), version=OuterRef("version"), state=Confirmation.State.CONFIRMED
    ).order_by()
    names = stands.values("activity").annotate(names=StringAgg("employer__name", Value(", "))).values("names")
    # One call: claims of a second one would be others.
    found = found.filter(told) if held is None else found.filter(told, claims__held__in=held)
    return found.annotate(confirmed_by=Coalesce(Subquery(names), Value(""), output_field=TextField()))


def _row(*facts: Any) -> list[Cell]:
    (since, on, kind, title, amount, unit, provider, certification, level, category, asked, counted, reason,
     confirmed_by, rules, number, counted_at, removed_at) = facts  # fmt: skip
    claimed = certification is not None and removed_at is None
    if not claimed:
        certification = level = category = reason = number = counted_at = None
    return [
        since, on, written(on), KINDS[kind].label, title, decimal(amount), AMOUNT_UNITS[unit].many, provider,
        certification or "", level or "", category or "",
        decimal(asked) if claimed else None, decimal(counted) if claimed else None,
        REASON_LABELS[Reason(reason)] if reason else "",
        f"Confirmed by {confirmed_by}" if confirmed_by else "Self-reported",
        f"{rules}, version {number}" if number else "", counted_at,
    ]  # fmt: skip
