"""Worked examples inside a rule document; they run whenever it is loaded or published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from ..points import Points, SignedPoints
from ..words import FORMATS, KINDS, REACHES, ROLES, StandingWord
from .base import Date, Exact, FactValue, Key, Name, Strict, Text, Words
from .counting import AmountKey


class ExampleActivity(Strict):
    """An activity as a person would describe it. `amount` is in `unit`."""

    on: Date
    since: Date | None = None  # first day of work over time, or of an activity over several days
    share: Annotated[int, Field(strict=True, ge=1, le=100)] = 100  # part-time work, in percent
    title: Annotated[str, Field(max_length=200)] = ""
    kind: str | None = None
    type: Annotated[str, Field(max_length=80)] = ""
    category: Key | None = None
    amount: Exact = Fraction(1)
    unit: AmountKey = "hour"
    format: str = ""
    role: str = ""
    reach: str = ""
    topics: Words = ()
    course: Annotated[str, Field(max_length=120)] = ""
    level: str = ""
    shared: bool = False
    evidence: bool = True
    confirmed: bool | None = None
    relevant: bool = True
    submitted_on: Date | None = None

    def unknown_words(self) -> list[tuple[str, str, Iterable[str]]]:
        """What is outside the closed vocabularies: the key, the word, and the words there are."""
        every: tuple[tuple[str, str, Iterable[str]], ...] = (
            ("kind", self.kind or "", KINDS), ("format", self.format, FORMATS),
            ("role", self.role, ROLES), ("reach", self.reach, REACHES),
        )  # fmt: skip
        return [(key, word, words) for key, word, words in every if word and word not in words]


class CarriedIn(Strict):
    """Points that came over from the period before."""

    points: Points
    category: Key | None = None
    earned_on: Date | None = None
    topics: Words = ()
    periods: Annotated[int, Field(strict=True, ge=1, le=20)] = 1  # how many times it has come over by now


class Expect(Strict):
    """What the engine must answer. Everything given is checked; the rest is left open."""

    counted: Points | None = None
    needed: Points | None = None
    by_category: dict[Key, Points] | None = None
    not_counted: dict[str, Points] | None = None
    lost_to_caps: Points | None = None
    lost_by_category: dict[Key, Points] | None = None
    excluded: tuple[Annotated[int, Field(ge=0)], ...] | None = None
    compliant: bool | None = None
    short: dict[str, Points] | None = None
    satisfied_by: str | None = None
    carry_out: SignedPoints | None = None  # below zero: owed to the next period
    carried_out: tuple[CarriedIn, ...] | None = None
    consequence: Key | Literal[""] | None = None
    fees: dict[Key, int] | None = None  # in the smallest unit of the currency
    standing: StandingWord | None = None
    forecast: Points | None = None


class Question(Strict):
    """What is counted: activities, a day, and what is known about the holder and the period before."""

    as_of: Date
    facts: Annotated[dict[Key, FactValue], Field(max_length=60)] = {}
    activities: Annotated[tuple[ExampleActivity, ...], Field(max_length=400)] = ()
    carried: Annotated[tuple[CarriedIn, ...], Field(max_length=20)] = ()
    owed: Points = 0  # what the period before was short of, where the rules carry that over
    failures: Annotated[tuple[Date, ...], Field(max_length=20)] = ()  # ends of earlier periods that were missed


class Example(Question):
    """A sentence, activities, a day, and what must come out."""

    say: Name
    starts: Date
    ends: Date  # last day of the period
    expect: Expect
    origin: Text = ""  # where the figures come from


class PeriodExpect(Strict):
    """Dates the period rules must give."""

    starts: date | None = None
    ends: date | None = None
    earns_from: date | None = None
    last_earning_day: date | None = None
    submit_by: date | None = None
    exam_by: date | None = None
    suspended_until: date | None = None
    next_starts: date | None = None
    next_ends: date | None = None
    window_opens: date | None = None
    window_closes: date | None = None
    renew_from: date | None = None
    reinstate_until: date | None = None
    reinstatement: dict[Key, date] | None = None  # by tier, its last day
    nested: dict[Key, tuple[date, ...]] | None = None  # by rhythm, the last day of each part


class DateFacts(Strict):
    """What is known about somebody's dates, to work the renewal period out from."""

    awarded: Date | None = None
    birth: Date | None = None
    expiry: Date | None = None  # the date on the card
    renewed_on: Date | None = None
    starts: Date | None = None
    ends: Date | None = None  # last day of the period
    as_of: Date | None = None  # for a window that is judged on any day
    joins_ends: Date | None = None  # the end of what the holder has already, where certifications share one
    number: Annotated[int, Field(strict=True, ge=1, le=100)] | None = None  # which period it is; 1 is the first
    renewed_by: Key | None = None  # the event that renewed it


class PeriodExample(DateFacts):
    """Facts about dates, and the period that follows from them."""

    say: Name
    expect: PeriodExpect
    origin: Text = ""
