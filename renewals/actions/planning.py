"""Keeping what somebody plans."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from certifications.models import HeldCertification

from ..models import PlannedActivity
from ..plans import MOST_LINES, Plan, PlanLine
from .counting import recount


@transaction.atomic
def save_plan(*, held: HeldCertification, lines: Plan, by: User, at: datetime, today: date) -> None:
    """Keep these lines, and only these, as the plan for a certification, and recount: the forecast uses it.

    No lines means no plan. Saving the same plan twice changes nothing. Raises ValueError for too many lines.
    """
    if len(lines) > MOST_LINES:
        raise ValueError(f"A plan has at most {MOST_LINES} lines.")
    User.objects.select_for_update(no_key=True).get(pk=held.user_id)
    rows = PlannedActivity.objects.filter(held=held)
    before = [_facts(row) for row in rows]
    after = sorted((_facts(line) for line in lines), key=str)
    if sorted(before, key=str) == after:
        return
    rows.delete()
    PlannedActivity.objects.bulk_create(
        PlannedActivity(
            user_id=held.user_id, held=held, kind=line.kind, since=line.since, on=line.on, amount=line.amount,
            unit=line.unit, share=line.share, saved_at=at,
        )
        for line in lines
    )  # fmt: skip
    audit.record(
        verb="plan saved" if lines else "plan removed", by=by, at=at, target=held, label=str(held), subject=held.user,
        before={"lines": before}, after={"lines": after},
    )  # fmt: skip
    recount(user=held.user, at=at, today=today)


_KEPT = ("kind", "since", "on", "amount", "unit", "share")


def _facts(line: PlannedActivity | PlanLine) -> list[object]:
    return [getattr(line, name) for name in _KEPT]
