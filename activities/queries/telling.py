"""The story of an activity, read from the audit trail and told in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import AuditEvent
from certifications.rules.dates import written
from certifications.rules.words import FORMATS, KINDS, REACHES, ROLES

from ..amounts import written_amount
from ..models import Activity

LABELS = {
    "kind": "Kind", "type": "Type", "title": "Title", "since": "First day", "on": "Date", "amount": "Amount",
    "share": "Share of full time", "provider": "Provider", "format": "Format", "role": "Role", "reach": "Reach",
    "topics": "Topics", "course": "Course code", "above_level": "Training above your level", "link": "Link",
    "note": "Notes",
}  # fmt: skip
_TOLD = {
    "activity logged": "Logged", "activity changed": "Changed", "activity deleted": "Deleted",
    "activity brought back": "Brought back", "kept both": "Marked as not the same as another activity",
    "evidence added": "Evidence added", "evidence removed": "Evidence removed",
    "evidence brought back": "Evidence brought back", "confirmation asked for": "Confirmation asked for",
    "activity confirmed": "Confirmed", "change asked for": "Change asked for",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One fact of an edit: what it was and what it is; empty where nothing was said."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Event:
    """One thing that happened to an activity."""

    at: datetime
    who: str
    what: str
    detail: str = ""
    changes: tuple[Change, ...] = ()


def story_of(activity: Activity) -> list[Event]:
    """Everything that happened to an activity, newest first. One query."""
    rows = (
        AuditEvent.objects.filter(target_type=activity._meta.label_lower, target_id=str(activity.pk))
        .select_related("actor")
        .order_by("-id")
    )
    return [_event(row) for row in rows]


def _event(row: AuditEvent) -> Event:
    before, after = row.data.get("before"), row.data.get("after") or {}
    changes = differences(before, after) if before and row.verb == "activity changed" else ()
    who = "you" if row.actor_id == row.subject_id else str(row.actor or "CPD Points")
    return Event(row.at, who, _TOLD.get(row.verb, row.verb.capitalize()), str(after.get("name", "")), changes)


def differences(before: Mapping[str, Any], after: Mapping[str, Any], *, everything: bool = False) -> tuple[Change, ...]:
    """What differs between two sets of facts, each in words; with `everything`, all that either of them says.

    Dates may be dates or ISO texts.
    """
    both = [Change(label, said(name, before), said(name, after)) for name, label in LABELS.items()]
    return tuple(one for one in both if one.differs or (everything and (one.before or one.after)))


def said(name: str, facts: Mapping[str, Any]) -> str:
    """One fact in words; "" where nothing was said."""
    value = facts.get(name)
    if name == "amount":
        return written_amount(int(facts["amount"]), str(facts["unit"]))
    if name == "above_level":
        return "" if value is None else "Yes" if value else "No"
    if value in (None, "", []):
        return ""
    if name == "kind":
        return KINDS[str(value)].label
    if name in ("on", "since"):
        return written(value if isinstance(value, date) else date.fromisoformat(str(value)))
    if name == "topics":
        return ", ".join(str(topic) for topic in value)
    if name == "share":
        return f"{value}%"
    return {"format": FORMATS, "role": ROLES, "reach": REACHES}.get(name, {}).get(str(value), str(value))
