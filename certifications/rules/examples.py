"""Running the worked examples of a rule document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .cases import Carried, Case, Entry, Term
from .counting import count
from .dates import DAY, Span
from .document import CarriedIn, Document, Example, ExampleActivity, Expect, Question
from .document.base import day_of
from .escalation import consequence
from .fees import fees_due
from .period_examples import Failure, run_period_example
from .periods import Holder, dates_of, endless
from .points import ONE, show
from .results import Outcome, Over
from .sense import CARRIED
from .standing import judge
from .words import CAP_REASONS


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
        submitted_on=activity.submitted_on, share=activity.share,
    )  # fmt: skip


def _above(document: Document, level: str, held: object) -> bool | None:
    """Whether a level stands above the one held, in the order of the document; None where nothing is said."""
    ladder = document.rules.levels
    if level not in ladder or held not in ladder:
        return None
    return ladder.index(level) > ladder.index(str(held))


def case_of(document: Document, example: Example) -> Case:
    """An example as a case: its period, widened as the period rules say, its activities and facts."""
    return asked(document, example, Span(example.starts, example.ends + DAY))


def asked(document: Document, question: Question, span: Span) -> Case:
    """A question from a file as the engine's case, for one period."""
    facts = question.facts
    holder = Holder(day_of(facts.get("awarded")), day_of(facts.get("birth")))
    ordinal = facts.get("period-number", 1)
    term = dates_of(document, span, holder, ordinal=ordinal if isinstance(ordinal, int) else 1).term
    if endless(document, holder):
        term = Term(span, span, never_ends=True)
    return Case(
        term=term,
        as_of=question.as_of,
        entries=tuple(
            entry_of(document, activity, str(place), facts.get("level", ""))
            for place, activity in enumerate(question.activities)
        ),
        carried=tuple(carried_into(question)),
        facts=facts,
    )


def carried_into(question: Question) -> Iterator[Carried]:
    """The points a period begins with, and those it owes from the one before."""
    for one in question.carried:
        yield Carried(one.points, one.category or "", frozenset(one.topics), one.earned_on, one.periods)
    if question.owed:
        yield Carried(-question.owed)


def run_example(document: Document, example: Example) -> list[Failure]:
    """What one example gets wrong."""
    expect = example.expect
    judged = expect.standing is not None or expect.forecast is not None
    outcome, found = answered(document, example, judged=judged)
    return [
        Failure(example.say, what, _words(what, expected), _words(what, actual))
        for what, expected, actual in compared(expect, outcome, found)
        if expected != actual
    ]


def answered(document: Document, example: Example, *, judged: bool = True) -> tuple[Outcome, dict[str, Any]]:
    """The count of an example, and what it comes to by the names that examples use; `judged` with its standing."""
    case = case_of(document, example)
    outcome = count(document, case)
    follows = consequence(document, case, outcome, example.failures)
    return outcome, {
        **facts_of(outcome),
        **(_standing(document, case, outcome) if judged else {}),
        "consequence": follows.key if follows else "",
        "fees": _fees(document, case, example),
    }


def compared(expect: Expect, outcome: Outcome, found: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """What an example states, each with what was found, in a form that compares."""
    for what in Expect.model_fields:
        expected = getattr(expect, what)
        if expected is None:
            continue
        actual = found[what]
        if what == "carried_out":
            expected, actual = _overs(expected), _overs(actual)
        if what in ("by_category", "lost_by_category", "not_counted", "short"):
            expected = {key: value for key, value in expected.items() if value}
        if what == "excluded":
            expected = tuple(sorted(expected))
        if what == "satisfied_by" and expected == outcome.satisfied_key:
            expected = actual
        yield what, expected, actual


def facts_of(outcome: Outcome) -> dict[str, Any]:
    """An outcome as the plain values that examples and case files state."""
    by_category: dict[str, int] = {}
    lost_by_category: dict[str, int] = {}
    for line in outcome.lines:
        for where, points in line.by_category:
            category = where or CARRIED
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
        "carried_out": outcome.carried_out,
    }


def _overs(carried: Iterable[CarriedIn] | Iterable[Over]) -> list[tuple[int, str, tuple[str, ...], str]]:
    """Carried points in a form that compares; a day is compared only where the rules keep it."""
    return sorted(
        (one.points, one.category or "", tuple(sorted(one.topics)), str(one.earned_on or "")) for one in carried
    )


def _fees(document: Document, case: Case, example: Example) -> dict[str, int]:
    facts = example.facts
    holder = Holder(day_of(facts.get("awarded")), day_of(facts.get("birth")))
    return {due.fee.key: due.cents for due in fees_due(document, case, dates_of(document, case.term.span, holder))}


def _standing(document: Document, case: Case, outcome: Outcome) -> dict[str, Any]:
    standing = judge(document, case, outcome)
    return {"standing": standing.word, "forecast": standing.forecast.total}


def _words(what: str, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | dict) or what in ("excluded", "fees"):
        return str(value)
    if isinstance(value, int):
        return show(value)
    return ", ".join(f"{key} {show(points)}" for key, points in sorted(value.items())) or "nothing"


__all__ = [
    "Failure", "answered", "asked", "case_of", "compared", "entry_of", "facts_of", "run_example", "run_examples",
    "run_period_example",
]  # fmt: skip
