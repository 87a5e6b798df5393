"""Keys that would be read by nobody: what stands beside them leaves them nothing to say."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Document, Event, Minimum, Period
from .keys import parts

Found = Iterator[tuple[str, str]]
_SNAPPED = ("birth-month-end", "birthday", "year-end", "fixed")
_IDLE = "says nothing here, leave it out: "


def idle(document: Document) -> Found:
    """Keys whose value could be anything, as other keys of the same table decide alone."""
    yield from _period(document.period)
    for path, part in parts(document):
        if isinstance(part, Minimum):
            for key, why in _minimum(part):
                yield f"{path}.{key}", f"{_IDLE}{why}"
        if isinstance(part, Minimum | Event) and part.window == "activity":
            yield f"{path}.window", "must be longer than one activity, for only caps look at each by itself"
        if isinstance(part, Minimum) and part.window == "day" and (part.categories or part.in_one_category):
            yield f"{path}.window", "must be longer than a day where categories are compared"
    carried = document.carry_over
    if carried and carried.arrives_as and carried.keeps_categories:
        yield "carry_over.keeps_categories", f"{_IDLE}all points arrive in one category"


def _period(period: Period) -> Found:
    if period.end_parity and period.ends not in _SNAPPED:
        yield "period.end_parity", f"{_IDLE}the end follows the award, not the calendar"
    if period.fixed_end and period.ends != "fixed":
        yield "period.fixed_end", f"{_IDLE}periods end on other days"
    if period.snap and period.ends in ("anniversary", "month-start"):
        yield "period.snap", f"{_IDLE}the calendar does not move the end"


def _minimum(one: Minimum) -> Found:
    """What a minimum says beside a measure that does not look at it."""
    if one.item or one.fact:
        why = "a yes is asked for" if one.item else "a number is asked for"
        given = {"window": one.window != "period", "select": not one.select.everything}
    elif one.times or one.categories:
        why, given = f"{'activities' if one.times else 'categories'} are counted, not points", {}
    else:
        return
    given |= {"tests": one.tests != "counted", "in_one_category": one.in_one_category}
    yield from ((key, why) for key, said in given.items() if said)
