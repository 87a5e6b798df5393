"""The rule document: one frozen model for files, forms and the engine."""

from __future__ import annotations

import hashlib
import json
from itertools import chain
from typing import Annotated, Any, Literal

from pydantic import Field

from .base import Condition, Select, Strict, Window, window_months
from .counting import Cap, Category, KindRule, Limit, Multiplier, Rounding, TopicPart
from .examples import CarriedIn, DateFacts, Example, ExampleActivity, Expect, PeriodExample, PeriodExpect, Question
from .head import Escalation, Fact, Grace, Head, Nested, Period, Reinstatement, Relief, RenewedBy, Source, Unit
from .requirements import (
    Alternative,
    CarryOver,
    Event,
    Fee,
    Minimum,
    Money,
    Need,
    NeedBy,
    Proration,
    ProrationRow,
)

FURTHER = "further-certifications"


def _reaches_back(window: str, months: int) -> bool:
    which, length = window_months(window) or (window, 0)
    return which in ("ever", "rolling") or (which == "last" and length > months)


class Document(Strict):
    """A rule set version: how one or more certifications of a body count."""

    format: Literal[1]
    rules: Head
    unit: Unit = Unit()
    sources: Annotated[tuple[Source, ...], Field(max_length=60)] = ()
    period: Period
    facts: Annotated[tuple[Fact, ...], Field(max_length=40)] = ()
    need: Need = Need()
    categories: Annotated[tuple[Category, ...], Field(max_length=200)] = ()
    kinds: Annotated[tuple[KindRule, ...], Field(max_length=300)] = ()
    allocation: Literal["best", "date-order"] = "best"
    whole_points: bool = False  # a point may not be split between counted and not counted
    caps: Annotated[tuple[Cap, ...], Field(max_length=200)] = ()
    minimums: Annotated[tuple[Minimum, ...], Field(max_length=200)] = ()
    alternatives: Annotated[tuple[Alternative, ...], Field(max_length=60)] = ()
    events: Annotated[tuple[Event, ...], Field(max_length=60)] = ()
    renewed_by: Annotated[tuple[RenewedBy, ...], Field(max_length=100)] = ()
    carry_over: CarryOver | None = None
    escalations: Annotated[tuple[Escalation, ...], Field(max_length=20)] = ()
    money: Money | None = None
    examples: Annotated[tuple[Example, ...], Field(max_length=200)] = ()
    period_examples: Annotated[tuple[PeriodExample, ...], Field(max_length=60)] = ()

    @property
    def every_minimum(self) -> tuple[Minimum, ...]:
        """The document's own minimums, and those of its alternatives and events."""
        ways = (*(one.minimums for one in self.alternatives), *(one.minimums for one in self.events))
        return (*self.minimums, *chain.from_iterable(ways))

    @property
    def looks_back(self) -> bool:
        """Whether anything asks for what was done before the period."""
        windows = {cap.window for cap in self.caps} | {minimum.window for minimum in self.every_minimum}
        windows |= {event.window for event in self.events}
        return any(_reaches_back(window, self.period.months or 12) for window in windows) or any(
            rule.once == "ever" or rule.once_months for rule in self.kinds
        )

    @property
    def counts_others(self) -> bool:
        """Whether anything asks how many other certifications of the body are held."""
        fees, minimums = self.money.fees if self.money else (), self.every_minimum
        asking: tuple[tuple[Any, ...], ...] = (
            self.need.by, self.kinds, self.caps, minimums, self.alternatives, self.events, self.renewed_by, fees,
        )  # fmt: skip
        return (
            any(condition.fact == FURTHER for some in asking for one in some for condition in one.when)
            or any(fee.due == "each-further" for fee in fees)
            or any(minimum.fact == FURTHER for minimum in minimums)
        )

    def plain(self) -> dict[str, Any]:
        """The document as plain values, without defaults: what is stored and what files hold."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    def without_examples(self) -> Document:
        """The rules alone, without what proves them."""
        return self.model_copy(update={"examples": (), "period_examples": ()})

    def canonical(self) -> str:
        """One text for one meaning: the basis of the content hash."""
        return json.dumps(self.plain(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def digest(self) -> str:
        """SHA-256 of the canonical text; approval and publication are bound to it."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


__all__ = [
    "Alternative", "Cap", "CarriedIn", "CarryOver", "Category", "Condition", "DateFacts", "Document",
    "Escalation", "Event", "Example", "ExampleActivity", "Expect", "Fact", "Fee", "Grace", "Head", "KindRule",
    "Limit", "Minimum", "Money", "Multiplier", "Need", "NeedBy", "Nested", "Period", "PeriodExample",
    "PeriodExpect", "Proration", "ProrationRow", "Question", "Reinstatement", "Relief", "RenewedBy", "Rounding",
    "Select", "Source", "Strict", "TopicPart", "Unit", "Window", "window_months",
]  # fmt: skip
