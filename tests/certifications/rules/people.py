"""Cases on the shipped packs, changed as a test needs them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from certifications.packs import SHIPPED
from certifications.rules.cases import Case, Entry
from certifications.rules.dates import DAY, Span
from certifications.rules.document import Document
from certifications.rules.examples import case_of
from certifications.rules.parsing import parse_text
from certifications.rules.periods import Dates, Holder, dates_of

TODAY = date(2026, 10, 1)


@cache
def pack(path: str) -> Document:
    """A shipped rule document, by folder and file: `pack("nicet/2010")`."""
    return parse_text((SHIPPED / f"{path}.toml").read_text(encoding="utf-8"))


NICET = pack("nicet/2010")
DANA = case_of(NICET, NICET.examples[0])


def case(
    document: Document,
    starts: date,
    ends: date,
    *entries: Entry,
    as_of: date = TODAY,
    facts: dict[str, Any] | None = None,
) -> Case:
    """A case of one period, widened by the days that count for it."""
    term = dates_of(document, Span(starts, ends + DAY), Holder()).term
    if document.period.never_ends:
        term = replace(term, never_ends=True)
    return Case(term, as_of, entries, facts=facts or {})


def dates(document: Document, one: Case) -> Dates:
    return dates_of(document, one.term.span, Holder())


def done(on: date, amount: object = 1, kind: str = "class", **more: Any) -> Entry:
    """An activity of a day; its key is its day and kind."""
    return Entry(key=f"{kind}-{on}", on=on, amount=Fraction(str(amount)), kind=kind, **more)


def worked(since: date, on: date, share: int = 100) -> Entry:
    """Field time."""
    months = Span(since, on + DAY).months()
    return Entry(key=f"work-{since}", on=on, since=since, amount=months, unit="month", kind="field-time", share=share)
