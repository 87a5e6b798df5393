"""Renewal periods: from an award, from the date on a card, and one after the other."""

from __future__ import annotations

from datetime import date, timedelta

from .dates import DAY, Span, add_months, after_month, month_days
from .document import Document, Period
from .period_dates import FOREVER, Dates, Holder, dates_of

MOST_PERIODS = 400
BIRTH = ("birth-month-end", "birthday")


def first_period(document: Document, holder: Holder) -> Span:
    """The first renewal period after an award. Raises ValueError where a needed date is missing."""
    rules = document.period
    if holder.awarded is None:
        raise ValueError("the date of the award is needed")
    return period_starting(document, _first_day(rules, holder.awarded), holder)


def begins_first(document: Document, awarded: date, start: date) -> bool:
    """Whether a period that starts on this day is the first after the award, whatever day the rules let it begin on."""
    return start in (awarded, _first_day(document.period, awarded))


def period_starting(document: Document, start: date, holder: Holder) -> Span:
    """The period that begins on a day that is known to be its first."""
    if endless(document, holder):
        return Span(start, FOREVER)
    return Span(start, _end(document.period, start, holder, months_of(document.period)))


def period_on(document: Document, holder: Holder, day: date) -> tuple[Span, int]:
    """The period that runs on a day, and its number, counted on from the award by one renewal after the other."""
    span, number = first_period(document, holder), 1
    while span.end <= day and number < MOST_PERIODS:
        span, number = next_period(document, span, holder), number + 1
    return span, number


def period_ending(document: Document, expiry: date, holder: Holder | None = None) -> Span:
    """The period that a card with this expiry date stands for.

    NICET certificates turn inactive on the first day of the month they print, so there the day is outside.
    """
    return period_before(document, _end_from_card(document.period, expiry), holder)


def period_before(document: Document, end: date, holder: Holder | None = None) -> Span:
    """The period that ends the day before `end`."""
    rules = document.period
    start = add_months(end, -months_of(rules))
    if rules.ends == "birthday" and holder and holder.birth:
        start = _birthday_near(rules, start, holder)
    elif start.day != end.day and _last_of_month(end - DAY):
        start = after_month(start)
    awarded = holder.awarded if holder else None
    if awarded and start < _first_day(rules, awarded) < end and rules.ends != "anniversary":
        start = _first_day(rules, awarded)
    return Span(start, end)


def next_period(
    document: Document,
    current: Span,
    holder: Holder,
    *,
    renewed_on: date | None = None,
    months: int | None = None,
) -> Span:
    """The period after this one.

    `renewed_on` matters where renewing early or late moves the dates; `months` where the way of renewing gives another
    length than the usual one (`renews_months` of an event).
    """
    rules = document.period
    if rules.rolling:
        start = add_months(current.start, rules.rolls_months or 12)
        return Span(start, add_months(start, months_of(rules)))
    length = months or months_of(rules)
    if rules.renewing_early == "from-approval" and renewed_on:
        return Span(renewed_on, _end(rules, renewed_on, holder, length))
    start = current.end
    if rules.renewing_early == "longer" and renewed_on and renewed_on < current.last:
        start = renewed_on + DAY
    end = _anniversary(rules, current.end, length, _anchor(rules, current.end, holder))
    if rules.ends == "birthday":
        end = _birthday_near(rules, end, holder)
    return Span(start, _snapped(rules, start, end, holder) if rules.ends == "birth-month-end" else end)


def joined_period(document: Document, awarded: date, others: Span) -> Span:
    """The period of a certification that shares its end with what the holder has already.

    It runs from the start of the others: points of the running period serve it too (NICET policy 30: one expiry date,
    activities within the months before it).
    """
    if not document.period.shared_end:
        raise ValueError("these rules do not share one end between certifications")
    if awarded >= others.end:
        raise ValueError("the award is after the end that would be shared")
    return others


def rolling_window(document: Document, as_of: date) -> Span:
    """The window that ends on a day, where the rules look back from any day."""
    if not document.period.rolling:
        raise ValueError("these rules have fixed periods; a window on any day needs rolling = true")
    end = as_of + DAY
    return Span(add_months(end, -months_of(document.period)), end)


def endless(document: Document, holder: Holder) -> bool:
    """Whether this holder's certification never lapses."""
    before = document.period.lifelong_if_issued_before
    return document.period.never_ends or bool(before and holder.awarded and holder.awarded < before)


def months_of(rules: Period) -> int:
    """Length of an ordinary period; a year where a document names none."""
    return rules.months or 12


def _first_day(rules: Period, awarded: date) -> date:
    if rules.starts == "next-january":
        return date(awarded.year + 1, 1, 1)
    if rules.starts == "january":
        return date(awarded.year, 1, 1)
    return awarded.replace(day=1) if rules.starts == "month-start" else awarded


