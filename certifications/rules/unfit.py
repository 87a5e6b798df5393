"""What no document may hold, wherever it comes from: characters that are not shown, and tables without end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

MOST_DEPTH = 12  # a document has 7 at most
# What turns the direction of text around can make a rule read other than it is.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TOO_DEEP = "is nested too deeply"
_MOST = 10**18  # a hexadecimal number can have so many digits that it cannot be written any more


def unfit(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Everything in these values that no draft may hold: key path and what is wrong."""
    return list(_unfit(raw, ""))


def _unfit(value: Any, path: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """What no draft may hold, with its key path: invisible characters, and tables in tables in tables."""
    if depth > MOST_DEPTH:
        yield path, _TOO_DEEP
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if unfit_character(key):
                yield path, "a key has a character that cannot be shown"
            else:
                yield from _unfit(inner, f"{path}.{key}" if path else key, depth + 1)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _unfit(inner, f"{path}.{place}", depth + 1)
    elif isinstance(value, int) and abs(value) > _MOST:
        yield path, "is a number with more digits than any rule has use for"
    elif isinstance(value, str) and (character := unfit_character(value)):
        yield path, f"has the character U+{ord(character):04X}, which cannot be shown"
    elif isinstance(value, str) and value and all(unicodedata.category(one)[0] in "CZ" for one in value):
        yield path, "has nothing in it that can be seen"


def unfit_character(text: str) -> str:
    """The first character that is not shown, or that turns the direction of text around; empty if there is none."""
    for character in text:
        if character in _TURNING or (unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t\r"):
            return character
    return ""
