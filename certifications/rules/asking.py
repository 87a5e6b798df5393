"""What the rules of a person's certifications ask about an activity, so that a form asks that and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from .document import Document, Select


@dataclass(frozen=True)
class Asked:
    """Words that some rule looks for, each list in alphabetical order; and whether the level of training matters."""

    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    above_level: bool = False
    stated: bool = False  # whether points that a certificate states are counted as such


def asked_by(documents: Iterable[Document]) -> Asked:
    """The words of all these rules together. Worked examples are no rules and are left out."""
    types: set[str] = set()
    topics: set[str] = set()
    above_level = stated = False
    for document in documents:
        for select in _selects(document):
            types.update(select.type)
            topics.update(select.topic)
        for fact in document.facts:
            if fact.answer == "topics":
                topics.update(fact.choices)
        above_level = above_level or any(rule.above_level for rule in document.kinds)
        stated = stated or any(rule.stated or rule.points is None for rule in document.kinds)
    return Asked(_ordered(types), _ordered(topics), above_level, stated)


def _ordered(words: set[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=str.casefold))


def _selects(document: Document) -> Iterator[Select]:
    parts = [
        document.period, *document.kinds, *document.caps, *document.minimums, *document.alternatives, *document.events,
        document.carry_over,
    ]  # fmt: skip
    for part in parts:
        yield from _inside(part)


def _inside(part: object) -> Iterator[Select]:
    if isinstance(part, Select):
        yield part
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _inside(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from _inside(item)
