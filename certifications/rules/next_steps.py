"""The one thing to do next, in words: what follows "Next:" on every page and in every mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from .cases import Case, Entry
from .counting import count
from .dates import DAY, Span, whole_months, written
from .document import Document, KindRule
from .forecast import at_end
from .needing import active_minimums, applies
from .periods import Dates
from .points import ONE, show
from .results import Outcome, Requirement
from .route_search import free_since, is_full
from .words import KINDS, Group, StandingWord


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next, in words, and where it leads."""

    text: str
    action: str = ""  # field-time | log | renew | reinstate | nothing
    since: date | None = None
    room: int = 0
    until: date | None = None  # where it is about a time that is over: its last day


class Judged(Protocol):
    """What is known of a standing before its next step is."""

    @property
    def word(self) -> StandingWord: ...
    @property
    def complete(self) -> bool: ...
    @property
    def ready(self) -> bool: ...
    @property
    def to_go(self) -> int: ...


def next_step(document: Document, case: Case, outcome: Outcome, judged: Judged, dates: Dates) -> NextStep:
    """The next step of one held certification as of the case's day."""
    if judged.word is StandingWord.LAPSED:
        return _lapsed(case, dates)
    if judged.complete:
        return _complete(document, case, outcome, judged, dates)
    earns = case.term.earns
    if case.as_of < earns.start:
        return NextStep(f"nothing to do before {written(earns.start)}.", "nothing")
    if case.as_of > earns.last and not case.term.never_ends:
        last = dates.lapses_after
        text = f"ask the certifying body by {written(last)}. The last day to earn was {written(earns.last)}."
        return NextStep(text, "nothing")
    if judged.to_go:
        work = field_time_step(document, case, outcome)
        if work and (work.since or work.room >= judged.to_go):
            return work
        return _points_step(document, case, outcome, judged.to_go) or work or _all_full(document, outcome)
    return _other_step(document, case, outcome)


def _lapsed(case: Case, dates: Dates) -> NextStep:
    until = dates.reinstate_until or dates.suspended_until
    by = f" by {written(until)}" if until and case.as_of <= until else ""
    return NextStep(f"ask the certifying body how to reinstate it{by}. If you already renewed, record it.", "reinstate")


def _complete(document: Document, case: Case, outcome: Outcome, judged: Judged, dates: Dates) -> NextStep:
    if case.term.never_ends:
        return NextStep("nothing to do.", "nothing")
    by = written(dates.submit_by)
    if judged.ready:
        verb = "send the renewal" if asks_anything(outcome) else "renew it"
        return NextStep(f"{verb} by {by}, then record it here.", "renew")
    if document.period.renew_from_points and asks_anything(outcome):
        return NextStep(f"send the renewal any day until {by}. The dates stay the same.", "renew")
    return NextStep(f"nothing to do before {written(dates.window_opens)}.", "nothing")


def asks_anything(outcome: Outcome) -> bool:
    """Whether these rules ask for anything at all; a credential may simply end on its date."""
    return bool(outcome.needed or outcome.requirements or outcome.satisfied_by)


def field_time_step(document: Document, case: Case, outcome: Outcome) -> NextStep | None:
    """Logging work over time: since the last of it, or in a gap before where that brings more; how much can count."""
    if case.term.never_ends:
        return None
    for rule in document.kinds:
        kind = rule.kind[0] if rule.kind else ""
        if not (rule.over_time and kind in KINDS and KINDS[kind].group is Group.FIELD_TIME):
            continue
        if not applies(rule.when, case.facts) or is_full(outcome, rule):
            continue
        name, short = _lower(rule.name), outcome.needed - outcome.counted
        ahead, gap = Span(free_since(case, kind), case.term.span.end), longest_gap(case, kind)
        now = ahead.start <= case.as_of
        room = _room(document, case, rule, ahead)
        missed = _room(document, case, rule, gap) if gap and (room < short or not now) else 0
        if gap and missed > room:
            days = f"{written(gap.start)} to {written(gap.last)}"
            text = f"log {name} from {days}. Up to {show(missed)} can count."
            return NextStep(text, "field-time", gap.start, missed, gap.last)
        if room and now:
            text = f"log {name} since {written(ahead.start)}. Up to {show(room)} can count."
            return NextStep(text, "field-time", ahead.start, room)
        if room:
            text = f"keep logging {name}. Up to {show(room)} more can count by {written(ahead.last)}."
            return NextStep(text, "field-time", None, room)
    return None


