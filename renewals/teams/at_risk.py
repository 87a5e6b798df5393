"""The at-risk list: what is short, why, what would fix it, and when the person was last reminded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min, OuterRef, Q, Subquery

from accounts.models import Employer, Membership

from ..access import people_of, visible_standings
from ..models import Reminder, Standing
from .filters import NEEDS_ACTION, Filters, by_word, standings, with_certification
from .told import Told

PAGE = 50


@dataclass(frozen=True)
class Risk:
    """One row: a standing that needs action."""

    told: Told
    reminded_at: datetime | None


@dataclass(frozen=True)
class NextEnd:
    """What is said where nobody needs action: the next day on which something ends, and for how many people."""

    on: date
    people: int


@dataclass(frozen=True)
class AtRisk:
    """One page of the list."""

    rows: tuple[Risk, ...]
    page: Page[Standing]
    ending: int  # of all rows, how many end until the last day asked about, or have ended
    ended: int  # of these, how many have ended already
    next_end: NextEnd | None

    @property
    def number(self) -> int:
        return self.page.paginator.count


def at_risk(employer: Employer, today: date, filters: Filters, last: date, number: str = "1") -> AtRisk:
    """Everything that needs action, worst first. The same number of queries, however long the list is."""
    wanted = filters if filters.standing else replace(filters, standing=NEEDS_ACTION)
    found = standings(employer, today, wanted)
    asked = Reminder.objects.filter(user=OuterRef("user"), employer=employer).order_by().values("user")
    listed = with_certification(found.annotate(reminded_at=Subquery(asked.annotate(at=Max("sent_at")).values("at"))))
    page = Paginator(listed.worst_first(), PAGE).get_page(number)
    shown = list(page.object_list)
    members = {one.user_id: one for one in people_of(employer, today).filter(user__in=[row.user_id for row in shown])}
    rows = tuple(
        Risk(Told(row, today, member.shares_activities, member), getattr(row, "reminded_at", None))
        for row, member in ((row, members[row.user_id]) for row in shown)
    )
    by_then = found.order_by().aggregate(
        ending=Count("pk", filter=Q(ends_on__lte=last)), ended=Count("pk", filter=Q(ends_on__lt=today))
    )
    return AtRisk(rows, page, by_then["ending"], by_then["ended"], None if rows else _next_end(employer, today))


def _next_end(employer: Employer, today: date) -> NextEnd | None:
    ahead = visible_standings(employer, today).filter(ends_on__gte=today)
    first = ahead.aggregate(on=Min("ends_on"))["on"]
    if first is None:
        return None
    return NextEnd(first, ahead.filter(ends_on=first).aggregate(n=Count("user", distinct=True))["n"])


@dataclass(frozen=True)
class Recipient:
    """Somebody to be reminded, of what, and why not where that is so."""

    membership: Membership
    told: tuple[Told, ...]
    email: str = ""
    already: bool = False

    @property
    def reachable(self) -> bool:
        return bool(self.email and self.told) and not self.already


def recipients(memberships: Sequence[Membership], today: date) -> list[Recipient]:
    """Whom a reminder would go to, with what it is about. Three queries for people of one employer."""
    if not memberships:
        return []
    employer, users = memberships[0].employer, [one.user_id for one in memberships]
    by_person = {one.user_id: one for one in memberships}
    told: dict[int, list[Told]] = {}
    found = by_word(visible_standings(employer, today).filter(user__in=users), NEEDS_ACTION)
    for row in with_certification(found).worst_first():
        told.setdefault(row.user_id, []).append(
            Told(row, today, by_person[row.user_id].shares_activities, by_person[row.user_id])
        )
    emails = confirmed_emails(users)
    # Reminders of the product itself count too, so that "already" never tells of another employer.
    sent_today = Q(stage=asked_stage(today)) | Q(sent_at__date=today)
    already = set(Reminder.objects.filter(sent_today, user__in=users).values_list("user", flat=True))
    return [
        Recipient(one, tuple(told.get(one.user_id, ())), emails.get(one.user_id, ""), one.user_id in already)
        for one in memberships
    ]


def confirmed_emails(users: Iterable[int]) -> dict[int, str]:
    """The confirmed address of each person who has one."""
    rows = EmailAddress.objects.filter(user__in=list(users), verified=True).order_by("primary", "pk")
    return dict(rows.values_list("user", "email"))


def asked_stage(day: date) -> str:
    """The stage of a reminder that an employer asked for on this day: one for a person and day."""
    return f"asked-{day.isoformat()}"
