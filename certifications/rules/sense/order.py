"""Dates and orders that cannot be: ends before starts, rules that an earlier one hides."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Document, KindRule, Period

Found = Iterator[tuple[str, str]]


def dates(document: Document) -> Found:
    """Periods and dates that contradict themselves."""
    yield from _period(document.period)
    for position, relief in enumerate(document.period.relief):
        if relief.ends_until < relief.ends_from:
            yield f"period.relief.{position}.ends_until", "is before ends_from"
    for position, rule in enumerate(document.kinds):
        if rule.from_ and rule.until and rule.until <= rule.from_:
            yield f"kinds.{position}.until", "is not after from"
    for position, cap in enumerate(document.caps):
        if cap.applies_from and cap.applies_until and cap.applies_until <= cap.applies_from:
            yield f"caps.{position}.applies_until", "is not after applies_from"


def _period(period: Period) -> Found:
    if period.never_ends and period.months:
        yield "period.never_ends", "a certification that never ends has no months"
    if not period.never_ends and not period.months:
        yield "period.months", "is missing (or say never_ends = true)"
    if period.ends == "fixed" and not period.fixed_end:
        yield "period.fixed_end", "is missing for ends = 'fixed'"
    if period.end_year is not None:
        if period.ends not in ("fixed", "year-end") or (period.months or 12) % 12:
            yield "period.end_year", "belongs to ends = 'fixed' or 'year-end', and to whole years of months"
        if period.end_parity:
            yield "period.end_parity", "and end_year both say in which years periods end: keep one"
    if period.rolls_months and not period.rolling:
        yield "period.rolls_months", "belongs to rolling = true"
    closes = (period.window_closes_months, period.window_closes_days)
    if any(closes) and period.opens_months and closes >= (period.opens_months, period.window_days):
        yield "period.window_closes_months", "closes the window before it opens"


def shadowed(document: Document) -> Found:
    """Kind rules that are never reached, for an earlier one takes everything they could take."""
    for position, rule in enumerate(document.kinds):
        other = next((one for one in document.kinds[:position] if _hides(one, rule)), None)
        if other:
            yield f"kinds.{position}", f"is never used: {other.key!r} before it takes all it could take"


def _hides(earlier: KindRule, later: KindRule) -> bool:
    open_to_all = earlier.select.everything and not earlier.when and not earlier.until and not earlier.from_
    kinds = not earlier.kind or (bool(later.kind) and set(later.kind) <= set(earlier.kind))
    return open_to_all and kinds and set(later.category) <= set(earlier.category)
