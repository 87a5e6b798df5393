"""What the engine is asked: entries, carried points, the period, facts about the holder, a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from .dates import Span


@dataclass(frozen=True)
class Entry:
    """One activity as the engine sees it, for one held certification.

    `amount` is exact and in `unit`; `since` makes it work over time; `confirmed` is None where nobody was asked.
    """

    key: str
    on: date
    amount: Fraction
    unit: str = "hour"
    kind: str = ""
    since: date | None = None
    share: int = 100
    title: str = ""
    type: str = ""
    category: str = ""
    format: str = ""
    role: str = ""
    reach: str = ""
    topics: frozenset[str] = frozenset()
    course: str = ""
    above_level: bool | None = None
    shared: bool = False
    evidence: bool = True
    confirmed: bool | None = None
    relevant: bool = True
    duplicate_of: str = ""
    submitted_on: date | None = None


@dataclass(frozen=True)
class Carried:
    """Points (hundredths) that came over from the period before; below zero, points it was short of."""

    points: int
    category: str = ""
    topics: frozenset[str] = frozenset()
    earned_on: date | None = None
    periods: int = 1  # how many times they have come over by now
    kept: bool = False  # they did not come over: they counted before the rules changed, and stay


@dataclass(frozen=True)
class Projection:
    """Points (hundredths) expected over the days of an entry, in its category; rules of proof do not bar it."""

    entry: Entry
    points: int


@dataclass(frozen=True)
class Term:
    """A renewal period and the days that count for it (wider by early-earning and grace)."""

    span: Span
    earns: Span
    never_ends: bool = False


@dataclass(frozen=True)
class Case:
    """Everything one count needs besides the rules."""

    term: Term
    as_of: date
    entries: tuple[Entry, ...] = ()
    carried: tuple[Carried, ...] = ()
    projected: tuple[Projection, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    past: tuple[Entry, ...] = ()  # of closed periods: no lines of this one, but rules may look back to them
