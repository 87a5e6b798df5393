"""Counting a person and keeping the result for lists."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from activities.models import Claim
from activities.queries import Counted, first_day_at_work
from certifications.queries import holdings_of
from certifications.rules.checking import describe
from certifications.rules.results import Line

from ..models import Standing
from ..queries import Stand, stands


@transaction.atomic
def recount(*, user: User, at: datetime, today: date) -> list[Stand]:
    """Count everything a person holds, and keep the result for lists: claims and standing snapshots."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
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


_ROOMS = 3  # categories with room that a list names
_KEPT = ("period_id", "asked", "counted", "category", "category_name", "reason", "reason_text")


def _kept(line: Line, claim: Claim, counted: Counted, names: dict[str, str]) -> dict[str, object]:
    period = counted.holding.period
    activity = claim.activity
    first = first_day_at_work(activity) or activity.on
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
            "window_opens": None if standing.never_ends else standing.window_opens,
            "lapses_after": None if standing.never_ends else standing.lapses_after,
            "on_course": standing.on_course,
            "summary": _summary(stand),
            "counted_at": at,
        },
    )


def _summary(stand: Stand) -> dict[str, object]:
    standing = stand.standing
    top = [one for one in stand.counted.outcome.categories if not one.parent]
    worked = _field_time_in(stand) if standing.next_step.action == "field-time" else frozenset()
    rooms = [(one.key in worked, one.room, one.name) for one in top if one.room]
    return {
        "sub_line": standing.sub_line,
        "next": standing.next_step.text,
        "unmet": [describe(one, stand.counted.document.unit.many) for one in standing.unmet],
        "unit": stand.counted.document.unit.many,
        "one": stand.counted.document.unit.one,
        "full": [one.name for one in top if one.full],
        "room": [[name, room] for _, room, name in sorted(rooms, reverse=True)][:_ROOMS],
        "categories": {one.key: one.counted for one in stand.counted.outcome.categories},
    }


def _field_time_in(stand: Stand) -> frozenset[str]:
    """The categories in which field time counts: named first where that is what there is to log."""
    of_work = (rule for rule in stand.counted.document.kinds if "field-time" in rule.kind)
    return frozenset(key for rule in of_work for key in rule.category)
