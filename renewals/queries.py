"""Where people stand: live counts through the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import structlog

from accounts.models import User
from activities.queries import Counted, Question, questions
from certifications.models import HeldCertification
from certifications.queries import Holding, holdings_of
from certifications.rules.cases import Entry
from certifications.rules.standing import Standing, judge

from .models import PlannedActivity
from .models import Standing as Snapshot
from .plans import Plan, plan_of

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Stand:
    """A held certification with its count and its standing on a day."""

    counted: Counted
    standing: Standing
    planned: tuple[Entry, ...] = ()
    plan: Plan = ()

    @property
    def holding(self) -> Holding:
        return self.counted.holding


@dataclass(frozen=True)
class Uncounted:
    """A held certification whose count failed today, with the last result that is kept of it, if any."""

    holding: Holding
    snapshot: Snapshot | None


def stands_of(user: User, today: date) -> list[Stand]:
    """Everything a person holds, worst standing first. A fixed number of queries, however much they hold.

    What could not be counted is left out: see `overview`.
    """
    return stands(holdings_of(user), today)


def stands(holdings: Iterable[Holding], today: date) -> list[Stand]:
    """Count and judge held certifications on a day; a count that fails stops none of the others."""
    return _judged(holdings, today)[0]


def overview(user: User, today: date) -> tuple[list[Stand], list[Uncounted]]:
    """Everything a person holds, worst standing first, and apart from it what could not be counted today."""
    found, failed = _judged(holdings_of(user), today)
    kept = Snapshot.objects.filter(held__in=[holding.held for holding in failed]).in_bulk(field_name="held_id")
    return found, [Uncounted(holding, kept.get(holding.held.pk)) for holding in failed]


def stand_of(holding: Holding, today: date) -> Stand | Uncounted:
    """One held certification."""
    found, failed = _judged([holding], today)
    if failed:
        return Uncounted(holding, Snapshot.objects.filter(held=holding.held).first())
    return found[0]


def _judged(holdings: Iterable[Holding], today: date) -> tuple[list[Stand], list[Holding]]:
    wanted = list(holdings)
    plans = planned_for([holding.held.pk for holding in wanted], today)
    found, failed = [], []
    for question in questions(wanted, today):
        try:
            found.append(stand_from(question, plans.get(question.holding.held.pk, ())))
        except Exception:
            # Whatever is wrong with one count, the others must be shown and kept.
            log.exception("count failed", held=question.holding.held.pk, period=question.holding.period.pk)
            failed.append(question.holding)
    return sorted(found, key=lambda stand: stand.standing.order), failed


def stand_from(question: Question, plan: Plan = (), *, advise: bool = True) -> Stand:
    """Count and judge one question, with what is planned; without `advise` the word and the numbers alone."""
    counted = question.counted()
    planned = tuple(line.entry(f"plan-{place}") for place, line in enumerate(plan))
    standing = judge(
        counted.document, counted.case, counted.outcome, planned=planned, dates=counted.holding.dates,
        advise=advise,
    )  # fmt: skip
    return Stand(counted, standing, planned, plan)


def planned_for(held_ids: list[int], today: date) -> dict[int, Plan]:
    """Saved plans by held certification, as far as they lie ahead: what is over is logged or did not happen."""
    found: dict[int, list[PlannedActivity]] = {}
    for planned in PlannedActivity.objects.filter(held__in=held_ids, on__gte=today):
        found.setdefault(planned.held_id, []).append(planned)
    return {held: plan_of(rows, today) for held, rows in found.items()}


def holders(size: int) -> Iterator[list[int]]:
    """Everybody who holds something, by id, in lists of at most `size`; each list is one query."""
    last = 0
    held = HeldCertification.objects.in_use()
    while found := list(held.filter(user__gt=last).order_by("user").values_list("user", flat=True).distinct()[:size]):
        yield found
        last = found[-1]
