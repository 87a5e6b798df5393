"""Renewal periods: from an award, from the date on a card, and one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .cases import Term
from .dates import DAY, Span, add_months, month_days
from .document import Document, Period

FOREVER = date(2200, 1, 1)


@dataclass(frozen=True)
class Holder:
    """The dates about a person that period rules may ask for."""

    awarded: date | None = None
    birth: date | None = None


@dataclass(frozen=True)
class Dates:
    """A period with the days around it that matter."""

    term: Term
    submit_by: date
    exam_by: date
    suspended_until: date | None
    reinstate_until: date | None
    window_opens: date


def first_period(document: Document, holder: Holder) -> Span:
    """The first renewal period after an award. Raises ValueError where a needed date is missing."""
    rules = document.period
    if holder.awarded is None:
        raise ValueError("the date of the award is needed")
    start = _first_day(rules, holder.awarded)
    if endless(document, holder):
        return Span(start, FOREVER)
    return Span(start, _end(rules, start, holder))


def period_ending(document: Document, expiry: date, holder: Holder | None = None) -> Span:
    """The period that a card with this expiry date stands for.

    NICET certificates turn inactive on the first day of the month they print, so there the day is outside.
    """
    rules = document.period
    end = _end_from_card(rules, expiry)
    start = add_months(end, -(rules.months or 12))
    if start.day != end.day and _last_of_month(end - DAY):
        start = start.replace(day=month_days(start.year, start.month)) + DAY
    awarded = holder.awarded if holder else None
    if awarded and start < _first_day(rules, awarded) < end and rules.ends != "anniversary":
        start = _first_day(rules, awarded)
    return Span(start, end)


def next_period(document: Document, current: Span, holder: Holder, *, renewed_on: date | None = None) -> Span:
    """The period after this one. `renewed_on` matters where renewing early or late moves the dates."""
    rules = document.period
    months = rules.months or 12
    if rules.renewing_early == "from-approval" and renewed_on:
        return Span(renewed_on, _end(rules, renewed_on, holder))
    start = current.end
    if rules.renewing_early == "longer" and renewed_on and renewed_on < current.last:
        start = renewed_on + DAY
    anchor = holder.awarded.day if holder.awarded and rules.ends == "anniversary" else None
    end = add_months(current.end, months, anchor=anchor)
    return Span(start, _snapped(rules, end, holder) if rules.ends == "birth-month-end" else end)


def dates_of(document: Document, span: Span, holder: Holder, *, ordinal: int = 1) -> Dates:
    """Everything around a period: when earning starts and stops, the renewal window, grace, suspension."""
    rules = document.period
    last = span.last
    earn_end, submit, exam = last, last, last
    for grace in rules.grace:
        until = (add_months(last, grace.months) if grace.months else last) + timedelta(days=grace.days)
        if grace.allows == "earn":
            earn_end = max(earn_end, until)
        if grace.allows in ("earn", "submit", "late-fee"):
            submit = max(submit, until)
        if grace.allows in ("earn", "exam"):
            exam = max(exam, until)
    for relief in rules.relief:
        if relief.ends_from <= last <= relief.ends_until and relief.select.everything:
            earn_end = max(earn_end, add_months(last, relief.extra_months))
    opens = add_months(last, -rules.window_months) - timedelta(days=rules.window_days)
    endless_span = span.end >= FOREVER
    return Dates(
        term=Term(span, Span(_earns_from(rules, span, holder, ordinal), earn_end + DAY), endless_span),
        submit_by=submit,
        exam_by=exam,
        suspended_until=_months_after(last, rules.suspended_months),
        reinstate_until=_months_after(last, rules.reinstate_months),
        window_opens=max(opens, span.start),
    )


def endless(document: Document, holder: Holder) -> bool:
    """Whether this holder's certification never lapses."""
    before = document.period.lifelong_if_issued_before
    return document.period.never_ends or bool(before and holder.awarded and holder.awarded < before)


def _months_after(day: date, months: int) -> date | None:
    return add_months(day, months) if months else None


def _earns_from(rules: Period, span: Span, holder: Holder, ordinal: int) -> date:
    if ordinal != 1 or holder.awarded is None or holder.awarded >= span.start:
        return span.start
    if rules.early_from == "award":
        return holder.awarded
    if rules.early_from == "january":
        return min(date(holder.awarded.year, 1, 1), span.start)
    return span.start


def _first_day(rules: Period, awarded: date) -> date:
    if rules.starts == "next-january":
        return date(awarded.year + 1, 1, 1)
    if rules.starts == "january":
        return date(awarded.year, 1, 1)
    return awarded.replace(day=1) if rules.starts == "month-start" else awarded


def _end(rules: Period, start: date, holder: Holder) -> date:
    """The first day after a period that starts on `start`."""
    return _snapped(rules, add_months(start, rules.months or 12), holder)


def _snapped(rules: Period, end: date, holder: Holder) -> date:
    """Move an anniversary to the day the body's calendar wants."""
    if rules.ends == "month-end":
        return _after_month(end - DAY)
    if rules.ends == "month-start":
        return (end - DAY).replace(day=1) if end.day != 1 else end
    if rules.ends == "year-end":
        return date((end - DAY).year + 1, 1, 1)
    if rules.ends == "fixed" and rules.fixed_end:
        month, day = map(int, rules.fixed_end.split("-"))
        fixed = date((end - DAY).year, month, min(day, month_days((end - DAY).year, month)))
        return (fixed if fixed >= end - DAY else date(fixed.year + 1, month, fixed.day)) + DAY
    if rules.ends == "birth-month-end":
        return _birth_month_end(rules, end, holder)
    return end


def _birth_month_end(rules: Period, end: date, holder: Holder) -> date:
    if holder.birth is None:
        raise ValueError("the date of birth is needed")
    year = end.year
    parity = {"birth-year": holder.birth, "licence-year": holder.awarded}.get(rules.end_parity or "")
    last = _after_month(date(year, holder.birth.month, 1)) - DAY
    if last > end:
        year -= 1
    if parity is not None and (year - parity.year) % 2:
        year -= 1
    return _after_month(date(year, holder.birth.month, 1))


def _after_month(day: date) -> date:
    return day.replace(day=month_days(day.year, day.month)) + DAY


def _last_of_month(day: date) -> bool:
    return day.day == month_days(day.year, day.month)


def _end_from_card(rules: Period, expiry: date) -> date:
    if rules.ends == "month-start":
        return expiry.replace(day=1)
    if rules.ends in ("month-end", "birth-month-end"):
        return _after_month(expiry)
    if rules.ends == "year-end":
        return date(expiry.year + 1, 1, 1)
    return expiry + DAY if rules.expiry_day_counts else expiry
