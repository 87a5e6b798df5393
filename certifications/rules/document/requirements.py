"""What must hold at renewal: the total, minimums, alternatives, carry-over, money."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ..dates import Span, add_months
from ..points import Points
from .base import Key, Months, Name, Percent, Select, Strict, Text, When, Window
from .counting import Limit, SourceKey


class NeedBy(Strict):
    """Another total for some holders; the first that fits is used."""

    when: Annotated[When, Field(min_length=1)]
    points: Points
    source: SourceKey = ""


class ProrationRow(Strict):
    """A row of a look-up table: for periods up to so long, or shorter than that, this total."""

    months_up_to: Annotated[int, Field(strict=True, ge=0, le=600)] | None = None
    months_below: Months | None = None
    points: Points

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if (self.months_up_to is None) == (self.months_below is None):
            raise ValueError("give either months_up_to or months_below")
        return self

    def fits(self, span: Span) -> bool:
        """Whether a first period is as short as this row says, to the day."""
        if self.months_below is not None:
            return span.end < add_months(span.start, self.months_below)
        return span.end <= add_months(span.start, self.months_up_to or 0)


class Proration(Strict):
    """A smaller total for a shorter first period: by full block of months, or by a table."""

    block_months: Months | None = None
    block_points: Points | None = None  # not said: the blocks' share of the full need
    table: Annotated[tuple[ProrationRow, ...], Field(max_length=60)] = ()
    exempt_below_months: Annotated[int, Field(strict=True, ge=0, le=600)] = 0
    source: SourceKey = ""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.block_months and self.table:
            raise ValueError("give block_months or a table, not both")
        return self


class Need(Strict):
    """The total to reach in a period."""

    points: Points = 0
    by: Annotated[tuple[NeedBy, ...], Field(max_length=40)] = ()
    first_period: Proration | None = None
    first_period_exempt: bool = False
    several: Literal["each", "highest"] = "each"
    advisory: bool = False
    source: SourceKey = ""


class Minimum(Limit):
    """Something that must be reached: points, categories, times, a yes/no item, or a fact."""

    key: Key
    name: Name
    select: Select = Select()
    window: Window = "period"
    categories: Annotated[int, Field(strict=True, ge=2, le=50)] | None = None
    times: Annotated[int, Field(strict=True, ge=1, le=1000)] | None = None
    item: Key | None = None
    fact: Key | None = None
    at_least: int | None = None
    on_top: bool = False
    in_one_category: bool = False
    tests: Literal["counted", "asked"] = "counted"  # points that count, or all that were earned, caps aside
    for_each: Key | None = None  # a fact listing topics; asked once for each of them
    when: When = ()
    advisory: bool = False
    only_at_full_need: bool = False
    source: SourceKey = ""
    note: Text = ""

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        given = [self.points, self.percent, self.categories, self.times, self.item, self.fact]
        if sum(value is not None for value in given) != 1:
            raise ValueError("give exactly one of points, percent, categories, times, item, fact")
        if (self.fact is None) != (self.at_least is None):
            raise ValueError("fact needs at_least, and at_least needs fact")
        if self.on_top and self.points is None:
            raise ValueError("on_top needs points")
        if self.for_each and (self.select.topic or (self.points is None and self.percent is None)):
            raise ValueError("for_each sets the topic itself, and needs points or percent")
        return self


class Alternative(Strict):
    """A whole other requirement set that suffices."""

    key: Key
    name: Name
    points: Points | None = None
    minimums: Annotated[tuple[Minimum, ...], Field(max_length=40)] = ()
    with_minimums: bool = False  # the document's own minimums must hold as well
    when: When = ()
    source: SourceKey = ""


class Event(Strict):
    """Something that meets the whole requirement, such as passing a higher level."""

    key: Key
    name: Name
    select: Select
    times: Annotated[int, Field(strict=True, ge=1, le=20)] = 1
    window: Window = "period"
    minimums: Annotated[tuple[Minimum, ...], Field(max_length=20)] = ()  # what is still due all the same
    renews_months: Months | None = None  # length of the next period, where it is not the usual one
    when: When = ()
    source: SourceKey = ""


class CarryOver(Strict):
    """How much surplus goes into the next period, and as what."""

    points: Points | None = None
    percent: Percent | None = None
    earned_in_last_months: Months | None = None
    select: Select = Select()
    arrives_as: Key | None = None
    keeps_topics: bool = False
    keeps_categories: bool = False
    includes_over_cap: bool = False
    lives_periods: Annotated[int, Field(strict=True, ge=1, le=20)] = 1
    most_months_old: Months | None = None
    deficit: bool = False
    within_minimums: tuple[Key, ...] = ()
    source: SourceKey = ""
    note: Text = ""


class Fee(Strict):
    """An amount of money in the smallest unit of its currency, and when it is due."""

    key: Key
    name: Name
    cents: Annotated[int, Field(strict=True, ge=0, le=100_000_000)]
    due: Literal["renewal", "each-further", "yearly", "late", "reinstatement"] = "renewal"
    from_months_late: Annotated[int, Field(strict=True, ge=0, le=240)] = 0
    from_days_late: Annotated[int, Field(strict=True, ge=0, le=3660)] = 0  # ... and days
    when: When = ()
    source: SourceKey = ""
    note: Text = ""


class Money(Strict):
    """What renewing costs, as far as a source states it."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "USD"
    fees: Annotated[tuple[Fee, ...], Field(max_length=40)] = ()
    paid_before_submitting: bool = False
    note: Text = ""
