"""Where people stand: live counts through the engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from accounts.models import User
from activities.queries import Counted, count_holdings
from certifications.queries import Holding, holdings_of
from certifications.rules.cases import Entry
from certifications.rules.standing import Standing, judge

from .models import PlannedActivity


@dataclass(frozen=True)
class Stand:
    """A held certification with its count and its standing on a day."""

    counted: Counted
    standing: Standing
    planned: tuple[Entry, ...] = ()

    @property
    def holding(self) -> Holding:
        return self.counted.holding


def stands_of(user: User, today: date) -> list[Stand]:
    """Everything a person holds, worst standing first. A fixed number of queries, however much they hold."""
    return stands(holdings_of(user), today)


def stands(holdings: Iterable[Holding], today: date) -> list[Stand]:
    """Count and judge held certifications on a day."""
    wanted = list(holdings)
    plans = planned_for([holding.held.pk for holding in wanted])
    found = []
    for counted in count_holdings(wanted, today):
        planned = tuple(plans.get(counted.holding.held.pk, ()))
        standing = judge(counted.document, counted.case, counted.outcome, planned=planned, dates=counted.holding.dates)
        found.append(Stand(counted, standing, planned))
    return sorted(found, key=lambda stand: stand.standing.order)


def planned_for(held_ids: list[int]) -> dict[int, list[Entry]]:
    """Saved plans by held certification, as the engine's entries."""
    found: dict[int, list[Entry]] = {}
    for plan in PlannedActivity.objects.filter(held__in=held_ids):
        found.setdefault(plan.held_id, []).append(plan_entry(plan))
    return found


def plan_entry(plan: PlannedActivity) -> Entry:
    """A planned activity as an entry; what it needs to count (evidence, confirmation) is taken as given."""
    return Entry(
        key=f"plan-{plan.pk}", on=plan.on, amount=Fraction(plan.amount, 100), unit=plan.unit, kind=plan.kind,
        since=plan.since, share=plan.share, confirmed=True, above_level=True, title=f"plan {plan.pk}",
    )  # fmt: skip
