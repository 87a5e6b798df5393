"""From a count to a packet: what counts in the order of the ledger, its evidence in the same order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F

from accounts.models import User
from activities.amounts import short_amount
from activities.models import Confirmation, Evidence, EvidenceLink
from activities.queries import Counted
from certifications.rules.points import show
from certifications.rules.results import Line, Requirement
from certifications.rules.words import KINDS, REASON_LABELS

from .content import Category, Check, Confirmed, File, Loss, Packet, Row

CARRIED = "Carried over from the period before"


def packet_of(
    counted: Counted, person: User, *, on: date, renewed_on: date | None = None, reference: str = ""
) -> Packet:
    """The packet of a count, made on a day. Two queries, whatever there is to tell."""
    holding, outcome, document = counted.holding, counted.outcome, counted.document
    held, period = holding.held, holding.period
    rows = _Rows(counted)
    body = held.certification.body
    named = body.name if body and body.url else ""
    return Packet(
        person=person.name, certification=str(held), body=named, number=held.number, start=period.start,
        last_day=period.last_day, rules=str(holding.version or "No rules published"),
        rules_digest=holding.version.digest if holding.version else "", made_on=on, renewed_on=renewed_on,
        reference=reference, unit=document.unit.many, asked=show(outcome.asked), counted=show(outcome.counted),
        needed=show(outcome.needed), not_counted=show(outcome.not_counted), complete=outcome.compliant,
        satisfied_by=outcome.satisfied_by,
        categories=tuple(
            Category(name=one.told, counted=show(one.counted), cap="" if one.cap is None else show(one.cap))
            for one in outcome.categories
        ),
        checks=tuple(
            Check(text=said(one, document.unit.many), met=one.met)
            for one in outcome.requirements if one.key != "total" and not one.advisory
        ),
        rows=tuple(rows.counting), left_out=tuple(rows.left_out), files=tuple(rows.files),
    )  # fmt: skip


def said(one: Requirement, unit: str) -> str:
    """A requirement with its numbers: "Minimum of Ethics: 2 of 4 hours"."""
    match one.counts:
        case "points":
            return f"{one.name}: {show(one.have)} of {show(one.needed)} {unit}"
        case "categories":
            return one.name if one.met else f"{one.name}: {one.have} so far"
        case "item":
            return one.name if one.needed == 1 else f"{one.name}: {one.have} of {one.needed}"
    return f"{one.name}: {one.have} of {one.needed}"


class _Rows:
    """The lines of a count as rows, numbered, with their files."""

    def __init__(self, counted: Counted) -> None:
        self._counted = counted
        self._names = {category.key: category.name for category in counted.document.categories}
        lines = sorted(counted.outcome.lines, key=lambda line: (line.on, line.key))
        ids = [claim.activity_id for claim in counted.claims.values()]
        self._confirmed = _confirmations(ids)
        self._links = _links(ids)
        self.files: list[File] = []
        self._numbers: dict[str, int] = {}
        counting = [line for line in lines if line.counted]
        self.counting = [self._row(line, number) for number, line in enumerate(counting, 1)]
        self.left_out = [self._row(line, self._number(line)) for line in lines if line.losses]

    def _row(self, line: Line, number: int) -> Row:
        claim = self._counted.claim_of(line)
        activity = claim.activity if claim else None
        losses = tuple(
            Loss(points=show(one.points), label=REASON_LABELS[one.reason], text=one.text) for one in line.losses
        )
        common: dict[str, Any] = {
            "number": number, "on": line.on, "category": self._names.get(line.category, ""), "asked": show(line.asked),
            "counted": show(line.counted), "losses": losses,
        }  # fmt: skip
        if number:
            self._numbers[line.key] = number
        if activity is None:
            return Row(title=CARRIED, **common)
        proofs = self._links.get(activity.pk, [])
        return Row(
            title=activity.title, since=activity.since, kind=KINDS[activity.kind].label,
            amount=short_amount(activity.amount, activity.unit), provider=activity.provider,
            files=tuple(self._file(proof, number) for proof in proofs) if number else (),
            lacks_evidence=bool(number and line.evidence and not proofs),
            confirmed=self._confirmed.get(activity.pk, ()), **common,
        )  # fmt: skip

    def _number(self, line: Line) -> int:
        return self._numbers.get(line.key, 0)

    def _file(self, proof: Evidence, row: int) -> int:
        """The number of a file; the same bytes under the same name are listed once."""
        for place, one in enumerate(self.files):
            if (one.sha256, one.name) == (proof.sha256, proof.name):
                self.files[place] = one.model_copy(update={"rows": tuple(sorted({*one.rows, row}))})
                return one.number
        number = len(self.files) + 1
        new = File(
            number=number, name=proof.name, media_type=proof.media_type, size=proof.size, sha256=proof.sha256,
            rows=(row,),
        )  # fmt: skip
        self.files.append(new)
        return number


def _links(activities: Iterable[int]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = {}
    links = EvidenceLink.objects.filter(
        activity__in=activities, evidence__removed_at=None, evidence__state=Evidence.State.STORED
    )
    for link in links.select_related("evidence").order_by("evidence__uploaded_at", "evidence_id"):
        found.setdefault(link.activity_id, []).append(link.evidence)
    return found


def _confirmations(activities: Iterable[int]) -> dict[int, tuple[Confirmed, ...]]:
    """What employers confirmed of the activities as they are now."""
    said_of = Confirmation.objects.filter(
        activity__in=activities, state=Confirmation.State.CONFIRMED, version=F("activity__version")
    )
    found: dict[int, tuple[Confirmed, ...]] = {}
    for one in said_of.select_related("employer").order_by("at"):
        told = Confirmed(employer=one.employer_id, name=one.employer.name, on=one.at.date())
        found[one.activity_id] = (*found.get(one.activity_id, ()), told)
    return found
