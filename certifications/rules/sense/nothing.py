"""Rules that can never be about anything: selectors without a single activity, conditions that exclude each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..document import Condition, Document, Minimum, Select
from .keys import parts

Found = Iterator[tuple[str, str]]


def empty_selections(document: Document) -> Found:
    """Caps, minimums and the like about categories or kinds in which nothing ever counts."""
    reached = _reached(document)
    kinds = {kind for rule in document.kinds for kind in rule.kind}
    any_kind = any(not rule.kind for rule in document.kinds)
    every = list(parts(document))
    # A kind rule may narrow what others take; an event, and what is asked for so many times, need not be worth points.
    worthless = {f"{path}.select" for path, part in every if isinstance(part, Minimum) and part.times}
    for path, part in every:
        if not isinstance(part, Select) or path.startswith(("kinds.", "events.")) or path in worthless:
            continue
        if part.category and reached.isdisjoint(part.category):
            yield f"{path}.category", f"selects nothing: no kind of activity counts in {_listed(part.category)}"
        if part.kind and not any_kind and kinds.isdisjoint(part.kind):
            yield f"{path}.kind", f"selects nothing: nothing logged as {_listed(part.kind)} counts"


def _reached(document: Document) -> set[str]:
    """Categories in which something can stand, and those around them."""
    parents = {category.key: category.parent for category in document.categories}
    carried = [document.carry_over.arrives_as] if document.carry_over and document.carry_over.arrives_as else []
    found: set[str] = set()
    for key in [*carried, *(key for rule in document.kinds for key in rule.category)]:
        inside: str | None = key
        while inside and inside not in found:
            found.add(inside)
            inside = parents.get(inside)
    return found


def _listed(words: Iterable[str]) -> str:
    return ", ".join(map(repr, words))


def impossible_conditions(document: Document) -> Found:
    """Lists of conditions that no holder can meet together."""
    for path, part in parts(document):
        conditions: tuple[Condition, ...] = getattr(part, "when", ())
        for fact in dict.fromkeys(one.fact for one in conditions):
            if _excluded([one for one in conditions if one.fact == fact]):
                yield f"{path}.when", f"can never hold: what is said of {fact!r} excludes itself"


def _excluded(conditions: list[Condition]) -> bool:
    """Whether what is asked of one fact leaves no answer."""
    words = [set(one.one_of) for one in conditions if one.one_of]
    exact = [str(one.is_) for one in conditions if one.is_ is not None]
    allowed = set.intersection(*words) if words else None
    if len(set(exact)) > 1 or allowed == set() or (allowed is not None and exact and exact[0] not in allowed):
        return True
    least, below = _ends(conditions, "at_least", max), _ends(conditions, "less_than", min)
    first, end = _ends(conditions, "on_or_after", max), _ends(conditions, "before", min)
    return (least is not None and below is not None and least >= below) or (
        first is not None and end is not None and first >= end
    )


def _ends(conditions: list[Condition], name: str, pick: Any) -> Any:
    values = [getattr(one, name) for one in conditions if getattr(one, name) is not None]
    return pick(values) if values else None
