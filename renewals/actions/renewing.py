"""The certifying body renewed: one period is frozen with its result, the next one opens."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from activities.queries import Counted
from certifications.actions import close_period, open_period
from certifications.models import RenewalPeriod
from certifications.queries import Holding, document_for
from certifications.rules.cases import Carried
from certifications.rules.dates import Span
from certifications.rules.points import show
from certifications.rules.results import Line, Outcome

from ..models import PlannedActivity
from ..packets.making import packet_of
from ..renewal import work_out
from .counting import recount
from .packing import keep_packet


@transaction.atomic
def record_renewal(
    *,
    period: RenewalPeriod,
    renewed_on: date,
    reference: str,
    by: User,
    at: datetime,
    today: date,
    following: Span | None = None,
) -> RenewalPeriod:
    """The certifying body renewed: freeze this period with its result and its packet, and open the next one, with what
    carries over.

    `following` replaces the next dates that the rules give. Recording a renewal twice returns the period that the
    first one opened. Raises CannotRenew.
    """
    User.objects.select_for_update(no_key=True).get(pk=period.user_id)
    locked = RenewalPeriod.objects.select_for_update(no_key=True, of=("self",))
    period = locked.select_related("held__user", "held__certification", "held__level", "version").get(pk=period.pk)
    held = period.held
    if period.closed_at:
        return RenewalPeriod.objects.open().get(held=held)
    holding = Holding(held, period, period.version, document_for(period))
    renewal = work_out(holding, renewed_on=renewed_on, today=today, following=following)
    if renewal.cut:
        period.end = period.earns_until = renewal.following.start
        period.save(update_fields=["end", "earns_until"])
    recount(user=held.user, at=at, today=today)
    result = frozen_result(renewal.closing)
    close_period(period=period, result=result, renewed_on=renewed_on, reference=reference, by=by, at=at)
    packet = packet_of(renewal.closing, held.user, on=today, renewed_on=renewed_on, reference=reference)
    keep_packet(packet=packet, period=period, by=by, at=at)
    carried = [Carried(one.points, one.category, one.topics, one.earned_on, one.periods) for one in renewal.over]
    opened = open_period(
        held=held, span=renewal.following, version=renewal.version, ordinal=period.ordinal + 1, carried=carried
    )
    PlannedActivity.objects.filter(held=held, on__lt=opened.start).delete()
    recount(user=held.user, at=at, today=today)
    return opened


def frozen_result(counted: Counted) -> dict[str, object]:
    """A count as plain values, complete enough to be read without engine or rules in years to come."""
    outcome: Outcome = counted.outcome
    version = counted.holding.version
    return {
        "rules": str(version) if version else "no rules published",
        "digest": version.digest if version else "",
        "level": counted.holding.held.level.name if counted.holding.held.level else "",
        "unit": counted.document.unit.many,
        "as_of": counted.case.as_of.isoformat(),
        "asked": show(outcome.asked),
        "counted": show(outcome.counted),
        "needed": show(outcome.needed),
        "compliant": outcome.compliant,
        "satisfied_by": outcome.satisfied_by,
        "carry_out": show(outcome.carry_out),
        "categories": [{"name": one.told, "counted": show(one.counted)} for one in outcome.categories],
        "requirements": [
            {"name": one.name, "needed": one.needed, "have": one.have, "met": one.met, "counts": one.counts}
            for one in outcome.requirements
        ],
        "lines": [_frozen_line(counted, line) for line in outcome.lines],
    }


def _frozen_line(counted: Counted, line: Line) -> dict[str, object]:
    claim = counted.claim_of(line)
    since = claim.activity.since if claim else None
    names = {category.key: category.name for category in counted.document.categories}
    return {
        "title": claim.activity.title if claim else "Carried over",
        "activity": claim.activity_id if claim else None,
        "since": since.isoformat() if since else None,
        "on": line.on.isoformat(),
        "asked": show(line.asked),
        "counted": show(line.counted),
        "category": names.get(line.category, ""),
        "losses": [{"points": show(one.points), "reason": one.reason.value, "text": one.text} for one in line.losses],
    }
