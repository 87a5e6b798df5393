"""What a person will have when the period ends, if they go on as before or as planned.

A forecast passes through the rules: what is likely to be done is counted by the same engine, so caps hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .cases import Case, Entry, Projection
from .counting import count
from .dates import DAY, Span, add_months, written
from .document import Document
from .points import ONE
from .results import Line, Outcome
from .words import KINDS, Group

HISTORY_DAYS = 90


@dataclass(frozen=True)
class Forecast:
    """Points (hundredths) on the last day of the period, on what basis; `total` is None where none can be given."""

    total: int | None
    too_early: bool
    basis: str
    outcome: Outcome | None = None
    pace: int = 0  # what an even pace would have by today


def forecast(document: Document, case: Case, outcome: Outcome, planned: Sequence[Entry] = ()) -> Forecast:
    """Forecast the count on the last day of the period, by plans if there are any, else by the last 12 months."""
    if case.term.never_ends:
        return Forecast(None, False, "This certification does not end.")
    pace = even_pace(case, outcome.needed)
    last = case.term.earns.last
    if case.as_of > last:
        return Forecast(outcome.counted, False, f"The last day to earn was {written(last)}.", outcome, pace)
    if planned:
        ended = count(document, at_end(case, planned))
        return Forecast(ended.counted, False, "Based on your saved plan.", ended, pace)  # said exactly, so not rounded
    if case.as_of == last:
        return Forecast(outcome.counted, False, "Today is the last day to earn.", outcome, pace)
    if case.as_of < case.term.earns.start:
        return Forecast(None, True, f"This period begins on {written(case.term.span.start)}.", None, pace)
    if history_days(case, outcome) < HISTORY_DAYS:
        return Forecast(None, True, "Too early to forecast. We need 90 days of activity.", None, pace)
    ended = count(document, replace(at_end(case), projected=tuple(projections(case, outcome))))
    return Forecast(_total(outcome, ended), False, "Based on your last 12 months.", ended, pace)


def _total(now: Outcome, ended: Outcome) -> int:
    """What is likely to come on top is rounded down to whole points; what is counted already stays as it is."""
    more = ended.counted - now.counted
    return now.counted + _down(more) if more > 0 else ended.counted


def at_end(case: Case, planned: Sequence[Entry] = ()) -> Case:
    """The same case on the last day that earns, with planned entries done by then."""
    return replace(case, as_of=case.term.earns.last, entries=(*case.entries, *planned))


def even_pace(case: Case, needed: int) -> int:
    """What an even pace from the first day would have by today, in whole points (hundredths)."""
    span = case.term.span
    done = min(max((case.as_of - span.start).days, 0), span.days)
    return _down(needed * done // span.days)


def history_days(case: Case, outcome: Outcome) -> int:
    """Days since the first activity that came as far as the caps; work over time begins with its first day."""
    begins = {entry.key: entry.since or entry.on for entry in case.entries}
    days = [begins.get(line.key, line.on) for line in outcome.lines if not line.excluded and not line.carried]
    first = max(min(days, default=case.as_of), case.term.earns.start)
    return (case.as_of - first).days


def projections(case: Case, outcome: Outcome) -> list[Projection]:
    """The counted rate of the last 12 months, continued to the end; exams passed are not expected to repeat."""
    since = add_months(case.as_of, -12) + DAY
    recent = Span(since, case.as_of + DAY)
    ahead = Span(case.as_of + DAY, case.term.span.end)
    if ahead.end <= ahead.start:
        return []
    entries = {entry.key: entry for entry in case.entries}
    rates: dict[tuple[object, ...], tuple[Entry, int]] = {}
    for line in outcome.lines:
        entry = entries.get(line.key)
        if entry is None or (entry.kind in KINDS and KINDS[entry.kind].group is Group.EXAM):
            continue
        for category, points in line.by_category:
            share = _share(line, entry, points, recent)
            if share:
                sign = (category, entry.kind, entry.type, entry.format, entry.role, entry.reach, entry.topics)
                like = replace(entry, category=category, since=ahead.start, on=ahead.last, key=f"forecast-{len(rates)}")
                rates[sign] = (rates.get(sign, (like, 0))[0], rates.get(sign, (like, 0))[1] + share)
    # By months, as people count: a year ahead is worth a year behind, also where one of them has a leap day.
    times = ahead.months() / recent.months()
    return [Projection(entry, int(points * times)) for entry, points in rates.values()]


def _share(line: Line, entry: Entry, points: int, recent: Span) -> int:
    """The part of a line that falls into the recent span; work over time counts by its days."""
    if entry.since is None:
        return points if recent.holds(line.on) else 0
    work = Span(entry.since, entry.on + DAY)
    common = work.overlap(recent)
    return points * common.days // work.days if common else 0


def _down(points: int) -> int:
    return points // ONE * ONE


def series(outcome: Outcome) -> list[tuple[date, int]]:
    """The counted total after each day on which something counted, oldest first."""
    total = 0
    points: list[tuple[date, int]] = []
    for line in sorted(outcome.lines, key=lambda line: (not line.carried, line.on)):
        total += line.counted
        if points and points[-1][0] == line.on:
            points[-1] = (line.on, total)
        elif line.counted:
            points.append((line.on, total))
    return points
