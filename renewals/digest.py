"""What the weekly mail to those who oversee a team says: the same queries as the team pages, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import Employer

from .access import people_of
from .teams.board import Tally, next_dates, sums
from .teams.coverage import Cover, covers
from .teams.filters import NEEDS_ACTION, Filters, by_word, members, standings, with_certification
from .teams.rule_news import RuleNews, rule_news
from .teams.told import Told

_NAMED = 10
_DATES = 5


@dataclass(frozen=True)
class Digest:
    """A team on one day: how many stand where, what needs action first, what ends next, what is below target."""

    employer: Employer
    on: date
    people: int
    acting: int
    tallies: tuple[Tally, ...]
    first: tuple[Told, ...]  # the worst, at most ten
    more: int  # how many further certifications need action
    next_dates: tuple[Told, ...]
    gaps: tuple[Cover, ...]
    rules: tuple[RuleNews, ...]  # new rules since the last one

    @property
    def says_something(self) -> bool:
        """Whether there is anything to act on; a mail that says nothing is not sent."""
        return bool(self.acting or self.gaps or self.rules)

    @property
    def headline(self) -> str:
        """The subject: "5 of 8 people need action"."""
        verb = "needs" if self.acting == 1 else "need"
        return f"{self.acting} of {self.people} {'person' if self.people == 1 else 'people'} {verb} action"


def digest(employer: Employer, today: date) -> Digest:
    """The weekly digest of an employer. The same number of queries for one person and for thousands."""
    found = standings(employer, today, Filters())
    needing = by_word(found, NEEDS_ACTION)
    summed = sums(found)
    worst = with_certification(needing).worst_first()[:_NAMED]
    shown = list(worst)
    shares = {one.user_id: one for one in people_of(employer, today).filter(user__in=[row.user_id for row in shown])}
    return Digest(
        employer=employer, on=today, people=members(employer, today, Filters()).count(),
        acting=summed.acting, tallies=summed.tallies,
        first=tuple(Told(row, today, shares[row.user_id].shares_activities, shares[row.user_id]) for row in shown),
        more=needing.count() - len(shown), next_dates=next_dates(found, today, _DATES),
        gaps=tuple(one for one in covers(employer, today) if one.short_now), rules=tuple(rule_news(employer, today)),
    )  # fmt: skip
