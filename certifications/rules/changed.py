"""What differs between two edited documents, value by value: for audit, and to show the old one beside the new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NOTHING: Any = None


@dataclass(frozen=True)
class Change:
    """One value that differs: where (dotted path; rows by their key where they have one), and both values."""

    path: str
    old: Any
    new: Any


def changes(old: Any, new: Any, path: str = "") -> Iterator[Change]:
    """Every value that differs. A row that came or went is one change; rows are told apart by their key."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from changes(old.get(key), new.get(key), f"{path}.{key}" if path else str(key))
    elif _rows(old) and _rows(new):
        before, after = _by_name(old), _by_name(new)
        for name in [*before, *(name for name in after if name not in before)]:
            yield from changes(before.get(name), after.get(name), f"{path}.{name}")
        if list(before) != list(after) and set(before) == set(after):
            yield Change(f"{path} (order)", list(before), list(after))
    elif old != new:
        yield Change(path, old, new)


def _rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def name_of_row(row: Mapping[str, Any], place: int) -> str:
    """What a row is called in paths: its key or its saying, else its number."""
    name = row.get("key") or row.get("say")
    return str(name) if isinstance(name, str) and name else str(place + 1)


def _by_name(rows: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for place, row in enumerate(rows):
        name = name_of_row(row, place)
        found[name if name not in found else f"{name} ({place + 1})"] = row
    return found
