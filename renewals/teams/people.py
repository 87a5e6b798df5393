"""The people of an employer as a list: who joined, who is invited, what they hold, when they were last active."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, QuerySet

from accounts.models import Employer, Invitation, Membership
from activities.models import Activity
from certifications.rules.words import STANDING_LABELS, StandingWord

from ..access import SEES_ACTIVITIES, people_of, visible_standings
from .board import Tally

PAGE = 50
_INVITED = 50


@dataclass(frozen=True)
class Someone:
    """One row of the list."""

    membership: Membership
    tallies: tuple[Tally, ...]
    last_active: datetime | None

    @property
    def shares_nothing(self) -> bool:
        return self.membership.shares == Membership.Shares.NOTHING


@dataclass(frozen=True)
class PeoplePage:
    """One page of the list."""

    rows: tuple[Someone, ...]
    page: Page[Membership]
    invited: tuple[Invitation, ...]

    @property
    def number(self) -> int:
        return self.page.paginator.count


def people_page(employer: Employer, today: date, now: datetime, words: str = "", number: str = "1") -> PeoplePage:
    """The people whose name holds every one of the words. The same number of queries, however many there are."""
    found = people_of(employer, today)
    for word in words.split()[:8]:
        found = found.filter(user__name__icontains=word)
    page = Paginator(found, PAGE).get_page(number)
    people = list(page.object_list)
    held = _held(employer, today, people)
    active = _active(people)
    rows = tuple(Someone(one, held.get(one.user_id, ()), active.get(one.user_id)) for one in people)
    return PeoplePage(rows, page, tuple(open_invitations(employer, now)[:_INVITED]))


def open_invitations(employer: Employer, now: datetime) -> QuerySet[Invitation]:
    """Invitations that can still be accepted, newest first."""
    return Invitation.objects.filter(
        employer=employer, used_at=None, declined_at=None, revoked_at=None, expires_at__gt=now
    ).order_by("-made_at")


def _held(employer: Employer, today: date, people: Sequence[Membership]) -> dict[int, tuple[Tally, ...]]:
    """How many certifications each holds, by standing, worst first."""
    numbers = (
        visible_standings(employer, today)
        .filter(user__in=[one.user_id for one in people])
        .order_by()
        .values_list("user", "today_word")  # type: ignore[misc]
        .annotate(number=Count("pk"))
    )
    found: dict[int, dict[str, int]] = {}
    for user, word, number in numbers:
        found.setdefault(user, {})[word] = number
    return {
        user: tuple(Tally(word.value, STANDING_LABELS[word], words[word]) for word in StandingWord if word in words)
        for user, words in found.items()
    }


def _active(people: Sequence[Membership]) -> dict[int, datetime]:
    """When those who share activities last logged one."""
    sharing = [one.user_id for one in people if one.shares in SEES_ACTIVITIES]
    rows = Activity.objects.kept().filter(user__in=sharing).order_by().values_list("user").annotate(at=Max("logged_at"))
    return dict(rows)
