"""A rule document with one value changed at a time, for every value that speaks to people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from certifications.rules.document import Document
from certifications.rules.words import FORMATS, KINDS, REACHES, ROLES

# Names by which parts refer to each other, and what the page around the words shows: number, status, body, holders.
SILENT = {
    "format", "key", "rules.body", "rules.version", "rules.status", "rules.certifications", "rules.name",
    "renewed_by.certification", "examples", "period_examples", "source", "sources", "fact", "item",
    "facts.answer", "unit.one",
}  # fmt: skip


def variants(document: Document) -> Iterator[tuple[str, Document]]:
    """The document with one value changed each time, for every value that speaks to people."""
    for path, value in leaves(document, ()):
        names = [part for part in path if isinstance(part, str)]
        if names[-1] in SILENT or ".".join(names) in SILENT or names[0] in SILENT or names[-1] == "url":
            continue
        if names == ["kinds", "per"] and (not (rule := document.kinds[path[1]]).points or rule.for_whole_period):
            continue  # there is no rate
        if names[0] == "period" and document.period.never_ends and names[-1] != "never_ends":
            continue
        other = another(names[-1], value, document)
        if other is not None:
            yield ".".join(map(str, path)), replaced(document, path, other)


def leaves(part: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value that a document sets, with its path."""
    if isinstance(part, BaseModel):
        for name in part.model_fields_set:
            value = getattr(part, name)
            if value != type(part).model_fields[name].get_default(call_default_factory=True) or name == "points":
                yield from leaves(value, (*path, name))
    elif isinstance(part, tuple):
        for place, item in enumerate(part):
            yield from leaves(item, (*path, place))
    elif isinstance(part, dict):
        for key, item in part.items():
            yield from leaves(item, (*path, key))
    else:
        yield path, part


def another(name: str, value: Any, document: Document) -> Any:
    """Another value of the same sort."""
    match value:
        case bool():
            return not value
        case int():
            return value + (100 if name in ("points", "most", "least", "block_points") else 1)
        case Fraction():
            return value + 1
        case date():
            return value + timedelta(days=1)
    if name in CHOICES:
        return next(one for one in CHOICES[name] if one != value)
    vocabularies = (KINDS, FORMATS, ROLES, REACHES, {category.key: category for category in document.categories})
    for vocabulary in vocabularies:
        if value in vocabulary:
            return next((word for word in vocabulary if word != value), None)
    return None if value is None else f"{value}, changed"


CHOICES = {
    "decided_by": ("submission", "period-end"), "confidence": ("unverified", "copy"), "starts": ("january", "award"),
    "ends": ("year-end", "month-end"), "end_parity": ("licence-year", "even"), "early_from": ("none", "award"),
    "renewing_early": ("longer", "keeps"), "allows": ("exam", "earn"), "allocation": ("best", "date-order"),
    "window": ("rolling-7-months", "day"), "mode": ("up", "down"), "once": ("ever", "period"),
    "per": ("minute", "hour"), "evidence": ("to-count", "packet"), "due": ("each-further", "yearly"),
    "several": ("highest", "each"), "snap": ("forward", "back"), "leap_day": ("1-march", "28-february"),
    "counts_on": ("first-day", "last-day"), "percent_of": ("counted", "required"), "tests": ("asked", "counted"),
    "fixed_end": ("02-15", "03-15"),
}  # fmt: skip


def replaced(part: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy of a part with the value at this path changed."""
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(part, BaseModel):
        return part.model_copy(update={head: replaced(getattr(part, head), rest, value)})
    if isinstance(part, tuple):
        return tuple(replaced(item, rest, value) if place == head else item for place, item in enumerate(part))
    return {**part, head: replaced(part[head], rest, value)}
