"""The head of a rule document, its sources, and the renewal period."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from .base import ConfidenceWord, Date, Key, Months, Name, Select, Strict, Text, When, Words, _one_or_many

MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
Day = Annotated[int, Field(strict=True, ge=0, le=3660)]


class Head(Strict):
    """What the rule set is, for whom, since when, and how sure we are."""

    body: Key
    key: Key
    name: Name
    version: Annotated[str, Field(min_length=1, max_length=40)]
    in_force_from: Date
    decided_by: Literal["period-start", "period-end", "submission"] = "period-start"
    status: Literal["published", "draft"] = "published"
    checked_on: Date
    confidence: ConfidenceWord
    summary: Text
    certifications: Annotated[tuple[Key, ...], Field(min_length=1, max_length=500)]
    levels: Annotated[tuple[str, ...], Field(max_length=50)] = ()
    note: Text = ""


class Fact(Strict):
    """A question to the holder; conditions and minimums use the answer by its key."""

    key: Key
    ask: Name
    answer: Literal["yes-no", "number", "choice", "topics"] = "yes-no"
    choices: Words = ()
    help: Text = ""

    @model_validator(mode="after")
    def _choices_fit(self) -> Self:
        if (self.answer in ("choice", "topics")) != bool(self.choices):
            raise ValueError("choices belong to answer = 'choice' or 'topics', and only to them")
        return self


class Unit(Strict):
    """The body's own name for a point."""

    one: Name = "point"
    many: Name = "points"
    meaning: Text = ""


class Source(Strict):
    """Where a fact was read, and whether the body itself says it."""

    key: Annotated[str, Field(min_length=1, max_length=20)]
    title: Name
    url: Annotated[str, Field(pattern=r"^https?://[^\s]+$", max_length=500)]
    origin: Literal["body", "copy", "secondary"] = "body"
    note: Text = ""


class Grace(Strict):
    """Time after the end of a period in which something may still be done."""

    allows: Literal["earn", "submit", "exam", "late-fee"]
    days: Day = 0
    months: Annotated[int, Field(strict=True, ge=0, le=120)] = 0
    note: Text = ""


class Nested(Strict):
    """A shorter rhythm inside the period, such as a yearly fee or a three-year renewal."""

    key: Key
    name: Name
    months: Months
    note: Text = ""


class Relief(Strict):
    """A temporary longer earning window for periods ending in a range of dates."""

    ends_from: Date
    ends_until: Date
    extra_months: Months
    select: Select = Select()  # what may be earned in the longer window
    note: Text = ""


class Reinstatement(Strict):
    """What may still be done with a certification that ended, up to so long after the end."""

    key: Key
    name: Name
    months: Annotated[int, Field(strict=True, ge=0, le=240)] = 0
    days: Day = 0
    note: Text = ""
    source: Annotated[str, Field(max_length=20)] = ""

    @model_validator(mode="after")
    def _has_length(self) -> Self:
        if not self.months and not self.days:
            raise ValueError("give months or days")
        return self


class Escalation(Strict):
    """What follows when a requirement was missed, and missed before, within a rolling span of months."""

    key: Key
    name: Name
    failures: Annotated[int, Field(strict=True, ge=1, le=20)]  # this one included
    within_months: Months
    note: Text = ""
    source: Annotated[str, Field(max_length=20)] = ""


class Period(Strict):
    """How a renewal period begins, ends, and is followed by the next one."""

    months: Months | None = None
    never_ends: bool = False
    starts: Literal["award", "next-january", "january", "month-start"] = "award"
    ends: Literal["anniversary", "month-end", "month-start", "birth-month-end", "birthday", "year-end", "fixed"] = (
        "anniversary"
    )
    fixed_end: Annotated[tuple[MonthDay, ...], Field(max_length=12), BeforeValidator(_one_or_many)] = ()
    snap: Literal["back", "forward"] | None = None  # a first period shorter or longer than `months`
    end_parity: Literal["birth-year", "licence-year", "even", "odd"] | None = None
    end_year: Annotated[int, Field(strict=True, ge=1950, le=2150)] | None = None  # ... and every `months` from it
    leap_day: Literal["28-february", "1-march"] = "28-february"
    expiry_day_counts: bool = True
    rolling: bool = False
    rolls_months: Months | None = None  # judged again so often; without it, on any day
    early_from: Literal["none", "award", "january"] = "none"
    grace: Annotated[tuple[Grace, ...], Field(max_length=8)] = ()
    window_months: Annotated[int, Field(strict=True, ge=0, le=120)] | None = None  # 6, or 0 where days are given
    window_days: Day = 0
    window_closes_months: Annotated[int, Field(strict=True, ge=0, le=120)] = 0
    window_closes_days: Day = 0
    renewing_early: Literal["keeps", "longer", "from-expiry", "from-approval"] = "keeps"
    renew_from_points: bool = False
    renew_from_months: Annotated[int, Field(strict=True, ge=0, le=240)] = 0
    shared_end: bool = False
    suspended_months: Annotated[int, Field(strict=True, ge=0, le=120)] = 0
    reinstate_months: Annotated[int, Field(strict=True, ge=0, le=240)] = 0
    reinstatement: Annotated[tuple[Reinstatement, ...], Field(max_length=8)] = ()
    lifelong_if_issued_before: Date | None = None
    nested: Annotated[tuple[Nested, ...], Field(max_length=8)] = ()
    relief: Annotated[tuple[Relief, ...], Field(max_length=8)] = ()
    notice_months: Annotated[int, Field(strict=True, ge=0, le=60)] | None = None
    note: Text = ""
    source: Annotated[str, Field(max_length=20)] = ""

    @model_validator(mode="before")
    @classmethod
    def _usual_window(cls, values: Any) -> Any:
        """Six months is what is not said: both ways of saying it are one document."""
        if isinstance(values, dict) and values.get("window_months") == 6 and not values.get("window_days"):
            return {key: value for key, value in values.items() if key != "window_months"}
        return values

    @property
    def opens_months(self) -> int:
        """How many months before the end renewal opens, without the days that are added."""
        return self.window_months if self.window_months is not None else 0 if self.window_days else 6

    @property
    def asks_birth(self) -> bool:
        """Whether the day of birth decides where periods end."""
        return self.ends in ("birth-month-end", "birthday") or self.end_parity == "birth-year"


class RenewedBy(Strict):
    """Another certification or event whose renewal renews this one too."""

    certification: Key | None = None
    level: str = ""
    name: Name
    when: When = ()
    source: str = ""
