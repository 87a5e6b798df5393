"""Names: each used once, none that leads nowhere, no condition that asks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from ..document import Condition, Document, Minimum, Select
from .named import no_such

Found = Iterator[tuple[str, str]]
KEYED = ("sources", "facts", "categories", "kinds", "caps", "minimums", "alternatives", "events", "escalations")
# What the engine is told about every holder; all other facts are asked for by the document itself.
BUILT_IN_FACTS = frozenset(
    {
        "level", "period-number", "first-period", "awarded", "birth", "period-start", "period-end",
        "further-certifications",
    }
)  # fmt: skip
# Names that answers use for things of their own.
TAKEN = {"categories": ("carried",), "minimums": ("total",)}


def unique_keys(document: Document) -> Found:
    """Keys that stand twice in one list, or that answers use for something else."""
    for path, items in _lists(document):
        seen: set[str] = set()
        for position, item in enumerate(items):
            if item.key in seen:
                yield f"{path}.{position}.key", f"{item.key!r} is used twice"
            if item.key in TAKEN.get(path, ()):
                yield f"{path}.{position}.key", f"{item.key!r} has a meaning of its own; choose another key"
            seen.add(item.key)


def _lists(document: Document) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for part in KEYED:
        yield part, getattr(document, part)
    for position, way in enumerate(document.alternatives):
        yield f"alternatives.{position}.minimums", way.minimums
    for position, event in enumerate(document.events):
        yield f"events.{position}.minimums", event.minimums
    yield "period.nested", document.period.nested
    yield "period.reinstatement", document.period.reinstatement
    if document.money:
        yield "money.fees", document.money.fees


def references(document: Document) -> Found:
    """Categories, sources, minimums and events that are named and not there."""
    known = [category.key for category in document.categories]
    for path, names in _named(document):
        for name in names:
            if name not in known:
                yield path, no_such("category", name, known)
    sources = [source.key for source in document.sources]
    for path, part in parts(document):
        source = getattr(part, "source", "")
        if source and source not in sources:
            yield f"{path}.source", no_such("source", source, sources)
    minimums = [minimum.key for minimum in document.minimums]
    for name in document.carry_over.within_minimums if document.carry_over else ():
        if name not in minimums:
            yield "carry_over.within_minimums", no_such("minimum", name, minimums)
    events = [event.key for event in document.events]
    for position, example in enumerate(document.period_examples):
        if example.renewed_by and example.renewed_by not in events:
            yield f"period_examples.{position}.renewed_by", no_such("event", example.renewed_by, events)


def _named(document: Document) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every place that names categories."""
    for path, part in parts(document):
        if isinstance(part, Select):
            yield f"{path}.category", part.category
    for position, rule in enumerate(document.kinds):
        yield f"kinds.{position}.category", rule.category
    if document.carry_over and document.carry_over.arrives_as:
        yield "carry_over.arrives_as", (document.carry_over.arrives_as,)


def _facts(part: BaseModel) -> tuple[str | None, ...]:
    if isinstance(part, Condition):
        return (part.fact,)
    return (part.fact, part.for_each) if isinstance(part, Minimum) else ()  # an item is its own question


def conditions(document: Document) -> Found:
    """Facts that nobody asks for, conditions that ask nothing, events that anything at all would meet."""
    asked = {fact.key for fact in document.facts} | BUILT_IN_FACTS
    for path, part in parts(document):
        for fact in _facts(part):
            if fact and fact not in asked:
                yield path, f"no [[facts]] asks for {fact!r}"
        if isinstance(part, Condition) and part == Condition(fact=part.fact):
            yield path, "asks nothing: give is, one_of, at_least, less_than, every, on_or_after or before"
        if isinstance(part, Condition) and part.remainder and not part.remainder < (part.every or 1):
            yield f"{path}.remainder", "must be below every"
    for position, event in enumerate(document.events):
        if event.select.everything:
            yield f"events.{position}.select", "selects everything: any activity would meet all requirements"


def parts(part: object, path: str = "") -> Iterator[tuple[str, BaseModel]]:
    """Every part of a document with its key path; examples are left out."""
    if isinstance(part, BaseModel):
        if path:
            yield path, part
        for name, field in type(part).model_fields.items():
            if name not in ("examples", "period_examples", "sources"):
                key = field.alias or name
                yield from parts(getattr(part, name), f"{path}.{key}" if path else key)
    elif isinstance(part, tuple):
        for position, item in enumerate(part):
            yield from parts(item, f"{path}.{position}")
