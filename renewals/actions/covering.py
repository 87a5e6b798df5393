"""How many people an employer wants to have with a certification, and what people mean to reach."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import Employer, User
from certifications.models import Certification, CoverageTarget, Interest, Level


@transaction.atomic
def set_targets(
    *, employer: Employer, wanted: Mapping[tuple[int, int | None], int | None], by: User, at: datetime
) -> int:
    """Set targets by certification and level; None takes one away. How many changed."""
    Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    kept = {(one.certification_id, one.level_id): one for one in CoverageTarget.objects.filter(employer=employer)}
    changed = 0
    for key, people in wanted.items():
        target = kept.get(key)
        before = target.people if target else None
        if people == before:
            continue
        changed += 1
        if people is None:
            kept[key].delete()
        elif target:
            CoverageTarget.objects.filter(pk=target.pk).update(people=people)
        else:
            CoverageTarget.objects.create(employer=employer, certification_id=key[0], level_id=key[1], people=people)
        told = {"certification": key[0], "level": key[1]}
        record(
            verb="target set", by=by, at=at, target=employer, label=employer.name,
            before={**told, "people": before}, after={**told, "people": people},
        )  # fmt: skip
    return changed


@transaction.atomic
def say_interest(
    *, certification: Certification, level: Level | None, note: str, shared: bool, by: User, at: datetime
) -> Interest:
    """Somebody means to reach a certification or a level of it; said again, the newer words stand."""
    said, _ = Interest.objects.update_or_create(
        user=by, certification=certification, level=level, defaults={"note": note, "shared": shared, "said_at": at}
    )
    record(
        verb="interest said", by=by, at=at, target=said, label=str(level or certification),
        after={"certification": certification.pk, "level": level.pk if level else None, "shared": shared}, subject=by,
    )  # fmt: skip
    return said


@transaction.atomic
def take_interest_back(*, interest: Interest, by: User, at: datetime) -> None:
    """Somebody no longer means to; employers stop seeing it at once."""
    record(
        verb="interest taken back", by=by, at=at, target=interest, label=str(interest),
        before={"certification": interest.certification_id, "level": interest.level_id}, subject=by,
    )  # fmt: skip
    interest.delete()