def longest_gap(case: Case, kind: str) -> Span | None:
    """The longest stretch of the period, before the last work of this kind, in which none is logged."""
    free, found = case.term.span.start, None
    for entry in sorted(case.entries, key=lambda one: one.since or one.on):
        if entry.kind == kind and entry.since and entry.on <= case.as_of:
            if entry.since > free and (found is None or entry.since - free > found.end - found.start):
                found = Span(free, entry.since)
            free = max(free, entry.on + DAY)
    return found


def _room(document: Document, case: Case, rule: KindRule, span: Span) -> int:
    """How many whole points full-time work in these days would bring; none for less than a month."""
    if span.start >= span.end or whole_months(span.start, span.end) < 1:
        return 0
    work = Entry(
        key="next", on=span.last, since=span.start, amount=span.months(), unit="month", kind=rule.kind[0],
        category=rule.category[0],
    )  # fmt: skip
    gain = count(document, at_end(case, [work])).counted - count(document, at_end(case)).counted
    return max(0, gain // ONE * ONE)


def _points_step(document: Document, case: Case, outcome: Outcome, to_go: int) -> NextStep | None:
    """Where points are missing and field time does not do: what most of them must be, or where the room is."""
    still = f"{_points(document, to_go)} to go"
    own = {minimum.key for minimum in active_minimums(document, case)}  # an alternative's minimums are no duty
    wanted = [one for one in outcome.shortfalls if one.counts == "points" and _when(one, case) == _NOW]
    wanted = [one for one in wanted if one.key in own or one.window]
    if wanted:
        most = max(wanted, key=lambda one: one.short)
        part = "all" if most.short >= to_go else f"{show(most.short)} of them"
        return NextStep(f"log an activity. {still}, {part} for {most.name}.", "log", None, to_go)
    at_will = {category for rule in document.kinds if not _is_exam(rule) for category in rule.category}
    rules = [rule for rule in document.kinds if not rule.over_time or len(rule.kind) != 1]
    usable = {category for rule in rules for category in rule.category}
    with_room = [one for one in outcome.categories if one.key in usable and one.room != 0]
    if not with_room:
        return None
    open_now = [one for one in with_room if one.ahead != 0]
    best = max(
        open_now or with_room, key=lambda one: (one.ahead is None, one.key in at_will, one.ahead or one.room or 0)
    )
    room = best.ahead or best.room
    if room is None:
        return NextStep(f"log an activity. {still}.", "log", None, to_go)
    what = "an activity" if open_now else "an activity of an earlier year"
    return NextStep(f"log {what}. {best.name} has room for {_points(document, room)}.", "log", None, room)


def _is_exam(rule: KindRule) -> bool:
    """Whether only an exam brings it, which nobody takes for the points alone."""
    return bool(rule.kind) and all(KINDS[kind].group is Group.EXAM for kind in rule.kind)


def _all_full(document: Document, outcome: Outcome) -> NextStep:
    event = next((event for event in document.events if not event.minimums), None)
    helps = f" {event.name} meets all {show(outcome.needed)}." if event else ""
    return NextStep(f"every category is full.{helps}", "log")


def _other_step(document: Document, case: Case, outcome: Outcome) -> NextStep:
    """Where the total is there and something else is left: what can be done now before what comes later."""
    one = min(outcome.shortfalls, key=lambda one: _when(one, case))
    if one.counts == "points":
        have = f"You have {show(one.have)} of {show(one.needed)}."
        if _when(one, case) == _PAST:
            have += " Only activities from that time can fill it."
        more = f"{show(one.short)} more {document.unit.one if one.short == ONE else document.unit.many}"
        return NextStep(f"{more} for {one.name}. {have}", "log", None, one.short)
    if one.counts == "categories":
        return NextStep(f"log something in another category. You have {one.have} of {one.needed}.", "log")
    by = "" if case.term.never_ends else f", by {written(case.term.span.last)}"
    return NextStep(f"still to do: {_lower(one.name)}{by}.", "log")


_NOW, _LATER, _PAST = range(3)


def _when(requirement: Requirement, case: Case) -> int:
    """Whether what is missing can be done now, only in a year that has not begun, or only looking back."""
    if requirement.window is None:
        return _NOW
    start, last = requirement.window
    if last < min(case.as_of, case.term.span.last):
        return _PAST
    return _LATER if case.as_of < start else _NOW


def _points(document: Document, points: int) -> str:
    return f"{show(points)} {document.unit.one if points == ONE else document.unit.many}"


def _lower(name: str) -> str:
    """A name inside a sentence; a short form such as CPE keeps its capitals."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
