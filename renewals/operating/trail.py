"""The audit trail as a list: newest first, by person, by what was done, by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from accounts.models import AuditEvent, User, email_key

PAGE = 50
_MOST_PEOPLE = 200
# What people wrote for themselves alone, and what opens a file: kept in the trail, but not for running the site.
_NOT_SHOWN = frozenset({"note", "sha256", "hash", "token", "birth_date"})


@dataclass(frozen=True)
class Trail:
    """What is asked for. Nothing set means everything."""

    who: str = ""  # part of a name, or a whole address
    what: str = ""  # part of what was done, or of what it was done to
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return bool(self.who or self.what or self.since or self.until)


@dataclass(frozen=True)
class Change:
    """One value that an event changed."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Found:
    """One page of events, each with its changes; `older` is where the next page begins."""

    events: list[tuple[AuditEvent, list[Change]]]
    older: int | None


def trail(asked: Trail, before: int | None = None) -> Found:
    """One page of the trail, newest first; `before` leaves out that event and all after it."""
    events = AuditEvent.objects.select_related("actor", "subject").order_by("-pk")
    if before is not None:
        events = events.filter(pk__lt=before)
    if asked.who:
        people = list(
            User.objects.filter(Q(name__icontains=asked.who) | Q(email_key=email_key(asked.who)))
            .order_by("pk")
            .values_list("pk", flat=True)[:_MOST_PEOPLE]
        )
        events = events.filter(Q(actor__in=people) | Q(subject__in=people))
    if asked.what:
        events = events.filter(Q(verb__icontains=asked.what) | Q(label__icontains=asked.what))
    if asked.since:
        events = events.filter(at__gte=datetime.combine(asked.since, time.min, UTC))
    if asked.until:
        events = events.filter(at__lt=datetime.combine(asked.until + timedelta(days=1), time.min, UTC))
    page = list(events[: PAGE + 1])
    shown = page[:PAGE]
    return Found([(event, changes_of(event.data)) for event in shown], shown[-1].pk if len(page) > PAGE else None)


def changes_of(data: dict[str, Any]) -> list[Change]:
    """What an event changed, value by value."""
    before, after = data.get("before") or {}, data.get("after") or {}
    names = [*before, *(name for name in after if name not in before)]
    return [
        Change(name.replace("_", " "), "", "not shown here")
        if name in _NOT_SHOWN
        else Change(name.replace("_", " "), _said(before.get(name)), _said(after.get(name)))
        for name in names
    ]


def _said(value: Any) -> str:
    match value:
        case None | "":
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(_said(one) for one in value)
        case dict():
            return ", ".join(f"{name} {_said(one)}" for name, one in value.items() if name not in _NOT_SHOWN)
    return str(value)
