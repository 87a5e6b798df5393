"""Running the worked examples of a rule document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from .cases import Carried, Case, Entry, Term
from .counting import count
from .dates import DAY, Span
from .document import Document, Example, ExampleActivity, Expect, PeriodExample
from .period_dates import Holder, dates_of
from .periods import first_period, joined_period, next_period, period_ending, rolling_window
from .points import ONE, show
from .results import Outcome
from .standing import judge
from .words import CAP_REASONS


@dataclass(frozen=True)
class Failure:
    """An example that gave something else than it says."""

    example: str
    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.example}: {self.what} should be {self.expected} and is {self.found}"


def run_examples(document: Document) -> list[Failure]:
    """Run every example of a document; an empty list means all of them hold."""
    failures: list[Failure] = []
    for example in document.examples:
        failures += run_example(document, example)
    for period_example in document.period_examples:
        failures += run_period_example(document, period_example)
    return failures


def entry_of(document: Document, activity: ExampleActivity, key: str, level: object = "") -> Entry:
    """An example's activity as the engine's entry; `level` is the level its holder has."""
    return Entry(
        key=key, on=activity.on, amount=activity.amount, unit=activity.unit, kind=activity.kind or "",
        since=activity.since, title=activity.title, type=activity.type, category=activity.category or "",
        format=activity.format, role=activity.role, reach=activity.reach, topics=frozenset(activity.topics),
        course=activity.course, above_level=_above(document, activity.level, level), shared=activity.shared,
        evidence=activity.evidence, confirmed=activity.confirmed, relevant=activity.relevant,
        submitted_on=activity.submitted_on,
    )  # fmt: skip


def _above(document: Document, level: str, held: object) -> bool | None:
    """Whether a level stands above the one held, in the order of the document; None where nothing is said."""
    ladder = document.rules.levels
    if level not in ladder or held not in ladder:
        return None
    return ladder.index(level) > ladder.index(str(held))


def case_of(document: Document, example: Example) -> Case:
    """An example as a case: its period, widened as the period rules say, its activities and facts."""
    span = Span(example.starts, example.ends + DAY)
    holder = Holder(_day(example.facts.get("awarded")), _day(example.facts.get("birth")))
    term = Term(span, span, True) if document.period.never_ends else dates_of(document, span, holder).term
    return Case(
        term=term,
        as_of=example.as_of,
        entries=tuple(
            entry_of(document, activity, str(place), example.facts.get("level", ""))
            for place, activity in enumerate(example.activities)
        ),
        carried=tuple(Carried(one.points, one.category or "", frozenset(one.topics)) for one in example.carried),
        facts=example.facts,
    )


def _day(value: object) -> date | None:
    """A date fact: a date in a file, its ISO text in a stored document."""
    return date.fromisoformat(value) if isinstance(value, str) else value if isinstance(value, date) else None


def run_example(document: Document, example: Example) -> list[Failure]:
    """What one example gets wrong."""
    case = case_of(document, example)
    outcome = count(document, case)
    found = {**facts_of(outcome), **_standing(document, case, outcome, example)}
    failures = []
    for what in Expect.model_fields:
        expected = getattr(example.expect, what)
        if expected is None:
            continue
        actual = found[what]
        if what in ("by_category", "lost_by_category"):
            expected = {key: value for key, value in expected.items() if value}
        if what == "excluded":
            expected = tuple(sorted(expected))
        if what == "satisfied_by" and expected == outcome.satisfied_key:
            continue
        if actual != expected:
            failures.append(Failure(example.say, what, _words(what, expected), _words(what, actual)))
    return failures


def facts_of(outcome: Outcome) -> dict[str, Any]:
    """An outcome as the plain values that examples and case files state."""
    by_category: dict[str, int] = {}
    lost_by_category: dict[str, int] = {}
    for line in outcome.lines:
        for category, points in line.by_category:
            by_category[category] = by_category.get(category, 0) + points
        lost = sum(loss.points for loss in line.losses if loss.reason in CAP_REASONS)
        if lost:
            lost_by_category[line.category] = lost_by_category.get(line.category, 0) + lost
    return {
        "counted": outcome.counted,
        "needed": outcome.needed,
        "by_category": by_category,
        "not_counted": {reason.value: points for reason, points in outcome.lost_by_reason().items()},
        "lost_to_caps": sum(lost_by_category.values()),
        "lost_by_category": lost_by_category,
        "excluded": tuple(sorted(int(line.key) for line in outcome.lines if line.excluded and line.key.isdigit())),
        "compliant": outcome.compliant,
        "short": {one.key: one.short if one.counts == "points" else one.short * ONE for one in outcome.shortfalls},
        "satisfied_by": outcome.satisfied_by,
        "carry_out": outcome.carry_out,
    }


def _standing(document: Document, case: Case, outcome: Outcome, example: Example) -> dict[str, Any]:
    if example.expect.standing is None and example.expect.forecast is None:
        return {}
    standing = judge(document, case, outcome)
    return {"standing": standing.word, "forecast": standing.forecast.total}


def _words(what: str, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | dict) or what == "excluded":
        return str(value)
    if isinstance(value, int):
        return show(value)
    return ", ".join(f"{key} {show(points)}" for key, points in sorted(value.items())) or "nothing"


def run_period_example(document: Document, example: PeriodExample) -> list[Failure]:
    """What one example about dates gets wrong."""
    holder = Holder(example.awarded, example.birth)
    found = period_facts(document, example, holder)
    return [
        Failure(example.say, what, str(expected), str(found[what]))
        for what, expected in example.expect.model_dump(exclude_none=True).items()
        if found[what] != expected
    ]


def period_facts(document: Document, example: PeriodExample, holder: Holder) -> dict[str, Any]:
    """All dates that follow from what an example says about a period."""
    span = _span(document, example, holder)
    dates = dates_of(document, span, holder, ordinal=example.number)
    months = next((event.renews_months for event in document.events if event.key == example.renewed_by), None)
    following = next_period(document, span, holder, renewed_on=example.renewed_on, months=months)
    return {
        "starts": span.start, "ends": span.last, "earns_from": dates.term.earns.start,
        "last_earning_day": dates.term.earns.last, "submit_by": dates.submit_by, "exam_by": dates.exam_by,
        "suspended_until": dates.suspended_until, "next_starts": following.start, "next_ends": following.last,
        "window_opens": dates.window_opens, "window_closes": dates.window_closes, "renew_from": dates.renew_from,
        "reinstate_until": dates.reinstate_until, "reinstatement": dict(dates.reinstatement),
        "nested": {key: tuple(part.last for part in parts) for key, parts in dates.nested},
    }  # fmt: skip


def _span(document: Document, example: PeriodExample, holder: Holder) -> Span:
    if example.as_of:
        return rolling_window(document, example.as_of)
    if example.starts and example.ends:
        return Span(example.starts, example.ends + DAY)
    if example.joins_ends and example.awarded:
        return joined_period(document, example.awarded, period_ending(document, example.joins_ends))
    if example.expiry or example.ends:
        return period_ending(document, example.expiry or example.ends or date.min, holder)
    return first_period(document, holder)
