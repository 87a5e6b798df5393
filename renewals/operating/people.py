"""People for whoever runs the site: how to reach them, their roles and their mails. Never what they logged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.db.models import Count, Q, QuerySet

from accounts.finding import people_named
from accounts.models import BouncedAddress, Membership, User

from ..models import Reminder
from .mails import LEFT

PAGE = 50
GROUPS = {
    "": "Everybody",
    "rules": "Rules admins",
    "site": "Site admins",
    "bounced": "Address bounces",
    "closed": "Closed accounts",
}
_MOST = 20

State = Reminder.State
_UNSENT = Q(channel=Reminder.Channel.EMAIL) & (
    Q(state__in=[State.PENDING, State.RETRY, State.CLAIMED, State.HANDING, State.UNCERTAIN])
    | (Q(state=State.FAILED) & ~Q(error__startswith=LEFT))
)


@dataclass(frozen=True)
class Unsent:
    """How many mails to one person are not sent."""

    waiting: int = 0
    failed: int = 0
    uncertain: int = 0


@dataclass(frozen=True)
class Somebody:
    """One row of the list."""

    user: User
    bounces: bool
    unsent: Unsent


@dataclass(frozen=True)
class Found:
    """One page of people, newest first; `older` is where the next page begins."""

    people: list[Somebody]
    older: int | None


@dataclass(frozen=True)
class Known:
    """What is known of one account."""

    user: User
    confirmed: bool
    two_step: bool
    bounced: BouncedAddress | None
    memberships: Sequence[Membership]
    unsent: Unsent
    mails: Sequence[Reminder]


def people(asked: str, group: str, today: date, before: int | None = None) -> Found:
    """One page of a group of GROUPS, newest account first; `before` leaves out that one and all after it."""
    rows = _in_group(people_named(asked), group).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows[: PAGE + 1])
    shown = page[:PAGE]
    bouncing = set(
        BouncedAddress.objects.unreached()
        .filter(email_key__in=[one.email_key for one in shown])
        .values_list("email_key", flat=True)
    )
    unsent = _unsent(shown, today)
    return Found(
        [Somebody(one, one.email_key in bouncing, unsent.get(one.pk, Unsent())) for one in shown],
        shown[-1].pk if len(page) > PAGE else None,
    )


def admins() -> tuple[int, int]:
    """How many run the site and how many write rules, of those who can sign in."""
    here = User.objects.filter(is_active=True)
    return here.filter(is_site_admin=True).count(), here.filter(is_rules_admin=True).count()


def known(user: User, today: date) -> Known:
    """One account, in the same number of questions whatever is in it."""
    address = EmailAddress.objects.filter(user=user, verified=True, email__iexact=user.email)
    return Known(
        user,
        address.exists(),
        is_mfa_enabled(user),
        BouncedAddress.objects.unreached().about(user.email).first(),
        list(Membership.objects.of(user).on(today).select_related("employer").order_by("joined_on", "pk")[:_MOST]),
        _unsent([user], today).get(user.pk, Unsent()),
        list(
            Reminder.objects.filter(_UNSENT, user=user, due_on__lte=today)
            .select_related("employer")
            .order_by("due_on", "pk")[:_MOST]
        ),
    )


def _in_group(rows: QuerySet[User], group: str) -> QuerySet[User]:
    match group:
        case "rules":
            return rows.filter(is_rules_admin=True)
        case "site":
            return rows.filter(is_site_admin=True)
        case "closed":
            return rows.filter(is_active=False)
        case "bounced":
            return rows.filter(email_key__in=BouncedAddress.objects.unreached().values("email_key"))
    return rows


def _unsent(people: Iterable[User], today: date) -> dict[int, Unsent]:
    rows = Reminder.objects.filter(_UNSENT, user__in=list(people), due_on__lte=today).order_by()
    counted = rows.values("user_id").annotate(
        failed=Count("pk", filter=Q(state=State.FAILED)),
        uncertain=Count("pk", filter=Q(state=State.UNCERTAIN)),
        waiting=Count("pk", filter=~Q(state__in=[State.FAILED, State.UNCERTAIN])),
    )
    return {row["user_id"]: Unsent(row["waiting"], row["failed"], row["uncertain"]) for row in counted}
