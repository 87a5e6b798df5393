"""What employers ask for beside the certifying body: a small rule document, its periods, and what eases it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .dates import Span, add_months
from .document import Document
from .parsing import parse
from .points import show
from .words import GROUP_LABELS, KINDS, Group

OWN = "in-house"  # the body of a document that was made from the form
_HOURS = [group for group in Group if group is not Group.FIELD_TIME]


@dataclass(frozen=True)
class Wish:
    """What the form asks. Points are hundredths; an hour is a point."""

    name: str
    points: int
    months: int
    least_in: str = ""  # a group of kinds
    least_points: int = 0
    field_time: int = 0  # points for a month of it; none: it does not count


def made_from(wish: Wish, *, version: int, day: date) -> Document:
    """The rule document of a form. Raises DocumentError where it contradicts itself."""
    groups = [*_HOURS, *([Group.FIELD_TIME] if wish.field_time else [])]
    rules = {
        "body": OWN, "key": OWN, "name": wish.name, "version": str(version), "in_force_from": day, "checked_on": day,
        "confidence": "body", "certifications": [OWN],
        "summary": f"{show(wish.points)} points in {wish.months} months. An hour is a point.",
    }  # fmt: skip
    raw = {
        "format": 1,
        "rules": rules,
        "period": {"months": wish.months, "window_months": 1},
        "need": {"points": show(wish.points).replace(",", "")},
        "categories": [{"key": group.value, "name": GROUP_LABELS[group]} for group in groups],
        "kinds": [_kind(group, wish) for group in groups],
    }
    if wish.least_points:
        select = {"category": [wish.least_in]}
        least = {"key": "least", "name": GROUP_LABELS[Group(wish.least_in)], "select": select}
        raw["minimums"] = [{**least, "points": show(wish.least_points).replace(",", "")}]
    return parse(raw)


def _kind(group: Group, wish: Wish) -> dict[str, object]:
    kinds = [kind.key for kind in KINDS.values() if kind.group is group]
    rule: dict[str, object] = {
        "key": group.value,
        "name": GROUP_LABELS[group],
        "kind": kinds,
        "category": [group.value],
    }
    if group is Group.FIELD_TIME:
        return {**rule, "per": "month", "points": show(wish.field_time).replace(",", ""), "over_time": True}
    return {**rule, "points": 1}


def wish_of(document: Document) -> Wish | None:
    """What was filled in for a document that was made from the form; None for any other."""
    if document.rules.body != OWN:
        return None
    least = next(iter(document.minimums), None)
    field_time = next((rule.points for rule in document.kinds if rule.over_time), None)
    return Wish(
        name=document.rules.name, points=document.need.points, months=document.period.months or 12,
        least_in=least.select.category[0] if least else "", least_points=(least.points or 0) if least else 0,
        field_time=field_time or 0,
    )  # fmt: skip


def span_on(months: int, since: date, day: date) -> Span:
    """The period of a requirement that runs on a day: one after the other from the day it began."""
    number = 0
    while add_months(since, (number + 1) * months) <= day:
        number += 1
    return Span(add_months(since, number * months), add_months(since, (number + 1) * months))


def longer(span: Span, months: int) -> Span:
    """The same period, with so many months more."""
    return Span(span.start, add_months(span.end, months)) if months else span


def eased(document: Document, percent: int) -> Document:
    """The same rules with a part of what they ask for: the total and the points of every minimum, rounded up."""
    if percent >= 100:
        return document

    def part(points: int | None) -> int | None:
        return None if points is None else -(-points * percent // 100)

    need = document.need.model_copy(
        update={
            "points": part(document.need.points),
            "by": tuple(one.model_copy(update={"points": part(one.points)}) for one in document.need.by),
        }
    )
    minimums = tuple(one.model_copy(update={"points": part(one.points)}) for one in document.minimums)
    return document.model_copy(update={"need": need, "minimums": minimums})
