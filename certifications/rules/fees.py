"""What renewing costs, as far as the rules say: base, further certifications, yearly, late by stage, reinstatement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .cases import Case
from .dates import whole_months
from .document import Document, Fee, Money
from .needing import applies
from .period_dates import Dates, after


@dataclass(frozen=True)
class Due:
    """A fee that is due, so many times; `cents` is the sum in the smallest unit of the currency."""

    fee: Fee
    times: int

    @property
    def cents(self) -> int:
        return self.fee.cents * self.times


def fees_due(document: Document, case: Case, dates: Dates) -> list[Due]:
    """What renewing on the case's day costs.

    The fact `further-certifications` says how many others are renewed with it. Of several late fees, or fees of
    reinstatement, the one of the stage that is reached is due.
    """
    money = document.money
    if money is None or case.term.never_ends:
        return []
    further = case.facts.get("further-certifications", 0)
    times = {"renewal": 1, "each-further": further if isinstance(further, int) else 0, "yearly": _years(case)}
    found = [Due(fee, times[fee.due]) for fee in _meant(money, case) if times.get(fee.due)]
    late = case.as_of > case.term.span.last
    lapsed = case.as_of > dates.submit_by
    for due, reached in (("late", late), ("reinstatement", lapsed)):
        stages = [fee for fee in _meant(money, case) if fee.due == due and case.as_of > _until(fee, case)]
        if reached and stages:
            found.append(Due(max(stages, key=lambda fee: _until(fee, case)), 1))
    return found


def _until(fee: Fee, case: Case) -> date:
    """The last day before a stage begins, counted as grace is: three months after 30 April are over on 30 July."""
    return after(case.term.span.last, fee.from_months_late, fee.from_days_late)


def _meant(money: Money, case: Case) -> Iterator[Fee]:
    return (fee for fee in money.fees if applies(fee.when, case.facts))


def _years(case: Case) -> int:
    return max(1, -(-whole_months(case.term.span.start, case.term.span.end) // 12))
