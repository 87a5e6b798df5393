"""Facts as they were known at a moment: rows of today with everything that happened since taken back, in memory."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from accounts.models import AuditEvent
from activities.models import Activity, Claim, Confirmation, Evidence, EvidenceLink
from certifications.models import HeldCertification, RenewalPeriod, RuleSetVersion
from certifications.queries import earning_days, version_for
from certifications.rules.dates import DAY, Span

from ..models import PlannedActivity

_DATES = frozenset({"on", "since", "awarded_on"})


@dataclass
class Known:
    """What was known of one held certification at a moment."""

    held: HeldCertification
    period: RenewalPeriod
    claims: dict[str, Claim]
    settled: dict[str, Claim]  # of periods that were closed by then
    planned: list[PlannedActivity]
    later: int = 0  # how many changes of what is counted were taken back


@dataclass
class _Since:
    """What happened after the moment, newest first, by what it happened to."""

    events: dict[tuple[str, str], list[AuditEvent]] = field(default_factory=dict)

    def to(self, row: Any) -> list[AuditEvent]:
        return self.events.get((row._meta.label_lower, str(row.pk)), [])

    def changes(self, held: HeldCertification) -> int:
        """How many were about this certification, its periods or an activity; sign-ins and employers are no part."""
        activities = Activity._meta.label_lower
        periods = RenewalPeriod.objects.filter(held=held)
        logged = sum(len(some) for (kind, _), some in self.events.items() if kind == activities)
        return logged + sum(len(self.to(row)) for row in (held, *periods))


def since(user_id: int, at: datetime) -> _Since:
    """Everything about a person that was noted after this moment. One query."""
    found = _Since()
    rows = AuditEvent.objects.filter(Q(subject=user_id) | Q(subject=None, actor=user_id), at__gt=at)
    for event in rows.order_by("-at", "-id"):
        found.events.setdefault((event.target_type, event.target_id), []).append(event)
    return found


def known(held: HeldCertification, at: datetime, day: date) -> Known | None:
    """What was known at this moment; None where the certification was not in the record then."""
    if held.added_at > at:
        return None
    gone = since(held.user_id, at)
    was = _held(held, gone)
    if was.removed_at is not None and was.removed_at <= at:
        return None
    period = _period(was, gone, at, day)
    if period is None:
        return None
    claims, settled = _claims(was, period, gone, at)
    planned = _planned(was, gone, at)
    return Known(was, period, claims, settled, planned, gone.changes(held))


def _held(held: HeldCertification, gone: _Since) -> HeldCertification:
    was = copy(held)
    for event in gone.to(held):
        before = event.data.get("before") or {}
        match event.verb:
            case "certification corrected":
                was.number, was.facts = before["number"], before["facts"]
                was.awarded_on = _read("awarded_on", before["awarded_on"])
            case "level changed":
                was.level = held.certification.levels.filter(code=before["level"]).first()
            case "certification brought back":
                was.removed_at = held.added_at  # it was removed then, whenever that had been
            case "certification removed":
                was.removed_at = None
    return was


def _period(held: HeldCertification, gone: _Since, at: datetime, day: date) -> RenewalPeriod | None:
    """The period that was open then: the first that was not closed yet."""
    open_then = RenewalPeriod.objects.filter(held=held).filter(Q(closed_at=None) | Q(closed_at__gt=at))
    row = open_then.select_related("version__rule_set").order_by("ordinal").first()
    if row is None:
        return None
    period = copy(row)
    period.held = held
    moved = False
    for event in gone.to(row):
        before = event.data.get("before") or {}
        if event.verb == "period follows new rules":
            period.version = RuleSetVersion.objects.filter(pk=before["version"]).select_related("rule_set").first()
            period.earns_from, period.earns_until = (_day(before[name]) for name in ("earns_from", "earns_until"))
            period.carried_in = [one for one in period.carried_in if not one.get("kept")]
        if event.verb == "period corrected":
            period.start, period.end, moved = _day(before["start"]), _day(before["last_day"]) + DAY, True
    if moved or any(event.verb == "level changed" for event in gone.to(held)):
        _decided_anew(period, held, day)
    return period


def _decided_anew(period: RenewalPeriod, held: HeldCertification, day: date) -> None:
    """Dates or level were others: the version and the days that count followed from them."""
    span = Span(period.start, period.end)
    period.version = version_for(held.certification, held.level, span, day)
    earns = earning_days(period.version, held, span, period.ordinal)
    period.earns_from, period.earns_until = earns.start, earns.end


def _claims(
    held: HeldCertification, period: RenewalPeriod, gone: _Since, at: datetime
) -> tuple[dict[str, Claim], dict[str, Claim]]:
    """What the person had logged by then, as it was said then; apart what closed periods had by then."""
    rows = Claim.objects.filter(held=held, activity__logged_at__lte=at).select_related("activity", "period")
    proofs, said = _proofs(held.user_id, gone, at), _confirmed(held.user_id, at)
    found: list[Claim] = []
    settled: list[Claim] = []
    for row in rows:
        activity = _activity(row.activity, gone)
        if activity is None:
            continue
        claim = copy(row)
        claim.activity = activity
        claim.proven, claim.told = row.activity_id in proofs, False  # type: ignore[attr-defined]
        claim.confirmed = Confirmation.State.CONFIRMED in said.get(row.activity_id, ())  # type: ignore[attr-defined]
        claim.refused = Confirmation.State.CHANGE in said.get(row.activity_id, ())  # type: ignore[attr-defined]
        (settled if _settled(row, period, at) else found).append(claim)
    found.sort(key=lambda claim: (claim.activity.on, claim.activity_id))
    return {str(claim.pk): claim for claim in found}, {str(claim.pk): claim for claim in settled}


def _settled(claim: Claim, period: RenewalPeriod, at: datetime) -> bool:
    """Whether a period that was closed by then has it."""
    counted = claim.period
    return bool(counted and counted.pk != period.pk and counted.closed_at and counted.closed_at <= at)


def _activity(activity: Activity, gone: _Since) -> Activity | None:
    """The activity as it was; None where it was deleted."""
    was, deleted = copy(activity), activity.deleted_at is not None
    for event in gone.to(activity):
        before = event.data.get("before") or {}
        match event.verb:
            case "activity changed":
                for name, value in before.items():
                    setattr(was, name, _read(name, value))
            case "activity deleted":
                deleted = False
            case "activity brought back":
                deleted = True
            case "kept both":
                was.keep_both = False
    return None if deleted else was


def _proofs(user_id: int, gone: _Since, at: datetime) -> set[int]:
    """Activities that had a file with them."""
    links = EvidenceLink.objects.filter(user=user_id, evidence__uploaded_at__lte=at).select_related(
        "evidence", "activity"
    )
    found = set()
    for link in links:
        there = _was_there(link.evidence, gone.to(link.activity))
        if there:
            found.add(link.activity_id)
    return found


def _was_there(evidence: Evidence, events: Iterable[AuditEvent]) -> bool:
    there = evidence.removed_at is None
    for event in events:
        if (event.data.get("after") or {}).get("evidence") not in (None, evidence.pk):
            continue
        there = {"evidence added": False, "evidence removed": True, "evidence brought back": False}.get(
            event.verb, there
        )
    return there


def _confirmed(user_id: int, at: datetime) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for one in Confirmation.objects.filter(owner=user_id, at__lte=at):
        found.setdefault(one.activity_id, set()).add(one.state)
    return found


def _planned(held: HeldCertification, gone: _Since, at: datetime) -> list[PlannedActivity]:
    """The plan that was kept then: what the first change after it replaced, else the one of now."""
    changes = [event for event in gone.to(held) if event.verb in ("plan saved", "plan removed")]
    if not changes:
        return list(PlannedActivity.objects.filter(held=held, saved_at__lte=at))
    lines = (changes[-1].data.get("before") or {}).get("lines", [])
    return [
        PlannedActivity(
            held=held, kind=kind, since=_read("since", since_day), on=_day(on), amount=amount, unit=unit, share=share
        )
        for kind, since_day, on, amount, unit, share in lines
    ]  # fmt: skip


def _read(name: str, value: Any) -> Any:
    """A fact as the trail keeps it: days are texts there."""
    return _day(value) if name in _DATES and isinstance(value, str) else value


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
