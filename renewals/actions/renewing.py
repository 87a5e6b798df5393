"""The certifying body renewed: one period is frozen with its result, the next one opens."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from activities.queries import Counted, count_holdings
from certifications.actions import close_period, open_period
from certifications.models import RenewalPeriod
from certifications.queries import Holding, document_for, holder_of, version_for
from certifications.rules.cases import Carried
from certifications.rules.dates import DAY
from certifications.rules.periods import next_period
from certifications.rules.points import show
from certifications.rules.results import Line, Outcome

from .counting import recount


@transaction.atomic
def record_renewal(
    *, period: RenewalPeriod, renewed_on: date, reference: str, by: User, at: datetime, today: date
) -> RenewalPeriod:
    """The certifying body renewed: freeze this period with its result and open the next one, with what carries over.

    Recording a renewal twice returns the period that the first one opened.
    """
    User.objects.select_for_update().get(pk=period.user_id)
    locked = RenewalPeriod.objects.select_for_update(of=("self",))
    period = locked.select_related("held__user", "version").get(pk=period.pk)
    held = period.held
    if period.closed_at:
        return RenewalPeriod.objects.open().get(held=held)
    recount(user=held.user, at=at, today=today)
    document = document_for(period)
    holding = Holding(held, period, period.version, document)
    [counted] = count_holdings([holding], min(today, period.earns_until - DAY))
    close_period(period=period, result=frozen_result(counted), renewed_on=renewed_on, reference=reference, by=by, at=at)
    span = next_period(document, holding.term.span, holder_of(held), renewed_on=renewed_on)
    version = version_for(held.certification, held.level, span, today) or period.version
    carried = [Carried(counted.outcome.carry_out)] if counted.outcome.carry_out > 0 else []
    following = open_period(held=held, span=span, version=version, ordinal=period.ordinal + 1, carried=carried)
    recount(user=held.user, at=at, today=today)
    return following


def frozen_result(counted: Counted) -> dict[str, object]:
    """A count as plain values, complete enough to be read without engine or rules in years to come."""
    outcome: Outcome = counted.outcome
    version = counted.holding.version
    return {
        "rules": str(version) if version else "no rules published",
        "digest": version.digest if version else "",
        "counted": show(outcome.counted),
        "needed": show(outcome.needed),
        "compliant": outcome.compliant,
        "satisfied_by": outcome.satisfied_by,
        "carry_out": show(outcome.carry_out),
        "categories": [{"name": one.name, "counted": show(one.counted)} for one in outcome.categories],
        "requirements": [
            {"name": one.name, "needed": one.needed, "have": one.have, "met": one.met, "counts": one.counts}
            for one in outcome.requirements
        ],
        "lines": [_frozen_line(counted, line) for line in outcome.lines],
    }


def _frozen_line(counted: Counted, line: Line) -> dict[str, object]:
    claim = counted.claim_of(line)
    return {
        "title": claim.activity.title if claim else "Carried over",
        "activity": claim.activity_id if claim else None,
        "on": line.on.isoformat(),
        "asked": show(line.asked),
        "counted": show(line.counted),
        "category": line.category,
        "losses": [{"points": show(one.points), "reason": one.reason.value, "text": one.text} for one in line.losses],
    }
