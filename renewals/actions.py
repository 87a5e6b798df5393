"""Writes that change where somebody stands: each does its work and recounts in the same transaction."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from activities.actions import (
    Facts,
    amend_activity,
    claim_everything,
    keep_both,
    log_activity,
    restore_activity,
    withdraw_activity,
)
from activities.models import Activity, Claim
from activities.queries import Counted, count_holdings
from certifications.actions import close_period, open_period
from certifications.models import RenewalPeriod
from certifications.queries import Holding, document_for, holder_of, holdings_of, version_for
from certifications.rules.cases import Carried
from certifications.rules.dates import DAY
from certifications.rules.periods import next_period
from certifications.rules.points import show
from certifications.rules.results import Line, Outcome

from .models import Standing
from .queries import Stand, stands


@transaction.atomic
def recount(*, user: User, at: datetime, today: date) -> list[Stand]:
    """Count everything a person holds, and keep the result for lists: claims and standing snapshots."""
    User.objects.select_for_update().get(pk=user.pk)
    found = stands(holdings_of(user), today)
    for stand in found:
        _keep_claims(stand.counted)
        _keep_standing(stand, at)
    return found


def _keep_claims(counted: Counted) -> None:
    """Write what each claim counted, where it differs from what is kept. Claims of closed periods stay as they are."""
    lines = {line.key: line for line in counted.outcome.lines}
    names = {category.key: category.name for category in counted.document.categories}
    changed = []
    for key, claim in counted.claims.items():
        if claim.period_id not in (None, counted.holding.period.pk):
            continue
        line = lines[key]
        kept = _kept(line, claim, counted, names)
        if any(getattr(claim, name) != value for name, value in kept.items()):
            for name, value in kept.items():
                setattr(claim, name, value)
            changed.append(claim)
    Claim.objects.bulk_update(changed, list(_KEPT), batch_size=500)


_KEPT = ("period_id", "asked", "counted", "category", "category_name", "reason", "reason_text")


def _kept(line: Line, claim: Claim, counted: Counted, names: dict[str, str]) -> dict[str, object]:
    period = counted.holding.period
    activity = claim.activity
    first = activity.since or activity.on
    inside = first < period.earns_until and activity.on >= period.earns_from
    loss = max(line.losses, key=lambda one: one.points, default=None)
    return {
        "period_id": period.pk if inside else None,
        "asked": line.asked,
        "counted": line.counted if inside else 0,
        "category": line.category,
        "category_name": names.get(line.category, ""),
        "reason": loss.reason.value if loss else "",
        "reason_text": loss.text if loss else "",
    }


def _keep_standing(stand: Stand, at: datetime) -> None:
    standing, holding = stand.standing, stand.holding
    Standing.objects.update_or_create(
        held=holding.held,
        defaults={
            "user": holding.held.user,
            "period": holding.period,
            "version": holding.version,
            "word": standing.word.value,
            "complete": standing.complete,
            "counted": standing.counted,
            "needed": standing.needed,
            "asked": stand.counted.outcome.asked,
            "forecast": standing.forecast.total,
            "short": standing.short,
            "ends_on": None if standing.never_ends else standing.ends_on,
            "summary": _summary(stand),
            "counted_at": at,
        },
    )


def _summary(stand: Stand) -> dict[str, object]:
    standing = stand.standing
    return {
        "sub_line": standing.sub_line,
        "next": standing.next_step.text,
        "unit": stand.counted.document.unit.many,
        "categories": {one.key: one.counted for one in stand.counted.outcome.categories},
    }


@transaction.atomic
def log(
    *, facts: Facts, nonce: UUID, by: User, at: datetime, today: date, not_for: frozenset[int] = frozenset()
) -> Activity:
    """Log an activity and recount. The same form (`nonce`) stores one activity, however often it is sent."""
    activity, new = log_activity(facts=facts, nonce=nonce, by=by, at=at, not_for=not_for)
    if new:
        recount(user=by, at=at, today=today)
    return activity


@transaction.atomic
def amend(
    *,
    activity: Activity,
    facts: Facts,
    version: int,
    by: User,
    at: datetime,
    today: date,
    not_for: frozenset[int] | None = None,
) -> Activity:
    """Correct an activity and recount. Raises StaleActivity and ActivityClosed."""
    amended = amend_activity(activity=activity, facts=facts, version=version, by=by, at=at, not_for=not_for)
    recount(user=activity.user, at=at, today=today)
    return amended


@transaction.atomic
def withdraw(*, activity: Activity, by: User, at: datetime, today: date) -> None:
    """Delete an activity (it can be brought back) and recount. Raises ActivityClosed."""
    withdraw_activity(activity=activity, by=by, at=at)
    recount(user=activity.user, at=at, today=today)


@transaction.atomic
def restore(*, activity: Activity, by: User, at: datetime, today: date) -> None:
    """Bring a deleted activity back and recount."""
    restore_activity(activity=activity, by=by, at=at)
    recount(user=activity.user, at=at, today=today)


@transaction.atomic
def count_both(*, activity: Activity, by: User, at: datetime, today: date) -> None:
    """Count an activity that looked like another one."""
    keep_both(activity=activity, by=by, at=at)
    recount(user=activity.user, at=at, today=today)


@transaction.atomic
def take_up(*, period: RenewalPeriod, at: datetime, today: date) -> None:
    """After a certification was added or brought back: claim what was logged before, and recount."""
    claim_everything(held=period.held)
    recount(user=period.held.user, at=at, today=today)


@transaction.atomic
def record_renewal(
    *, period: RenewalPeriod, renewed_on: date, reference: str, by: User, at: datetime, today: date
) -> RenewalPeriod:
    """The certifying body renewed: freeze this period with its result and open the next one, with what carries over.

    Recording a renewal twice returns the period that the first one opened.
    """
    period = RenewalPeriod.objects.select_for_update().select_related("held__user", "version").get(pk=period.pk)
    held = period.held
    if period.closed_at:
        return RenewalPeriod.objects.open().get(held=held)
    recount(user=held.user, at=at, today=today)
    document = document_for(period)
    holding = Holding(held, period, period.version, document)
    [counted] = count_holdings([holding], min(today, period.earns_until - DAY))
    close_period(
        period=period, result=frozen_result(counted), renewed_on=renewed_on, reference=reference, by=by, at=at
    )
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
