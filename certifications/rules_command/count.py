"""`rules count`: a case file counted by a pack, as a ledger to read or as one JSON object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from certifications.rules.cases import Case
from certifications.rules.checking import describe
from certifications.rules.counting import count
from certifications.rules.dates import Span, written
from certifications.rules.document import Document, Escalation
from certifications.rules.escalation import consequence
from certifications.rules.examples import asked, facts_of
from certifications.rules.fees import Due, fees_due
from certifications.rules.period_examples import period_of
from certifications.rules.periods import Dates, Holder, begins_first, dates_of
from certifications.rules.points import show
from certifications.rules.results import Line, Loss, Outcome, Requirement
from certifications.rules.sense import BUILT_IN_FACTS, strange_activities
from certifications.rules.standing import Standing, judge
from certifications.rules.whatif import WhatIf, what_ifs
from certifications.rules.words import KINDS

from .files import CaseFile, NotUsable, case_at, document_for, unusable
from .json_text import Number, text_of


@dataclass(frozen=True)
class Counted:
    """A case with everything the engine says about it."""

    document: Document
    file: CaseFile
    case: Case
    dates: Dates
    outcome: Outcome
    standing: Standing
    follows: Escalation | None
    fees: list[Due]
    changes: dict[str, list[WhatIf]]

    @property
    def currency(self) -> str:
        return self.document.money.currency if self.document.money else ""


def counted(pack: Path, case_file: Path) -> Counted:
    """Count a case file by a pack. Raises WrongUse and NotUsable."""
    file = case_at(case_file)
    try:
        document = document_for(pack, file)
        span, number = period_of(document, file, file.as_of)
    except ValueError as error:
        raise unusable(case_file, error) from None
    if span.end <= span.start:
        raise NotUsable([f"{case_file}: ends: is before starts"])
    wrong = [f"{case_file}: {where}: {what}" for where, what in strange_activities(document, file)]
    if wrong:
        raise NotUsable(wrong)
    case = asked(document, file.model_copy(update={"facts": _facts(document, file, span, number)}), span)
    dates = dates_of(document, span, Holder(file.awarded, file.birth), ordinal=number or 1)
    outcome = count(document, case)
    return Counted(
        document, file, case, dates, outcome, judge(document, case, outcome, dates=dates),
        consequence(document, case, outcome, file.failures), fees_due(document, case, dates),
        what_ifs(document, case, outcome),
    )  # fmt: skip


def _facts(document: Document, file: CaseFile, span: Span, number: int | None) -> dict[str, Any]:
    """The facts of a file, with what follows from its dates."""
    fixed = not document.period.rolling
    if number is None and fixed and file.awarded is not None and begins_first(document, file.awarded, span.start):
        number = 1
    known: dict[str, Any] = {"awarded": file.awarded, "birth": file.birth, "period-number": number}
    if number is not None:
        known["first-period"] = number == 1
    return {key: value for key, value in known.items() if value is not None} | file.facts


def as_json(found: Counted) -> str:
    """The count as one JSON object; points are plain decimals, days are written 2026-10-01."""
    outcome, standing, term = found.outcome, found.standing, found.case.term
    facts = facts_of(outcome)
    return text_of({
        "rules": found.document.rules.key,
        "version": found.document.rules.version,
        "unit": found.document.unit.many,
        "starts": str(term.span.start),
        "ends": None if term.never_ends else str(term.span.last),
        "as_of": str(found.case.as_of),
        "counted": Number(outcome.counted),
        "needed": Number(outcome.needed),
        "asked": Number(outcome.asked),
        "by_category": _points(facts["by_category"]),
        "not_counted": _points(facts["not_counted"]),
        "lost_to_caps": Number(facts["lost_to_caps"]),
        "lost_by_category": _points(facts["lost_by_category"]),
        "excluded": list(facts["excluded"]),
        "compliant": outcome.compliant,
        "shortfalls": [_requirement(one) for one in outcome.shortfalls],
        "requirements": [_requirement(one) for one in outcome.requirements],
        "satisfied_by": outcome.satisfied_by,
        "standing": standing.word.value,
        "standing_line": standing.sub_line,
        "next_step": standing.next_step.text,
        "forecast": None if standing.forecast.total is None else Number(standing.forecast.total),
        "surplus": Number(outcome.surplus),
        "carry_out": Number(outcome.carry_out),
        "carried_out": [_over(one) for one in outcome.carried_out],
        "full_caps": [
            {"rule": cap.key, "name": cap.name, "limit": Number(cap.limit), "used": Number(cap.used),
             "starts": str(cap.start), "ends": str(cap.last)}
            for cap in outcome.caps if cap.full
        ],
        "consequence": found.follows.key if found.follows else "",
        "fees": [{"fee": due.fee.key, "name": due.fee.name, "cents": due.cents} for due in found.fees],
        "lines": [_line(found, line) for line in outcome.lines],
    })  # fmt: skip


def _points(found: dict[str, int]) -> dict[str, Number]:
    return {key: Number(points) for key, points in found.items()}


def _requirement(one: Requirement) -> dict[str, Any]:
    def number(value: int) -> object:
        return Number(value) if one.counts == "points" else value

    return {
        "rule": one.key, "name": one.name, "counts": one.counts, "needed": number(one.needed),
        "have": number(one.have), "short": number(one.short), "met": one.met, "advisory": one.advisory,
    }  # fmt: skip


def _over(one: Any) -> dict[str, Any]:
    return {
        "points": Number(one.points), "category": one.category, "topics": sorted(one.topics),
        "earned_on": str(one.earned_on) if one.earned_on else None,
    }  # fmt: skip


def _line(found: Counted, line: Line) -> dict[str, Any]:
    place = int(line.key) if line.key.isdigit() else None
    return {
        "activity": place,
        "title": found.file.activities[place].title if place is not None else "Carried over",
        "on": str(line.on),
        "asked": Number(line.asked),
        "counted": Number(line.counted),
        "category": line.category,
        "by_category": _points(dict(line.by_category)),
        "excluded": line.excluded,
        "losses": [_loss(found.document, loss) for loss in line.losses],
        "would_count": [
            {"reason": one.reason.value, "text": one.text, "points": Number(one.points)}
            for one in found.changes.get(line.key, [])
        ],
        "steps": list(line.steps),
    }  # fmt: skip


def _loss(document: Document, loss: Loss) -> dict[str, Any]:
    rules = {rule.key: rule.source for rule in document.kinds} | {cap.key: cap.source for cap in document.caps}
    sources = {one.key: one.url for one in document.sources}
    return {
        "points": Number(loss.points), "reason": loss.reason.value, "text": loss.text, "rule": loss.rule,
        "source": sources.get(rules.get(loss.rule, ""), ""),
    }  # fmt: skip


def as_ledger(found: Counted) -> str:
    """The count as people read it."""
    return "\n".join([*_heading(found), "", *_rows(found), "", *_bars(found), "", *_judged(found)])


def _heading(found: Counted) -> Iterator[str]:
    rules, term = found.document.rules, found.case.term
    yield f"{rules.name}, version {rules.version}"
    until = "without an end" if term.never_ends else f"to {written(term.span.last)}"
    yield f"Period {written(term.span.start)} {until}, counted as of {written(found.case.as_of)}"
    asked_for = {fact.key for fact in found.document.facts} | {one.item for one in found.document.every_minimum}
    unasked = sorted(found.file.facts.keys() - asked_for - BUILT_IN_FACTS)
    if unasked:
        yield f"Facts that these rules do not ask for: {', '.join(unasked)}"


def _rows(found: Counted) -> list[str]:
    rows = [("", "Date", "Activity", "Asked", "Counted", "Not")]
    notes: list[list[str]] = [[]]
    for line in found.outcome.lines:
        place = int(line.key) if line.key.isdigit() else None
        title = "Carried over" if place is None else found.file.activities[place].title or _what(found, place)
        rows.append(
            ("" if place is None else line.key, written(line.on), title[:48], show(line.asked), show(line.counted),
             show(line.lost) if line.lost else "")
        )  # fmt: skip
        notes.append(
            [f"{show(loss.points)} {loss.reason.value}: {loss.text}" for loss in line.losses]
            + [f"{one.text}" for one in found.changes.get(line.key, [])]
        )
    outcome = found.outcome
    rows.append(("", "", "Total", show(outcome.asked), show(outcome.counted), show(outcome.not_counted)))
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    lines = []
    for row, more in zip(rows, [*notes, []], strict=True):
        left = [cell.ljust(width) for cell, width in zip(row[:3], widths, strict=False)]
        right = [cell.rjust(width) for cell, width in zip(row[3:], widths[3:], strict=True)]
        lines.append("  ".join([*left, *right]).rstrip())
        lines += [" " * (widths[0] + widths[1] + 4) + note for note in more]
    return lines


def _what(found: Counted, place: int) -> str:
    activity = found.file.activities[place]
    label = KINDS[activity.kind].label if activity.kind in KINDS else ""
    names = {category.key: category.name for category in found.document.categories}
    return label or activity.type or names.get(activity.category or "", "Activity")


def _bars(found: Counted) -> Iterator[str]:
    for one in found.outcome.categories:
        if one.counted or one.cap is not None:
            cap = "" if one.cap is None else f" of {show(one.cap)}"
            yield f"{one.name}: {show(one.counted)}{cap}{', full' if one.full else ''}"


def _judged(found: Counted) -> Iterator[str]:
    outcome, standing = found.outcome, found.standing
    for one in outcome.requirements:
        to_do = one.counts == "item" or (one.counts == "times" and one.needed == 1)
        mark = "" if one.met or to_do else ", recommended" if one.advisory else f", {_short(one)} short"
        yield describe(one, found.document.unit.many) + mark
    if outcome.satisfied_by:
        yield f"Met by: {outcome.satisfied_by}"
    yield f"{standing.label}: {standing.sub_line}"
    if standing.forecast.total is not None:
        yield f"Forecast: {show(standing.forecast.total)}. {standing.forecast.basis}"
    if standing.next_step.text:
        yield f"Next: {standing.next_step.text}"
    if outcome.carry_out:
        yield f"Carried over to the next period: {show(outcome.carry_out)}"
    if found.follows:
        yield f"Consequence: {found.follows.name}"
    for due in found.fees:
        yield f"Fee: {due.fee.name}, {due.cents // 100}.{due.cents % 100:02d} {found.currency}"


def _short(one: Requirement) -> str:
    return show(one.short) if one.counts == "points" else str(one.short)
