"""Plans: what a person means to do, as lines that fit into an address, a row and a question to the engine."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from activities.amounts import written_amount
from activities.models import FIRST_DAY, LAST_DAY
from certifications.rules.cases import Entry
from certifications.rules.dates import DAY, Span, written
from certifications.rules.words import AMOUNT_UNITS, KINDS

from .models import PlannedActivity

MOST_LINES = 20
MOST_AMOUNT = 10_000_00
LONGEST = 3660  # days of one line of work over time
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_WORK = re.compile(rf"([a-z-]{{1,20}})_({_DATE})_({_DATE})_([0-9]{{1,3}})")
_ONCE = re.compile(rf"([a-z-]{{1,20}})_([0-9]{{1,5}}(?:\.[0-9]{{1,2}})?)_([a-z-]{{1,16}})_({_DATE})")


@dataclass(frozen=True)
class PlanLine:
    """One thing planned. `amount` is hundredths of `unit`; `since` makes it work over time at a share of full time."""

    kind: str
    on: date
    amount: int
    unit: str = "hour"
    since: date | None = None
    share: int = 100

    @property
    def token(self) -> str:
        """The line as it stands in an address: "class_8_hour_2026-11-20"."""
        if self.since:
            return f"{self.kind}_{self.since}_{self.on}_{self.share}"
        return f"{self.kind}_{_plain(self.amount)}_{self.unit}_{self.on}"

    @property
    def text(self) -> str:
        """The line in words: "Field time, 1 Oct 2026 to 31 Mar 2027"."""
        label = KINDS[self.kind].label
        if not self.since:
            return f"{label}, {written_amount(self.amount, self.unit)}, {written(self.on)}"
        part = "" if self.share == 100 else f", {self.share}% of full time"
        return f"{label}, {written(self.since)} to {written(self.on)}{part}"

    def entry(self, key: str) -> Entry:
        """The line as the engine's entry; what it needs to count (evidence, confirmation) is taken as given."""
        return Entry(
            key=key, on=self.on, amount=Fraction(self.amount, 100), unit=self.unit, kind=self.kind, since=self.since,
            share=self.share, confirmed=True, above_level=True, title=key,
        )  # fmt: skip

    def ahead(self, today: date) -> PlanLine | None:
        """What of it is not over today; None if all of it is."""
        if self.on < today:
            return None
        if self.since is None or self.since >= today:
            return self
        return work(self.kind, today, self.on, self.share)


Plan = tuple[PlanLine, ...]


def work(kind: str, since: date, on: date, share: int) -> PlanLine:
    """Work over time; its amount is its length in months, cut to hundredths."""
    months = Span(since, on + DAY).months()
    return PlanLine(kind, on, max(1, int(months * 100)), "month", since, share)


def plan_of(rows: Iterable[PlannedActivity], today: date) -> Plan:
    """A saved plan, as far as it lies ahead."""
    lines = (PlanLine(row.kind, row.on, row.amount, row.unit, row.since, row.share) for row in rows)
    return tuple(left for line in lines if (left := line.ahead(today)))


def read_plan(tokens: Iterable[str], today: date) -> Plan:
    """The lines of an address. What is not a line, is over, or is one too many is left out: links get old."""
    found = []
    for token in list(tokens)[: MOST_LINES * 2]:
        line = read_line(token)
        left = line.ahead(today) if line else None
        if left:
            found.append(left)
    return tuple(found[:MOST_LINES])


def read_line(token: str) -> PlanLine | None:
    """One line of an address; None if it is none."""
    try:
        if found := _WORK.fullmatch(token):
            since, on = date.fromisoformat(found[2]), date.fromisoformat(found[3])
            if not 0 <= (on - since).days <= LONGEST:
                return None
            line = work(found[1], since, on, int(found[4]))
        elif found := _ONCE.fullmatch(token):
            line = PlanLine(found[1], date.fromisoformat(found[4]), int(Fraction(found[2]) * 100), found[3])
        else:
            return None
    except ValueError:
        return None
    return line if sane(line) else None


def sane(line: PlanLine) -> bool:
    """Whether the line is one that may be stored."""
    kind = KINDS.get(line.kind)
    return (
        kind is not None
        and kind.over_time == bool(line.since)
        and line.unit in AMOUNT_UNITS
        and 1 <= line.amount <= MOST_AMOUNT
        and 1 <= line.share <= 100
        and FIRST_DAY <= (line.since or line.on) <= line.on <= LAST_DAY
    )


def _plain(amount: int) -> str:
    whole, rest = divmod(amount, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)
