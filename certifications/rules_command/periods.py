"""`rules periods`: start, end, last day to earn, windows and what comes next, from what is known about somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from certifications.rules.dates import Span, calendar_years_of, written, years_of
from certifications.rules.document import Document
from certifications.rules.period_examples import period_facts, period_of
from certifications.rules.periods import FOREVER

from .files import LONG_AGO, DatesFile, dates_at, document_for, unusable
from .json_text import text_of

NAMES = {
    "number": "Period",
    "starts": "Starts",
    "ends": "Ends, last day that counts as current",
    "earns_from": "Points may be earned from",
    "last_earning_day": "Last day to earn points",
    "window_opens": "Renewal opens",
    "window_closes": "Renewal closes",
    "renew_from": "May be renewed by points from",
    "submit_by": "Submit by",
    "exam_by": "Exam by",
    "suspended_until": "Suspended until",
    "reinstate_until": "Can be reinstated until",
    "next_starts": "Next period starts",
    "next_ends": "Next period ends",
}


def period(pack: Path, case_file: Path) -> tuple[Document, dict[str, Any]]:
    """All dates of the period a case file is about. Raises WrongUse and NotUsable."""
    file = dates_at(case_file)
    try:
        document = document_for(pack, file)
        span, number = period_of(document, file, file.as_of or LONG_AGO)
        facts = period_facts(document, _of(file, span, number))
    except ValueError as error:
        raise unusable(case_file, error) from None
    if span.end >= FOREVER:
        facts = {"starts": span.start, "ends": None}
    return document, {"number": number, **facts, **_windows(span)}


def _of(file: DatesFile, span: Span, number: int | None) -> DatesFile:
    return file.model_copy(update={"starts": span.start, "ends": span.last, "number": number})


def _windows(span: Span) -> dict[str, Any]:
    """The years of the period, for caps and minimums "a year" and "a calendar year"."""
    if span.end >= FOREVER:
        return {"years": [], "calendar_years": []}
    return {"years": years_of(span), "calendar_years": calendar_years_of(span)}


def as_json(facts: dict[str, Any]) -> str:
    """The dates as one JSON object."""
    return text_of(_plain(facts))


def _plain(value: object) -> object:
    if isinstance(value, Span):
        return {"starts": str(value.start), "ends": str(value.last)}
    if isinstance(value, date):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def as_text(document: Document, facts: dict[str, Any]) -> str:
    """The dates as people read them."""
    return "\n".join([f"{document.rules.name}, version {document.rules.version}", *_lines(facts)])


def _lines(facts: dict[str, Any]) -> Iterator[str]:
    for key, name in NAMES.items():
        value = facts.get(key)
        if isinstance(value, date):
            yield f"{name}: {written(value)}"
        elif value is not None:
            yield f"{name}: number {value}"
    if facts.get("ends") is None:
        yield "Does not end"
    for key, last in facts.get("reinstatement", {}).items():
        yield f"Reinstatement, {key}: until {written(last)}"
    for key, lasts in facts.get("nested", {}).items():
        yield f"Inner rhythm, {key}: until {', '.join(written(last) for last in lasts)}"
    for key, name in (("years", "Years"), ("calendar_years", "Calendar years")):
        if facts.get(key):
            yield f"{name}: {'; '.join(span.words() for span in facts[key])}"


__all__ = ["as_json", "as_text", "period"]
