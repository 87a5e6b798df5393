"""Running the worked examples about dates, and answering the same questions for anyone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from .dates import DAY, Span
from .document import DateFacts, Document, PeriodExample
from .periods import (
    Holder,
    dates_of,
    first_period,
    joined_period,
    months_of,
    next_period,
    period_before,
    period_ending,
    period_on,
    period_starting,
    rolling_window,
)


@dataclass(frozen=True)
class Failure:
    """An example that gave something else than it says."""

    example: str
    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.example}: {self.what} should be {self.expected} and is {self.found}"


def span_asked(document: Document, asked: DateFacts) -> Span:
    """The renewal period that follows from what is known. Raises ValueError where something needed is missing."""
    holder = Holder(asked.awarded, asked.birth)
    any_day = document.period.rolling and document.period.rolls_months is None
    if asked.as_of and any_day and not (asked.starts or asked.ends or asked.expiry):
        return rolling_window(document, asked.as_of)
    if asked.starts:
        ends = asked.ends or period_starting(document, asked.starts, holder).last
        return Span(asked.starts, ends + DAY)
    if asked.joins_ends:
        if asked.awarded is None:
            raise ValueError("the date of the award is needed")
        return joined_period(document, asked.awarded, period_ending(document, asked.joins_ends))
    if asked.expiry:
        return period_ending(document, asked.expiry, holder)
    if asked.ends:
        return period_before(document, asked.ends + DAY, holder)
    span = first_period(document, holder)
    if not any_day:
        for _ in range((asked.number or 1) - 1):
            span = next_period(document, span, holder)
    return span


def period_of(document: Document, asked: DateFacts, day: date) -> tuple[Span, int | None]:
    """The period somebody is in on a day, and its number where it is known.

    From an award alone, periods are counted on to the one that runs on that day, or to the number that is named.
    """
    span, holder = span_asked(document, asked), Holder(asked.awarded, asked.birth)
    known = asked.starts or asked.ends or asked.expiry or asked.joins_ends
    if known or asked.awarded is None or (document.period.rolling and document.period.rolls_months is None):
        return span, asked.number
    return (span, asked.number) if asked.number else period_on(document, holder, day)


def period_facts(document: Document, example: DateFacts) -> dict[str, Any]:
    """Everything the period rules say for these dates, by the names examples use."""
    holder = Holder(example.awarded, example.birth)
    span = span_asked(document, example)
    dates = dates_of(document, span, holder, ordinal=example.number or 1)
    months = next((event.renews_months for event in document.events if event.key == example.renewed_by), None)
    following = next_period(
        document, span, holder, renewed_on=example.renewed_on, months=months or months_of(document.period)
    )
    return {
        "starts": span.start, "ends": span.last, "earns_from": dates.term.earns.start,
        "last_earning_day": dates.term.earns.last, "submit_by": dates.submit_by, "exam_by": dates.exam_by,
        "suspended_until": dates.suspended_until, "next_starts": following.start, "next_ends": following.last,
        "window_opens": dates.window_opens, "window_closes": dates.window_closes, "renew_from": dates.renew_from,
        "reinstate_until": dates.reinstate_until, "reinstatement": dict(dates.reinstatement),
        "nested": {key: tuple(part.last for part in parts) for key, parts in dates.nested},
    }  # fmt: skip


def run_period_example(document: Document, example: PeriodExample) -> list[Failure]:
    """What one example about dates gets wrong."""
    found = period_facts(document, example)
    return [
        Failure(example.say, what, str(expected), str(found[what]))
        for what, expected in example.expect.model_dump(exclude_none=True).items()
        if found[what] != expected
    ]
