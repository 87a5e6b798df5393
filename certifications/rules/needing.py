"""How many points a holder needs: by facts, prorated for a first period, with topics on top."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .cases import Case
from .dates import whole_months
from .document import Document, Minimum


def applies(when: tuple[Any, ...], facts: Mapping[str, Any]) -> bool:
    """Whether all conditions hold for these facts."""
    known = dict(facts)
    return all(condition.holds(known) for condition in when)


def full_need(document: Document, facts: Mapping[str, Any]) -> int:
    """The total of an ordinary period, in hundredths."""
    for row in document.need.by:
        if applies(row.when, facts):
            return row.points
    return document.need.points


def base_need(document: Document, case: Case) -> int:
    """The total of this period: the full one, or less where a first period is shorter."""
    full = full_need(document, case.facts)
    if not case.facts.get("first-period"):
        return full
    if document.need.first_period_exempt:
        return 0
    proration = document.need.first_period
    if proration is None:
        return full
    span = case.term.span
    months = whole_months(span.start, span.end)
    if months < proration.exempt_below_months:
        return 0
    if proration.table:
        return next((row.points for row in proration.table if row.fits(span)), full)
    if proration.block_months:
        blocks = months // proration.block_months
        if proration.block_points is None:
            return min(full, full * blocks * proration.block_months // (document.period.months or months or 1))
        return min(full, blocks * proration.block_points)
    return full


def total_need(document: Document, case: Case) -> int:
    """The total with what falls due on top of it this time, and what the period before was short of."""
    base = base_need(document, case) + sum(-carried.points for carried in case.carried if carried.points < 0)
    return base + sum(minimum.points or 0 for minimum in active_minimums(document, case) if minimum.on_top)


def active_minimums(document: Document, case: Case) -> list[Minimum]:
    """The document's minimums that apply to this holder in this period, one for each area held."""
    base = base_need(document, case)
    prorated = base < full_need(document, case.facts)
    # A first period too short to need any points needs nothing else either.
    exempt = bool(case.facts.get("first-period")) and (document.need.first_period_exempt or (prorated and not base))
    found: list[Minimum] = []
    for minimum in document.minimums:
        if exempt or (minimum.only_at_full_need and prorated) or not applies(minimum.when, case.facts):
            continue
        found += expanded(minimum, case.facts)
    return found


def expanded(minimum: Minimum, facts: Mapping[str, Any]) -> list[Minimum]:
    """A minimum "for each" area, written out for the areas this holder named."""
    if not minimum.for_each:
        return [minimum]
    areas = facts.get(minimum.for_each)
    if not isinstance(areas, str | tuple | list):  # nothing was answered, or no list
        return []
    return [
        minimum.model_copy(
            update={
                "key": f"{minimum.key} {area}",
                "name": f"{minimum.name}: {area}",
                "select": minimum.select.model_copy(update={"topic": (area,)}),
            }
        )
        for area in ([areas] if isinstance(areas, str) else areas)
    ]
