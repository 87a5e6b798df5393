"""What recording a renewal would do: which result is frozen, what the next period is, what goes over into it."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import date

from activities.queries import Counted, count_holdings
from certifications.models import RuleSetVersion
from certifications.queries import Holding, following_span, version_for
from certifications.rules.dates import DAY, Span, written
from certifications.rules.points import ONE, show
from certifications.rules.results import Over


class CannotRenew(ValueError):
    """Why this renewal cannot be recorded, as a sentence."""


@dataclass(frozen=True)
class Renewal:
    """A renewal worked out, not recorded. Points are hundredths."""

    closing: Counted  # the period that ends, with the days it has then
    planned_end: date  # the first day after it, as it was before the renewal
    lapses_after: date  # the last day on which it could be renewed, as it was before
    following: Span
    version: RuleSetVersion | None  # the rules of the next period
    renewed_on: date
    over: tuple[Over, ...]  # what goes over into the next period, or is owed to it

    @property
    def carried(self) -> int:
        """Points that the next period begins with."""
        return sum(max(0, one.points) for one in self.over)

    @property
    def cut(self) -> bool:
        """Whether the next period begins so early that this one loses days."""
        return self.following.start < self.planned_end

    @property
    def early(self) -> bool:
        """Whether the body renewed before the last day of the period."""
        return self.renewed_on < self.planned_end - DAY

    @property
    def late(self) -> bool:
        """Whether the body renewed after the last day on which it could be renewed."""
        return self.renewed_on > self.lapses_after

    @property
    def gap(self) -> int:
        """Days between the two periods that belong to neither."""
        return max(0, (self.following.start - self.planned_end).days)


def work_out(holding: Holding, *, renewed_on: date, today: date, following: Span | None = None) -> Renewal:
    """What recording this renewal would do. `following` replaces the dates the rules give. Raises CannotRenew."""
    period = holding.period
    if period.never_ends:
        raise CannotRenew("This does not end, so there is nothing to renew.")
    if renewed_on <= period.start:
        raise CannotRenew(f"The renewal must be after this period began on {written(period.start)}.")
    span = following or _by_the_rules(holding, renewed_on, today)
    if span.start <= period.start:
        raise CannotRenew(f"The next period must begin after this one began on {written(period.start)}.")
    counted = _count(_closing(holding, span), today)
    held = holding.held
    version = version_for(held.certification, held.level, span, today) or holding.version
    over = counted.outcome.carried_out
    return Renewal(counted, period.end, holding.dates.lapses_after, span, version, renewed_on, over)


def _by_the_rules(holding: Holding, renewed_on: date, today: date) -> Span:
    # Some ways of renewing, such as an exam, give a period of another length.
    met_by = _count(holding, today).outcome.satisfied_key
    months = next((event.renews_months for event in holding.document.events if event.key == met_by), None)
    try:
        return following_span(holding, renewed_on, months=months)
    except ValueError as error:
        raise CannotRenew(f"To work out the next period, {error}.") from None


def _count(holding: Holding, today: date) -> Counted:
    [counted] = count_holdings([holding], min(today, holding.period.earns_until - DAY))
    return counted


def _closing(holding: Holding, following: Span) -> Holding:
    """The open period as it ends: where the next one begins before its time, on the day before."""
    period = holding.period
    if following.start < period.end:
        period = copy(period)
        period.end = period.earns_until = following.start
    return Holding(holding.held, period, holding.version, holding.document)


def explained(renewal: Renewal) -> list[str]:
    """What the day of the renewal does to the dates, in sentences."""
    ends = written(renewal.planned_end - DAY)
    if renewal.cut:
        shorter = written(renewal.following.start - DAY)
        return [
            f"You renewed before {ends}. The next period begins at once, so this one ends on {shorter}.",
            "What you did after that day counts in the next period.",
        ]
    said = []
    if renewal.early:
        said.append("You renewed early. The next period begins when this one ends, so you lose no time.")
    elif renewal.late:
        back = ways_back(renewal.closing.holding, renewal.renewed_on)
        how = "within the time to reinstate it" if back else "and after the time these rules allow"
        said.append(f"You renewed after {ends}, {how}.")
        said.append("If the certifying body gave other dates, change them below.")
    elif renewal.renewed_on >= renewal.planned_end:
        said.append(f"You renewed after {ends}, within the time these rules allow.")
    if renewal.gap:
        days = "1 day lies" if renewal.gap == 1 else f"{renewal.gap:,} days lie"
        said.append(f"{days} between the two periods. What you did then counts in neither.")
    return said


def missing(renewal: Renewal) -> list[str]:
    """What the closing period still lacks by its rules: "9 points", "6 points for Ethics", or the name of an item."""
    unit = renewal.closing.document.unit
    said = []
    for one in renewal.closing.outcome.shortfalls:
        points = f"{show(one.short)} {unit.one if one.short == ONE else unit.many}"
        if one.counts != "points":
            said.append(one.name)
        else:
            said.append(points if one.key == "total" else f"{points} for {one.name}")
    return said


def ways_back(holding: Holding, today: date) -> list[str]:
    """What the rules say about a certification that has lapsed, in sentences; with its dates, past ones left out."""
    dates, rules = holding.dates, holding.document.period
    names = {tier.key: tier.name for tier in rules.reinstatement}
    tiers = [f"{names[key]}: until {written(until)}." for key, until in dates.reinstatement if until >= today]
    if tiers:
        return tiers
    if dates.suspended_until and dates.suspended_until >= today:
        return [f"It is suspended until {written(dates.suspended_until)}: what is missing can still be earned."]
    if dates.reinstate_until and dates.reinstate_until >= today:
        return [f"It can be reinstated until {written(dates.reinstate_until)}."]
    return []