def _end(rules: Period, start: date, holder: Holder, months: int) -> date:
    """The first day after a period that starts on `start`."""
    return _snapped(rules, start, _anniversary(rules, start, months, start), holder)


def _anchor(rules: Period, end: date, holder: Holder) -> date | None:
    """The award, where this end is still its anniversary: a 29th or 31st comes back in months that have it."""
    awarded = holder.awarded
    if rules.ends != "anniversary" or awarded is None or _anniversary(rules, end.replace(day=1), 0, awarded) != end:
        return None
    return awarded


def _anniversary(rules: Period, start: date, months: int, anchor: date | None) -> date:
    """`months` after a day; `anchor` is the day whose number is aimed at."""
    leap = anchor is not None and (anchor.month, anchor.day) == (2, 29) and rules.leap_day == "1-march"
    if leap and (start.month, start.day) == (3, 1):
        start -= DAY  # the stand-in of a 29 February
    end = add_months(start, months, anchor=anchor.day if anchor else None)
    return end + DAY if leap and (end.month, end.day) == (2, 28) else end


def _snapped(rules: Period, start: date, end: date, holder: Holder) -> date:
    """Move an anniversary to the day the body's calendar wants; both are first days that are out."""
    if rules.ends == "anniversary":
        return end
    if rules.ends == "month-start":
        return (end - DAY).replace(day=1) if end.day != 1 else end
    if rules.ends == "month-end":
        return end.replace(day=1) if rules.snap == "back" else after_month(end - DAY)
    days = _calendar_days(rules, end.year, holder)
    back = rules.snap == "back" or (rules.snap is None and (rules.ends in BIRTH or rules.end_year is not None))
    most = end + DAY if rules.ends == "birthday" else end  # who was certified on a birthday has whole years
    earlier = [day for day in days if start < day <= most]
    return max(earlier) if back and earlier else min(day for day in days if day >= (start + DAY if back else end))


def _calendar_days(rules: Period, around: int, holder: Holder) -> list[date]:
    """The days (first ones that are out) on which the body's calendar lets periods end, near a year."""
    if rules.ends in BIRTH:
        if holder.birth is None:
            raise ValueError("the date of birth is needed")
        ends = [(holder.birth.month, 31 if rules.ends == "birth-month-end" else holder.birth.day)]
    elif rules.ends == "year-end":
        ends = [(12, 31)]
    else:
        ends = [(int(text[:2]), int(text[3:])) for text in rules.fixed_end]
    reach = max(4, months_of(rules) // 12)
    return [
        _day_after(rules, year, month, day)
        for year in range(around - reach, around + reach + 1)
        if _ends_in(rules, year, holder)
        for month, day in ends
    ]


def _birthday_near(rules: Period, day: date, holder: Holder) -> date:
    """The first day that is out by the birthday next to a day: 29 February and what stands for it are a day apart."""
    return min(_calendar_days(rules, day.year, holder), key=lambda one: abs(one - day))


def _day_after(rules: Period, year: int, month: int, day: int) -> date:
    """The first day that is out, where a day of the calendar is the last one in (or is out itself)."""
    last = date(year, month, min(day, month_days(year, month)))
    if rules.ends == "birthday":
        last += DAY if last.day < day and rules.leap_day == "1-march" else timedelta(0)
        return last + DAY if rules.expiry_day_counts else last
    return last + DAY


def _ends_in(rules: Period, year: int, holder: Holder) -> bool:
    """Whether periods end in this year, where they do so only in some."""
    if rules.end_year is not None:
        return (year - rules.end_year) * 12 % months_of(rules) == 0
    if rules.end_parity is None:
        return True
    if rules.end_parity in ("even", "odd"):
        return year % 2 == (rules.end_parity == "odd")
    other = holder.birth if rules.end_parity == "birth-year" else holder.awarded
    if other is None:
        raise ValueError(f"the date of {'birth' if rules.end_parity == 'birth-year' else 'the award'} is needed")
    return (year - other.year) % 2 == 0


def _last_of_month(day: date) -> bool:
    return day.day == month_days(day.year, day.month)


def _end_from_card(rules: Period, expiry: date) -> date:
    if rules.ends == "month-start":
        # A card names the month in which it is out. Who gives the last day of a month means that very day.
        return expiry + DAY if _last_of_month(expiry) else expiry.replace(day=1)
    if rules.ends in ("month-end", "birth-month-end"):
        return after_month(expiry)
    if rules.ends == "year-end":
        return date(expiry.year + 1, 1, 1)
    return expiry + DAY if rules.expiry_day_counts else expiry


__all__ = [
    "FOREVER", "Dates", "Holder", "begins_first", "dates_of", "endless", "first_period", "joined_period", "months_of",
    "next_period", "period_before", "period_ending", "period_on", "period_starting", "rolling_window",
]  # fmt: skip
