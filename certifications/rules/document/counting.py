"""How activities become points: categories, kinds, caps."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ..points import Points
from ..words import KINDS
from .base import Count, Date, Exact, Key, Name, Percent, Select, Strict, Text, When, Window, Words, _known

SourceKey = Annotated[str, Field(max_length=20)]
AmountKey = Literal["hour", "minute", "day", "month", "ceu", "semester-credit", "quarter-credit", "each", "point"]


class Category(Strict):
    """One of the body's own categories; categories may form a tree by `parent`."""

    key: Key
    name: Name
    parent: Key | None = None
    meaning: Text = ""
    source: SourceKey = ""


class Rounding(Strict):
    """Rounding of one activity's points, never of a sum."""

    step: Exact = Fraction(1)
    mode: Literal["down", "nearest", "up", "half-down"] = "down"
    first_full: Exact = Fraction(0)  # nothing counts below this many points; only then steps begin

    @model_validator(mode="after")
    def _step_in_hundredths(self) -> Self:
        if self.step <= 0 or (self.step * 100).denominator != 1:
            raise ValueError("step must be a whole number of hundredths above 0")
        return self


class Multiplier(Strict):
    """A role that counts several times over, such as teaching counted three times."""

    role: Annotated[Words, Field(min_length=1)]
    times: Exact
    source: SourceKey = ""


class TopicPart(Strict):
    """Part of an activity's points that carries a topic, such as 2 of 40 in ethics."""

    topic: Annotated[str, Field(min_length=1, max_length=80)]
    points: Points


class KindRule(Strict):
    """Which activities count, in which categories, at which rate. The first rule that fits is used."""

    key: Key
    name: Name
    kind: Annotated[Words, _known(KINDS, "kind")] = ()
    select: Select = Select()
    category: Annotated[Words, Field(min_length=1, max_length=20)]
    points: Points | None = None
    per: AmountKey = "hour"
    every: Exact = Fraction(1)
    hour_minutes: Annotated[int, Field(strict=True, ge=1, le=120)] = 60
    hours_in: dict[Literal["day", "ceu", "semester-credit", "quarter-credit", "month"], Exact] = {}
    stated: bool = True
    minimum: Exact = Fraction(0)  # in `per` units; a shorter activity counts nothing
    least: Points = 0  # an activity that counts at all brings at least this
    most: Points | None = None
    most_percent: Percent | None = None
    rounding: Rounding | None = None
    multiply: Annotated[tuple[Multiplier, ...], Field(max_length=10)] = ()
    topic_parts: Annotated[tuple[TopicPart, ...], Field(max_length=10)] = ()
    once: Literal["", "period", "ever"] = ""  # the same course (or, without a course code, the same title)
    once_months: Annotated[int, Field(strict=True, ge=1, le=600)] | None = None
    one_claim: bool = False  # one claim a period in all, such as "practitioner"
    over_time: bool = False  # spread by days over the windows it spans
    for_whole_period: bool = False  # `points` is for the whole period; time worked brings its share
    evidence: Literal["", "packet", "to-count"] = "packet"
    evidence_is: Text = ""
    confirmed: bool = False
    above_level: bool = False
    counts_on: Literal["last-day", "first-day"] = "last-day"  # where an activity over several days belongs
    when: When = ()
    from_: Date | None = Field(default=None, alias="from")  # first day of activities (or applications) it is for
    until: Date | None = None  # withdrawn for activities (or applications) from this day on
    source: SourceKey = ""
    note: Text = ""

    @model_validator(mode="after")
    def _rate_is_whole(self) -> Self:
        if self.every <= 0:
            raise ValueError("every must be above 0")
        if self.for_whole_period and self.per != "month":
            raise ValueError("for_whole_period needs per = 'month': it counts time worked, in months of the period")
        if self.points is None and not self.stated:
            raise ValueError("give points, or let the certificate state them (stated = true)")
        if self.rounding is None and self.points is None and self.per not in ("hour", "point"):
            raise ValueError("points is missing")
        return self


class Limit(Strict):
    """A number of points, or a percentage of what is required."""

    points: Points | None = None
    percent: Percent | None = None

    def of(self, needed: int) -> int:
        """The limit in hundredths for a requirement of `needed` hundredths."""
        return self.points if self.points is not None else needed * (self.percent or 0) // 100


class Cap(Limit):
    """At most so many points, over a selection of claims, in each window."""

    key: Key
    name: Name
    select: Select = Select()
    window: Window = "period"
    percent_of: Literal["required", "counted"] = "required"
    when: When = ()
    applies_from: Date | None = None
    applies_until: Date | None = None
    source: SourceKey = ""
    note: Text = ""

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if (self.points is None) == (self.percent is None):
            raise ValueError("give either points or percent")
        if self.percent_of == "counted" and (self.percent is None or self.window != "period"):
            raise ValueError("percent_of = 'counted' needs percent, and the period as its window")
        return self


__all__ = ["Cap", "Category", "Count", "KindRule", "Limit", "Multiplier", "Rounding", "TopicPart"]
