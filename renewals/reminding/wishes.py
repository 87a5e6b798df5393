"""What somebody wants to hear, and when: their own choice, else the site's, else the product's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from accounts.models import Employer, User

from ..models import ReminderSettings
from .stages import EMPLOYER_BEFORE, Ladder

FIELDS = ("action", "on_track", "at_risk", "days_before", "quiet_from", "quiet_until", "dates")


@dataclass(frozen=True)
class Wishes:
    """Everything that is chosen, with nothing left open. Hours are of the reader's own clock."""

    action: str = ReminderSettings.Action.SET_TIMES
    on_track: str = ReminderSettings.OnTrack.QUARTERLY
    at_risk: str = ReminderSettings.AtRisk.MONTHLY
    days_before: tuple[int, ...] = Ladder().days_before
    quiet_from: int = 21
    quiet_until: int = 7
    dates: str = ReminderSettings.Dates.ENGLISH
    by_mail: bool = True
    tells_employer: bool = True
    team_digest: bool = True
    team_notices: bool = True
    unsubscribed: int = 0

    @property
    def ladder(self) -> Ladder:
        """The same for the rules of when something is due."""
        return Ladder(
            action=self.action != ReminderSettings.Action.NEVER,
            on_track_months={"quarterly": 3, "monthly": 1}.get(self.on_track, 0),
            at_risk_months=1 if self.at_risk == ReminderSettings.AtRisk.MONTHLY else 0,
            at_risk_days=7 if self.at_risk == ReminderSettings.AtRisk.WEEKLY else 0,
            days_before=self.days_before,
        )

    def quiet(self, moment: datetime, zone: str) -> bool:
        """Whether mail waits at this moment, by the clock of that zone. From and until the same hour: never."""
        hour = moment.astimezone(ZoneInfo(zone)).hour
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


STANDARD = Wishes()


def site_wishes() -> Wishes:
    """What holds for everybody who chose nothing."""
    return _over(STANDARD, ReminderSettings.objects.filter(user=None, employer=None).first())


def wishes_of(user: User) -> Wishes:
    """What one person wants."""
    return wishes_of_all([user.pk])[user.pk]


def wishes_of_all(user_ids: Iterable[int]) -> dict[int, Wishes]:
    """What some people want, by id. One query."""
    wanted = list(user_ids)
    rows = list(ReminderSettings.objects.filter(Q(user__in=wanted) | Q(user=None, employer=None)))
    site = _over(STANDARD, next((row for row in rows if row.user_id is None), None))
    own = {row.user_id: row for row in rows}
    return {pk: _over(site, own.get(pk)) for pk in wanted}


def wishes_of_employer(employer: Employer) -> Wishes:
    """What an employer wants those who oversee its team to hear, and when."""
    return _over(employer_standard(), ReminderSettings.objects.filter(employer=employer).first())


def employer_standard() -> Wishes:
    """What holds for an employer that chose nothing: hours and dates as on the site, days of its own."""
    return replace(site_wishes(), days_before=EMPLOYER_BEFORE, action=STANDARD.action)


def wishes_for_team(user: User, employer: Employer) -> Wishes:
    """What holds for mails about a team: the reader's own choice, else the employer's, else the site's."""
    theirs = _over(site_wishes(), ReminderSettings.objects.filter(employer=employer).first())
    return _over(theirs, ReminderSettings.objects.filter(user=user).first())


def _over(standard: Wishes, row: ReminderSettings | None) -> Wishes:
    if row is None:
        return standard
    chosen = {name: getattr(row, name) for name in FIELDS if getattr(row, name) is not None}
    if "days_before" in chosen:
        chosen["days_before"] = tuple(sorted(chosen["days_before"], reverse=True))
    if row.user_id is None:
        return Wishes(**{**_asked(standard), **chosen})
    personal = ("by_mail", "tells_employer", "team_digest", "team_notices", "unsubscribed")
    return Wishes(**{**_asked(standard), **chosen}, **{name: getattr(row, name) for name in personal})


def _asked(wishes: Wishes) -> dict[str, object]:
    return {name: getattr(wishes, name) for name in FIELDS}
