"""Building blocks of a rule document: strict models, windows, selectors, conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from ..words import FORMATS, KINDS, REACHES, ROLES


class Strict(BaseModel):
    """A frozen part of a document; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Name = Annotated[str, Field(min_length=1, max_length=160)]
# Days that leave room for long periods on both sides.
Date = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
Text = Annotated[str, Field(max_length=4000)]
Count = Annotated[int, Field(strict=True, ge=1, le=1000)]
Months = Annotated[int, Field(strict=True, ge=1, le=600)]


def _exact(value: object) -> Fraction:
    if isinstance(value, bool | float) or not isinstance(value, int | Decimal | str | Fraction):
        raise ValueError("must be a number such as 7, 0.2 or 1/3")
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6}|/[0-9]{1,6})?", value):
        raise ValueError("must be a number such as 7, 0.2 or 1/3")
    if isinstance(value, Decimal) and (not value.is_finite() or abs(value.adjusted()) > 9):
        raise ValueError("must be a number from 0 to 1,000,000")
    try:
        exact = Fraction(value)
    except ZeroDivisionError:
        raise ValueError("must not divide by zero") from None
    if not 0 <= exact <= 1_000_000:
        raise ValueError("must be from 0 to 1,000,000")
    return exact


def _plain_fraction(value: Fraction) -> int | str:
    return value.numerator if value.denominator == 1 else str(value)


def _percent(value: object) -> Fraction:
    message = 'must be from 0 to 100 percent: 50, 12.5, or "100/3" for a third'
    try:
        exact = _exact(value)
    except ValueError:
        raise ValueError(message) from None
    if exact > 100 or 0 < exact < 1:  # "1/3" is meant as a third, not as a part of one percent
        raise ValueError(message)
    return exact


class _ExactSchema:
    """Lets pydantic carry a Fraction that `_exact` has already made."""

    reads = staticmethod(_exact)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            cls.reads,
            serialization=core_schema.plain_serializer_function_ser_schema(_plain_fraction),
        )


class _PercentSchema(_ExactSchema):
    """The same for a part in percent."""

    reads = staticmethod(_percent)


Exact = Annotated[Fraction, _ExactSchema]
Percent = Annotated[Fraction, _PercentSchema]


def _one_or_many(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _known(words: dict[str, Any], what: str) -> AfterValidator:
    def check(values: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [value for value in values if value not in words]
        if unknown:
            raise ValueError(f"unknown {what} {', '.join(map(repr, unknown))}; known: {', '.join(words)}")
        return values

    return AfterValidator(check)


Words = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=80)], ...],
    Field(max_length=60),
    BeforeValidator(_one_or_many),
    PlainSerializer(list, return_type=list),
]

_WINDOW = re.compile(r"period|year|calendar-year|day|activity|ever|(last|first|each|rolling)-([1-9][0-9]{0,2})-months")


def _window(value: object) -> object:
    if not isinstance(value, str) or not _WINDOW.fullmatch(value):
        raise ValueError(
            "must be one of period, year, calendar-year, day, activity, ever, "
            "last-N-months, first-N-months, each-N-months, rolling-N-months"
        )
    return value


Window = Annotated[str, BeforeValidator(_window)]


def window_months(window: str) -> tuple[str, int] | None:
    """Split "last-36-months" into ("last", 36); None for the other windows."""
    found = _WINDOW.fullmatch(window)
    return (found[1], int(found[2])) if found and found[1] else None


class Select(Strict):
    """Which claims a rule is about. Dimensions are joined by "and", values in one of them by "or"."""

    category: Words = ()
    kind: Annotated[Words, _known(KINDS, "kind")] = ()
    type: Words = ()
    format: Annotated[Words, _known(FORMATS, "format")] = ()
    role: Annotated[Words, _known(ROLES, "role")] = ()
    reach: Annotated[Words, _known(REACHES, "reach")] = ()
    topic: Words = ()
    shared: bool | None = None
    carried: bool | None = None
    except_: Select | None = Field(default=None, alias="except")

    @model_validator(mode="after")
    def _one_exception(self) -> Self:
        if self.except_ and self.except_.except_:
            raise ValueError("an exception has no exceptions of its own")
        return self

    @property
    def categories_only(self) -> bool:
        """Whether it asks for nothing but the category."""
        if self.kind or self.type or self.format or self.role or self.reach or self.topic:
            return False
        return self.shared is None and self.carried is None and self.except_ is None

    @property
    def everything(self) -> bool:
        return self.categories_only and not self.category

    @property
    def one_category(self) -> str:
        """The category it is exactly about, or an empty text."""
        return self.category[0] if len(self.category) == 1 and self.categories_only else ""


class Condition(Strict):
    """A fact about the holder or the period that must hold for a rule to apply."""

    fact: Key
    is_: bool | int | str | None = Field(default=None, alias="is")
    one_of: Words = ()
    at_least: int | None = None
    less_than: int | None = None
    every: Annotated[int, Field(ge=2, le=20)] | None = None
    remainder: Annotated[int, Field(ge=0, le=19)] = 0  # with `every`: 1 of every 2 means the odd ones
    on_or_after: Date | None = None
    before: Date | None = None

    def holds(self, facts: Mapping[str, Any]) -> bool:
        """Whether the holder's facts meet this condition; an unknown fact never does."""
        value = facts.get(self.fact)
        if value is None:
            return self.is_ is False
        tests = []
        if self.is_ is not None:
            tests.append(value == self.is_)
        if self.one_of:
            tests.append(str(value) in self.one_of)
        if self.at_least is not None or self.less_than is not None or self.every is not None:
            tests.append(_is_number(value) and self._fits(value))
        if self.on_or_after or self.before:
            day = day_of(value)
            tests.append(
                day is not None and (self.on_or_after or day) <= day and (self.before is None or day < self.before)
            )
        return all(tests) and bool(tests)

    def _fits(self, value: int) -> bool:
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.less_than is None or value < self.less_than)
            and (self.every is None or value % self.every == self.remainder)
        )


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def day_of(value: object) -> date | None:
    """A date fact: a date in a file, its ISO text in a stored document; None for anything else."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _fact(value: object) -> object:
    if isinstance(value, list | tuple) and len(value) <= 60 and all(isinstance(one, str) for one in value):
        return tuple(value)
    if isinstance(value, bool | int | date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and len(value) <= 200:
        return value
    raise ValueError("must be true or false, a whole number, a day, a word, or a list of words")


# What is known about a holder.
FactValue = Annotated[Any, AfterValidator(_fact)]
When = Annotated[tuple[Condition, ...], Field(max_length=10)]

ConfidenceWord = Literal["body", "copy", "secondary", "unverified"]
