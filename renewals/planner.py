"""What if? Plans counted by the engine, line by line, and the shortest ways to the goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from certifications.models import HeldCertification, Level
from certifications.rules.cases import Entry
from certifications.rules.counting import count
from certifications.rules.dates import written
from certifications.rules.document import Document
from certifications.rules.forecast import at_end
from certifications.rules.points import ONE, show
from certifications.rules.results import Line, Outcome
from certifications.rules.route_search import Route, enough
from certifications.rules.routes import routes
from certifications.rules.standing import judge
from certifications.rules.words import CAP_REASONS, KINDS, STANDING_LABELS, Group, StandingWord

from .plans import MOST_LINES, Plan, PlanLine, work
from .queries import Stand


@dataclass(frozen=True)
class Added:
    """A line of the plan with what it adds, as what, and why not more. Points are hundredths."""

    line: PlanLine
    adds: int
    category: str  # empty where nothing of it counts, or there is only one
    why: str
    remove: str  # query string without this line


@dataclass(frozen=True)
class Way:
    """A shortest way, in words, and the address that takes it up or logs it; empty where there is none."""

    text: str
    until: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class WhatIf:
    """The plan, counted. `total` is what there will be on the last day."""

    lines: tuple[Added, ...]
    total: int
    result: str
    ways: tuple[Way, ...]
    saved: bool  # these lines are the plan that is kept
    kept: int  # lines of the plan that is kept

    @property
    def full(self) -> bool:
        return len(self.lines) >= MOST_LINES

    @property
    def query(self) -> str:
        """The whole plan as a query string."""
        return query_of([added.line for added in self.lines])


def what_if(stand: Stand, lines: Plan, today: date, higher: Level | None) -> WhatIf:
    """Count a plan. `higher` is the next level of the certification, None where there is none or it has no levels."""
    document, case = stand.counted.document, stand.counted.case
    entries = [line.entry(f"plan-{place}") for place, line in enumerate(lines)]
    before = count(document, at_end(case))
    added = []
    for place, line in enumerate(lines):
        after = count(document, at_end(case, entries[: place + 1]))
        rest = query_of([*lines[:place], *lines[place + 1 :]])
        adds, why = after.counted - before.counted, _why(document, before, after, entries[place])
        added.append(Added(line, adds, _counted_as(document, after, entries[place]), why, rest))
        before = after
    found = routes(document, case, entries, without=() if higher else ("upgrade",))
    return WhatIf(
        lines=tuple(added), total=before.counted, result=_result(stand, entries, before) if lines else "",
        ways=tuple(_way(route, lines, today, higher, case.term.never_ends) for route in found),
        saved=sorted(line.token for line in lines) == sorted(line.token for line in stand.plan),
        kept=len(stand.plan),
    )  # fmt: skip


def next_level(held: HeldCertification) -> Level | None:
    """The next rung of the ladder; None on the highest, and where there is no ladder."""
    if held.level is None:
        return None
    above = held.certification.levels.filter(position__gt=held.level.position)
    return above.order_by("position").first()


def query_of(lines: Sequence[PlanLine]) -> str:
    """Lines as a query string; no lines is a plan as well, an empty one."""
    return urlencode([("plan", line.token) for line in lines] or [("plan", "")])


def _why(document: Document, before: Outcome, after: Outcome, entry: Entry) -> str:
    """Why a line adds less than it asks for, or that it meets everything; empty where neither."""
    if after.satisfied_by and not before.satisfied_by:
        return "meets the whole requirement"
    line = next((one for one in after.lines if one.key == entry.key), None)
    if line is None or not line.losses:
        return ""
    loss = max(line.losses, key=lambda one: one.points)
    name = next((one.name for one in document.categories if one.key == line.category), "")
    if line.counted == 0 and loss.reason in CAP_REASONS and name:
        return f"{name} is full" if _is_full(after, line) else loss.text.rstrip(".")
    return loss.text.rstrip(".")


def _counted_as(document: Document, after: Outcome, entry: Entry) -> str:
    """The category that takes a line, which nobody chose: a plan has no topics."""
    line = next((one for one in after.lines if one.key == entry.key and one.counted), None)
    if line is None or len(document.categories) < 2:
        return ""
    return next((one.name for one in document.categories if one.key == line.category), "")


def _is_full(outcome: Outcome, line: Line) -> bool:
    return any(one.key == line.category and one.full for one in outcome.categories)


def _result(stand: Stand, entries: list[Entry], ended: Outcome) -> str:
    """The total with the plan and what it means, in two sentences."""
    document, case = stand.counted.document, stand.counted.case
    standing = judge(document, case, stand.counted.outcome, planned=entries, dates=stand.holding.dates)
    last = written(case.term.earns.last)
    total = f"With this plan: {show(ended.counted)} of {show(ended.needed)} by {last}."
    if case.term.never_ends:
        return f"With this plan: {show(ended.counted)} of {show(ended.needed)}."
    if standing.word not in (StandingWord.DUE, StandingWord.LAPSED):
        return f"{total} {STANDING_LABELS[standing.word]}."
    if enough(ended) or ended.satisfied_by:
        return f"{total} That is enough."
    short = max(0, ended.needed - ended.counted)
    return f"{total} Still {show(short)} short." if short else f"{total} A minimum is still open."


def _way(route: Route, lines: Plan, today: date, higher: Level | None, endless: bool) -> Way:
    text = route.text
    if higher and route.kind == "upgrade":
        text = text.replace("Passing a higher level", f"Pass {higher.name}")
    if route.spread:
        text = f"{text}, spread over the years that are left"
    if route.since:
        worked = f"worked since {written(route.since)}" if route.since < today else ""
        begin = "" if route.done_already else f"begun by {written(route.last_safe)}"
        until = ", or ".join(filter(None, [worked, begin]))
    else:
        until = "" if endless else f"by {written(route.last_safe)}"
    planned = _planned(route, today)
    if planned and len(lines) + len(planned) <= MOST_LINES:
        return Way(text, until, "Add to plan", f"?{query_of([*lines, *planned])}#plan")
    if route.since and route.since < today:
        dates = urlencode({"from": route.since.isoformat()})
        return Way(text, until, "Log it", f"{reverse('activities:field_time')}?{dates}")
    return Way(text, until)


def _planned(route: Route, today: date) -> list[PlanLine]:
    """The lines that take up a route; none where a plan cannot say it, or part of it lies behind."""
    found = []
    for entry in route.entries:
        if entry.topics or entry.type or entry.role or entry.reach or entry.format:
            return []
        if entry.since:
            if entry.since < today:
                return []
            found.append(work(entry.kind, entry.since, entry.on, entry.share))
        else:
            found.append(PlanLine(entry.kind, entry.on, int(entry.amount * ONE), entry.unit))
    return found


def plannable(document: Document) -> tuple[list[str], list[str], bool]:
    """What can be planned under these rules: kinds done at once, units for them, and whether field time counts."""
    kinds = [kind for rule in document.kinds for kind in rule.kind]
    once = [key for key in KINDS if key in kinds and not KINDS[key].over_time]
    units = ["hour"]
    for rule in document.kinds:
        if rule.points is None or rule.stated:
            units.append("point")
        if rule.points is not None and not rule.over_time:
            units += [rule.per, *rule.hours_in]
    field_time = any(KINDS[kind].group is Group.FIELD_TIME for kind in kinds)
    order = ["hour", "point", "each", "day", "month", "ceu", "semester-credit", "quarter-credit", "minute"]
    return once, [unit for unit in order if unit in units], field_time
