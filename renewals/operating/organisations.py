"""Employers for whoever runs the site: who owns them, and how many work there. Never how anybody stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.finding import employers_named, people_named
from accounts.models import BouncedAddress, Employer, Membership, User

PAGE = 50
_MOST = 20
_ROLES = Membership.Role


@dataclass(frozen=True)
class Organisation:
    """One row of the list. Owners are those of today."""

    employer: Employer
    people: int
    owners: Sequence[Membership]

    @property
    def without_owner(self) -> bool:
        """Whether nobody can manage it: no owner can sign in and be reached."""
        return not any(_within_reach(one) for one in self.owners)


@dataclass(frozen=True)
class Found:
    """One page of employers, newest first; `older` is where the next page begins."""

    organisations: list[Organisation]
    older: int | None


def organisations(asked: str, today: date, before: int | None = None) -> Found:
    """One page, newest first; `before` leaves out that one and all after it."""
    rows = employers_named(asked).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows[: PAGE + 1])
    shown = page[:PAGE]
    return Found(_filled(shown, today), shown[-1].pk if len(page) > PAGE else None)


def organisation(employer: Employer, today: date) -> Organisation:
    """One employer."""
    return _filled([employer], today)[0]


def overseers(employer: Employer, today: date) -> Sequence[Membership]:
    """Coordinators, who know the team and may be asked to take it over."""
    return list(_with_bounces(_here([employer], today).filter(role=_ROLES.COORDINATOR))[:_MOST])


def members_named(employer: Employer, asked: str, today: date) -> Sequence[Membership]:
    """Its people of that name or address, twenty at most; nobody where nothing is asked for."""
    if not asked:
        return []
    named = people_named(asked).filter(pk=OuterRef("user"))
    return list(_with_bounces(_here([employer], today).filter(Exists(named)))[:_MOST])


def _filled(employers: Sequence[Employer], today: date) -> list[Organisation]:
    here = _here(employers, today)
    numbers = dict(here.order_by().values_list("employer").annotate(Count("pk")))
    owners: defaultdict[int, list[Membership]] = defaultdict(list)
    for one in _with_bounces(here.filter(role=_ROLES.OWNER)):
        owners[one.employer_id].append(one)
    return [Organisation(one, numbers.get(one.pk, 0), owners[one.pk]) for one in employers]


def _here(employers: Iterable[Employer], today: date) -> QuerySet[Membership]:
    return Membership.objects.filter(employer__in=list(employers)).on(today)


def _with_bounces(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    bounces = BouncedAddress.objects.unreached().filter(email_key=OuterRef("user__email_key"))
    return rows.select_related("user").annotate(bounces=Exists(bounces)).order_by("user__name", "pk")


def _within_reach(membership: Membership) -> bool:
    user: User = membership.user
    return user.is_active and not membership.bounces  # type: ignore[attr-defined]
