"""A draft without what is wrong in it, so that the rest can be put into words already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..rules.document import Document
from ..rules.parsing import DocumentError, validate
from .reading import put, value_at

ROUNDS = 4  # what was hidden by one error may be wrong itself
# Stands for what a first draft does not say yet and no words need.
_FILLED = {"rules.certifications": ["unnamed"], "rules.summary": "", "format": 1, "period": {}}


def readable(raw: Mapping[str, Any]) -> tuple[Document | None, bool]:
    """The document that the values make, and whether anything had to be left out; None where nothing can be read."""
    left_out = False
    for _ in range(ROUNDS):
        try:
            return validate(Document, raw, lines={}), left_out
        except DocumentError as error:
            raw, left_out = _without(raw, {problem.path for problem in error.problems}), True
    return None, True


def _without(raw: Mapping[str, Any], paths: Iterable[str]) -> dict[str, Any]:
    """The same values without these: the row that each lies in, else the value itself."""
    pruned = dict(raw)
    # From the last row to the first, so that the places of the others stay what they are.
    for path in sorted({_part(raw, path) for path in paths if path}, key=_places, reverse=True):
        around, _, name = path.rpartition(".")
        inside = value_at(pruned, around)
        if path in _FILLED:
            pruned = dict(put(pruned, path, _FILLED[path]))
        elif isinstance(inside, list):
            pruned = dict(put(pruned, around, inside[: int(name)] + inside[int(name) + 1 :]))
        elif isinstance(inside, Mapping):
            pruned = dict(put(pruned, around, {key: value for key, value in inside.items() if key != name}))
    return pruned


def _part(raw: Mapping[str, Any], path: str) -> str:
    """The first row on the way to a path, or as much of the path as there is."""
    parts = path.split(".")
    for length in range(1, len(parts) + 1):
        inside = value_at(raw, ".".join(parts[: length - 1]))
        if isinstance(inside, list) and parts[length - 1].isdecimal() and int(parts[length - 1]) < len(inside):
            return ".".join(parts[:length])
        if not isinstance(inside, Mapping) or parts[length - 1] not in inside:
            return ".".join(parts[:length]) if ".".join(parts[:length]) in _FILLED else ".".join(parts[: length - 1])
    return path


def _places(path: str) -> tuple[Any, ...]:
    return tuple((1, int(part)) if part.isdecimal() else (0, part) for part in path.split("."))
