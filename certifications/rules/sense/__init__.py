"""Contradictions in a well-formed document: things that are right alone and senseless together."""

from __future__ import annotations

from ..document import Document
from .categories import descendants, tree
from .examples import CARRIED, examples, strange_activities
from .idle import idle
from .keys import BUILT_IN_FACTS, conditions, references, unique_keys
from .nothing import empty_selections, impossible_conditions
from .numbers import caps_twice, crowded, out_of_reach
from .order import dates, shadowed


def contradictions(document: Document) -> list[tuple[str, str]]:
    """Every contradiction as (key path, sentence); an empty list means the document makes sense."""
    found = [*unique_keys(document), *tree(document)] or [*references(document), *crowded(document)]
    if found:
        return found
    return [
        *conditions(document),
        *dates(document),
        *shadowed(document),
        *out_of_reach(document),
        *caps_twice(document),
        *empty_selections(document),
        *impossible_conditions(document),
        *idle(document),
        *examples(document),
    ]


__all__ = ["BUILT_IN_FACTS", "CARRIED", "contradictions", "descendants", "strange_activities"]
