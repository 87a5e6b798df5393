"""What is to be done before a renewal is submitted, in the order in which it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.urls import reverse

from certifications.queries import Holding
from certifications.rules.dates import DAY, written
from certifications.rules.points import show
from certifications.rules.results import Requirement
from certifications.rules.words import KINDS, Group, StandingWord

from ..home import without_evidence
from ..queries import Stand
from .making import said

# Field time is usually logged once a month has passed; older than this it is worth a look.
RECENT = timedelta(days=62)


class State(StrEnum):
    TO_DO = "To do"
    COMPLETED = "Completed"
    LATER = "Cannot start yet"
    OPTIONAL = "Optional"


@dataclass(frozen=True)
class Step:
    """One thing to do before submitting: how far it is, and where it is done."""

    text: str
    state: State
    detail: str = ""
    action_label: str = ""
    action_url: str = ""

    @property
    def done(self) -> bool:
        return self.state is State.COMPLETED


@dataclass(frozen=True)
class Readiness:
    """The answer above the steps, and the steps."""

    heading: str
    steps: tuple[Step, ...]
    ready: bool


def readiness_of(stand: Stand, today: date) -> Readiness:
    """How far the renewal of an open period is. `stand` was counted today."""
    steps = [*_requirements(stand), *_evidence(stand), *_work_history(stand, today)]
    to_do = sum(one.state is State.TO_DO for one in steps)
    opens = stand.holding.dates.window_opens
    steps.append(_submitting(stand.holding, can_start=not to_do and opens <= today, opens=opens, today=today))
    return Readiness(_heading(stand, to_do, opens, today), tuple(steps), not to_do)


def _heading(stand: Stand, to_do: int, opens: date, today: date) -> str:
    standing = stand.standing
    if standing.word == StandingWord.LAPSED:
        return f"{stand.holding.held} lapsed on {written(standing.ends_on)}"
    if to_do:
        return f"Not ready yet: {to_do} {'thing' if to_do == 1 else 'things'} to do before you submit"
    return "Ready to submit" if opens <= today else f"Everything is in. You can submit from {written(opens)}"


def _requirements(stand: Stand) -> list[Step]:
    outcome = stand.counted.outcome
    if outcome.satisfied_by:
        return [Step(f"{outcome.satisfied_by} meets everything", State.COMPLETED)]
    return [_requirement(one, stand) for one in outcome.requirements if not one.advisory]


def _requirement(one: Requirement, stand: Stand) -> Step:
    unit = stand.counted.document.unit
    held = stand.holding.held
    state = State.COMPLETED if one.met else State.TO_DO
    if one.key == "total":
        url = "" if one.met else reverse("renewals:standing", args=[held.pk])
        return Step(
            f"Reach {show(one.needed)} {unit.many}", state, f"{show(one.have)} of {show(one.needed)}",
            "" if one.met else "See how", url,
        )  # fmt: skip
    if one.met or one.counts not in ("item", "fact"):
        return Step(said(one, unit.many), state)
    return Step(said(one, unit.many), state, "", "Answer", reverse("renewals:manage", args=[held.pk]))


def _evidence(stand: Stand) -> list[Step]:
    wanting = [line for line in stand.counted.outcome.lines if line.counted and line.evidence and not line.carried]
    if not wanting:
        return []
    missing = sorted(without_evidence(stand))
    name = "Evidence for every activity that asks for it"
    if not missing:
        return [Step(name, State.COMPLETED, "All there")]
    url = reverse("activities:evidence_add", args=[missing[0]])
    if len(missing) > 1:
        url = f"{reverse('activities:list')}?show=unproven&cert={stand.holding.held.pk}"
    return [Step(name, State.TO_DO, f"{len(missing)} missing", "Add evidence", url)]


def _work_history(stand: Stand, today: date) -> list[Step]:
    """Field time goes on while somebody works: where it was logged once and then no more, it may be forgotten."""
    counted = stand.counted
    claims = [counted.claim_of(line) for line in counted.outcome.lines if line.counted]
    worked = [claim.activity.on for claim in claims if claim and KINDS[claim.activity.kind].group is Group.FIELD_TIME]
    if not worked:
        return []
    last = max(worked)
    detail = f"Field time logged to {written(last)}"
    if min(today, stand.holding.period.end - DAY) - last <= RECENT:
        return [Step("Work history up to date", State.COMPLETED, detail)]
    url = reverse("activities:field_time") + f"?from={(last + DAY).isoformat()}"
    return [Step("Work history up to date", State.OPTIONAL, detail, "Log field time", url)]


def _submitting(holding: Holding, *, can_start: bool, opens: date, today: date) -> Step:
    body = holding.held.certification.body
    decider = holding.held.certification.decider
    where = f"{decider}' own site" if decider.endswith("s") else f"{decider}'s own site"
    state = State.TO_DO if can_start else State.LATER
    detail = f"Opens {written(opens)}" if opens > today else f"By {written(holding.dates.submit_by)}"
    if opens <= today and holding.dates.submit_by < today:
        detail = ""
    url = body.url if body and can_start else ""
    return Step(f"Pay and submit on {where}", state, detail, "Open" if url else "", url)
