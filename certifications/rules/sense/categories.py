"""The tree of categories."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Category, Document
from .named import no_such

Found = Iterator[tuple[str, str]]


def descendants(categories: tuple[Category, ...]) -> dict[str, frozenset[str]]:
    """Each category with everything below it, itself included."""
    below: dict[str, set[str]] = {category.key: {category.key} for category in categories}
    parents = {category.key: category.parent for category in categories}
    for key in parents:
        above = parents[key]
        while above:
            below[above].add(key)
            above = parents[above]
    return {key: frozenset(keys) for key, keys in below.items()}


def tree(document: Document) -> Found:
    """Parents that are not there, and categories that are their own ancestors."""
    parents = {category.key: category.parent for category in document.categories}
    for position, category in enumerate(document.categories):
        seen, key = {category.key}, category.parent
        while key:
            if key not in parents:
                yield f"categories.{position}.parent", no_such("category", key, list(parents))
                break
            if key in seen:
                yield f"categories.{position}.parent", f"{category.key!r} is its own ancestor"
                break
            seen.add(key)
            key = parents[key]
