"""Worked examples one by one: what each states beside what the rules say now, and the steps of the count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .dates import written
from .document import CarriedIn, Document, Example, Expect, PeriodExample, PeriodExpect
from .document.base import day_of
from .examples import answered, compared
from .figures import DAYS, FIGURES, shown, shown_day
from .period_examples import period_facts
from .points import show
from .results import Line, Over
from .wording import activity_words
from .words import REASON_LABELS

EXAMPLES, DATES = "examples", "period_examples"
# What a new example states when the result is taken as it is.
USUAL = ("counted", "needed", "by_category", "not_counted", "compliant", "standing")
USUAL_DAYS = ("starts", "ends", "last_earning_day", "next_starts", "next_ends")


@dataclass(frozen=True)
class Figure:
    """One thing an example states: what it expects, and what the rules say now."""

    key: str
    label: str
    expected: str
    found: str

    @property
    def agrees(self) -> bool:
        return self.expected == self.found


@dataclass(frozen=True)
class Tried:
    """One example and how it came out. `problem` says why it could not be counted at all."""

    part: str  # EXAMPLES or DATES
    place: int
    say: str
    origin: str
    figures: tuple[Figure, ...] = ()
    problem: str = ""

    @property
    def holds(self) -> bool:
        return not self.problem and all(figure.agrees for figure in self.figures)

    @property
    def wrong(self) -> tuple[Figure, ...]:
        """The figures that came out otherwise."""
        return tuple(figure for figure in self.figures if not figure.agrees)


@dataclass(frozen=True)
class Step:
    """One activity of an example in the count: what it asked for, what counted, and why. Points are hundredths."""

    on: date
    what: str
    asked: int
    counted: int
    reasons: tuple[str, ...]
    steps: tuple[str, ...]

    @property
    def said(self) -> str:
        return f"{show(self.counted)} of {show(self.asked)} counted"


def tried(document: Document) -> list[Tried]:
    """Every example of a document, counted now."""
    return [
        *(try_example(document, one, place) for place, one in enumerate(document.examples)),
        *(try_dates(document, one, place) for place, one in enumerate(document.period_examples)),
    ]


def try_example(document: Document, example: Example, place: int = 0) -> Tried:
    """One example, counted now."""
    try:
        outcome, found = answered(document, example)
    except ValueError as error:  # a date the period rules need is missing
        return Tried(EXAMPLES, place, example.say, example.origin, problem=str(error))
    figures = tuple(
        Figure(what, FIGURES[what], *_pair(document, what, expected, actual))
        for what, expected, actual in compared(example.expect, outcome, found)
    )
    return Tried(EXAMPLES, place, example.say, example.origin, figures)


def try_dates(document: Document, example: PeriodExample, place: int = 0) -> Tried:
    """One example about dates, worked out now."""
    try:
        found = period_facts(document, example)
    except ValueError as error:
        return Tried(DATES, place, example.say, example.origin, problem=str(error))
    figures = tuple(
        Figure(what, DAYS[what], shown_day(expected), shown_day(found[what]))
        for what, expected in example.expect.model_dump(exclude_none=True).items()
    )
    return Tried(DATES, place, example.say, example.origin, figures)


def _pair(document: Document, what: str, expected: Any, actual: Any) -> tuple[str, str]:
    said = shown(document, what, expected), shown(document, what, actual)
    if (expected == actual) == (said[0] == said[1]):
        return said
    return f"{said[0]} ({expected})", f"{said[1]} ({actual})"  # different, but said the same


def steps_of(document: Document, example: Example) -> list[Step]:
    """What the engine did with each activity of an example, in the order of the example; empty if it cannot count."""
    try:
        outcome, _ = answered(document, example, judged=False)
    except ValueError:
        return []
    words = [activity_words(activity) for activity in example.activities]
    order = sorted(outcome.lines, key=lambda line: (line.carried, int(line.key) if line.key.isdigit() else 0))
    return [_step(line, words) for line in order]


def _step(line: Line, words: Sequence[str]) -> Step:
    what = "Carried over" if line.carried or not line.key.isdigit() else words[int(line.key)]
    reasons = tuple(
        f"{show(loss.points)} not counted. {REASON_LABELS[loss.reason]}{f': {loss.text}' if loss.text else '.'}"
        for loss in line.losses
        if loss.points
    )
    return Step(line.on, what, line.asked, line.counted, reasons, line.steps)


FACTS = {
    "level": "Level held", "awarded": "Awarded on", "birth": "Born on", "period-number": "Number of the period",
    "first-period": "First period", "further-certifications": "Further certifications renewed with it",
}  # fmt: skip


def facts_said(document: Document, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is known about the holder of an example, as questions and answers."""
    asked = {fact.key: fact.ask for fact in document.facts}
    return [(asked.get(key) or FACTS.get(key, key.replace("-", " ")), _answer(value)) for key, value in facts.items()]


def _answer(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    day = day_of(value)
    return written(day) if day else ", ".join(value) if isinstance(value, tuple) else str(value)


def taken(document: Document, example: Example, which: Sequence[str] = USUAL) -> dict[str, Any]:
    """What the rules say now, as the plain values of an expectation. Raises ValueError where it cannot be counted."""
    outcome, found = answered(document, example)
    values = {what: found[what] for what in which}
    if "satisfied_by" in values:
        values["satisfied_by"] = outcome.satisfied_key
    if "carried_out" in values:
        values["carried_out"] = tuple(_carried_in(one) for one in outcome.carried_out)
    return _plain(Expect, values)


def taken_days(document: Document, example: PeriodExample, which: Sequence[str]) -> dict[str, Any]:
    """The days that the period rules give now, as plain values. Raises ValueError where a date is missing."""
    found = period_facts(document, example)
    return _plain(PeriodExpect, {what: found[what] for what in which})


def _plain(model: type[Expect] | type[PeriodExpect], values: dict[str, Any]) -> dict[str, Any]:
    return model.model_construct(**values).model_dump(mode="json", by_alias=True, exclude_none=True)


def _carried_in(one: Over) -> CarriedIn:
    return CarriedIn.model_construct(
        points=one.points, category=one.category or None, earned_on=one.earned_on, topics=tuple(sorted(one.topics)),
        periods=one.periods,
    )  # fmt: skip
