"""New rules, told to an employer once: which, from when, and what they do to its people's standings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Window
from django.db.models.functions import RowNumber

from accounts.models import Employer
from certifications.models import RuleSetVersion
from certifications.rules.dates import DAY

from ..access import visible_standings
from ..impact.comparing import WORDS
from ..models import Change, RuleChange, SimulationRow
from ..models.rule_changes import SimulationRowQuerySet

_NAMED = 5


@dataclass(frozen=True)
class RuleNews:
    """One published version: whose standing gets worse, at most five by name, and how many others it touches.

    No points: a total may be somebody's own business where the standing is shared.
    """

    version: RuleSetVersion
    worse: tuple[str, ...]
    worse_in_all: int
    others: int  # certifications that change otherwise

    @property
    def more(self) -> int:
        return self.worse_in_all - len(self.worse)


def digest_day(employer: Employer, today: date) -> date:
    """The last day for a weekly mail up to today; today, where there are no weekly mails."""
    if employer.digest_weekday is None:
        return today
    return today - timedelta(days=(today.isoweekday() + 6 - employer.digest_weekday) % 7)


def rule_news(employer: Employer, today: date) -> list[RuleNews]:
    """What was published in the seven days before the day of this week's mail, as far as it touches what the employer
    may see. Weeks meet without a gap, so each version is told of once. One query, or three where something was.
    """
    zone, day = ZoneInfo(employer.time_zone), digest_day(employer, today)
    since, until = (datetime.combine(one, time.min, zone) for one in (day - 7 * DAY, day))
    changes = RuleChange.objects.exclude(state=RuleChange.State.WITHDRAWN).filter(
        version__rule_set__employer=None, published_at__gte=since, published_at__lt=until
    )
    found = {one.simulation_id: one.version for one in changes.select_related("version__rule_set").order_by("pk")}
    if not found:
        return []
    rows = SimulationRow.objects.affected().filter(
        simulation__in=found, held__in=visible_standings(employer, today).values("held")
    )
    tally = {
        (simulation, change): number
        for simulation, change, number in rows.values_list("simulation", "change").annotate(number=Count("pk"))
    }
    named = _named(rows.filter(change=Change.WORSE)) if tally else {}
    news = []
    for simulation, version in found.items():
        worse = tally.get((simulation, Change.WORSE), 0)
        others = tally.get((simulation, Change.FEWER), 0) + tally.get((simulation, Change.BETTER), 0)
        if worse or others:
            news.append(RuleNews(version, tuple(named.get(simulation, ())), worse, others))
    return news


def _named(rows: SimulationRowQuerySet) -> dict[int, list[str]]:
    """ "Haddad R., Fire Alarm Systems, Level II: On track becomes At risk", the first few of each simulation."""
    placed = rows.annotate(place=Window(RowNumber(), partition_by="simulation", order_by=["held__user__name", "held"]))
    found: dict[int, list[str]] = defaultdict(list)
    shown = placed.filter(place__lte=_NAMED).select_related("held__user", "held__certification", "held__level")
    for row in shown.order_by("simulation", "place"):
        was, becomes = WORDS.get(row.was, row.was), WORDS.get(row.becomes, row.becomes)
        found[row.simulation_id].append(f"{row.held.user.name}, {row.held}: {was} becomes {becomes}")
    return found
