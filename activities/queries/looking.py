"""Activities that may be the same, and field time that adds up to more than a full job."""

from __future__ import annotations

from datetime import timedelta
from difflib import SequenceMatcher

from certifications.rules.words import KINDS

from ..models import Activity
from .counting import repeats

_NEAR = timedelta(days=3)
_MOST = 40
_ALIKE = 80  # percent of letters in common


def repeated_by(activity: Activity) -> Activity | None:
    """The earlier-logged activity that this one repeats, so that it is counted once; None if there is none."""
    same_day = list(Activity.objects.of(activity.user).kept().filter(on=activity.on, kind=activity.kind))
    original = repeats(same_day).get(activity.pk)
    return next((other for other in same_day if other.pk == original), None)


def alike(activity: Activity) -> Activity | None:
    """An earlier-logged activity that may be the same one: near in time, of the same group, with a title like it.

    None once the person has said to keep both.
    """
    if activity.keep_both or KINDS[activity.kind].over_time:
        return None
    group = [kind.key for kind in KINDS.values() if kind.group == KINDS[activity.kind].group]
    near = (
        Activity.objects.of(activity.user)
        .kept()
        .filter(kind__in=group, on__range=(activity.on - _NEAR, activity.on + _NEAR), pk__lt=activity.pk)
        .order_by("-pk")[:_MOST]
    )
    return next((other for other in near if _sounds_like(other.title, activity.title)), None)


def _sounds_like(one: str, other: str) -> bool:
    first, second = (" ".join(title.casefold().split()) for title in (one, other))
    if first == second or (min(len(first), len(second)) >= 8 and (first in second or second in first)):
        return True
    return SequenceMatcher(None, first, second).ratio() * 100 >= _ALIKE


def overlapping(activity: Activity) -> list[Activity]:
    """Other work over time on some of the same days which, with this, is more than full time. Oldest first."""
    if not KINDS[activity.kind].over_time or activity.since is None:
        return []
    others = (
        Activity.objects.of(activity.user)
        .kept()
        .filter(kind=activity.kind, since__lte=activity.on, on__gte=activity.since)
        .exclude(pk=activity.pk)
        .order_by("on", "pk")
    )
    return [other for other in others[:_MOST] if other.share + activity.share > 100]
