"""What lies ahead, in sentences: the forecast, what is full, what can no longer be earned, what carries over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from certifications.rules.dates import written
from certifications.rules.document import Document
from certifications.rules.points import ONE, show
from certifications.rules.results import CategoryTotal, Outcome
from certifications.rules.standing import Standing
from certifications.rules.words import KINDS, Group, StandingWord

from .queries import Stand

Step = tuple[date, int]
# What people call more of the same.
MORE = {
    Group.CLASS: "more classes",
    Group.FIELD_TIME: "more field time",
    Group.MEETING: "more meetings",
    Group.TEACHING: "more teaching",
    Group.EXAM: "more exams",
    Group.OTHER: "more of the same",
}


@dataclass(frozen=True)
class Outlook:
    """The forecast with its sentences, and the line it makes in the chart."""

    message: str
    sentences: tuple[str, ...]
    ahead: tuple[Step, ...]


def outlook_of(stand: Stand) -> Outlook | None:
    """What is ahead; None where no points are needed or nothing ends."""
    standing, outcome = stand.standing, stand.counted.outcome
    if not standing.needed or standing.never_ends:
        return None
    return Outlook(_message(stand), tuple(_sentences(stand, standing, outcome)), ahead(stand))


def _message(stand: Stand) -> str:
    standing, last = stand.standing, stand.counted.case.term.earns.last
    total = standing.forecast.total
    if standing.word is StandingWord.LAPSED or total is None:
        return ""
    return f"Forecast {show(total)} of {show(standing.needed)} on {written(last)}"


def _sentences(stand: Stand, standing: Standing, outcome: Outcome) -> Iterable[str]:
    yield standing.forecast.basis
    if outcome.satisfied_by:
        yield f"{outcome.satisfied_by}: this meets the whole requirement."
        return
    if standing.complete or standing.word is StandingWord.LAPSED:
        return
    yield from (_full(stand.counted.document, one) for one in outcome.categories if one.full and one.counted)


def _full(document: Document, category: CategoryTotal) -> str:
    rule = next((rule for rule in document.kinds if category.key in rule.category and rule.kind), None)
    more = MORE[KINDS[rule.kind[0]].group] if rule else MORE[Group.OTHER]
    return f"{category.name} is full, so {more} will not add points."


def ahead(stand: Stand) -> tuple[Step, ...]:
    """The forecast as points of a line after today: work over time rises, single activities step up."""
    standing, case = stand.standing, stand.counted.case
    ended = standing.forecast.outcome
    if standing.forecast.total is None or ended is None or case.as_of >= case.term.earns.last:
        return ()
    planned = {entry.key: entry for entry in stand.planned}
    found: list[Step] = []
    total = standing.counted
    for line in sorted(ended.lines, key=lambda line: line.on):
        entry = planned.get(line.key)
        if entry and line.counted and line.on > case.as_of:
            begins = max(entry.since, case.as_of) if entry.since else line.on
            found.append((begins, total))
            total = min(total + line.counted, standing.forecast.total)
            found.append((line.on, total))
    last = (case.term.earns.last, standing.forecast.total)
    return (*found, last) if not found or found[-1] != last else tuple(found)


def room_left(outcome: Outcome) -> list[str]:
    """What can no longer be earned by new work: room in years that are over, unless that work was done then."""
    found = []
    for category in outcome.categories:
        years = [year for year in category.years if year.past and year.cap is not None and year.room]
        coming = sum(year.room for year in category.years if not year.past and year.cap is not None)
        gone = min(category.room or 0, sum(year.room for year in years)) if years else 0
        gone = max(0, min(gone, (category.room or 0) - coming))
        if gone:
            latest = written(max(year.last for year in years))
            found.append(
                f"{category.name}: {show(gone)} of the room for {show(category.room or 0)} "
                f"can only be filled by work done by {latest}."
            )
    return found


def surplus(document: Document, outcome: Outcome) -> str:
    """What is above the need, and where it goes; empty if nothing is, and where nothing is needed nor kept."""
    if not outcome.surplus or not (outcome.needed or document.carry_over):
        return ""
    unit = document.unit
    above = f"{show(outcome.surplus)} {unit.one if outcome.surplus == ONE else unit.many} above what you need."
    if document.carry_over is None:
        return f"{above} These rules do not carry {unit.many} over."
    if outcome.carry_out <= 0:
        return f"{above} None of them carries over by these rules."
    return f"{above} {show(outcome.carry_out)} would go into the next period."
