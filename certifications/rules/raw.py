"""A rule document as it is edited: plain values that JSON can hold, valid or not yet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from .parsing import DocumentError, Problem, key_lines, line_of, read_toml

MOST_DEPTH = 12  # a document has 7 at most
# What turns the direction of text around can make a rule read other than it is.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TOO_DEEP = "is nested too deeply"
_MOST = 10**18  # a hexadecimal number can have so many digits that it cannot be written any more


def raw_of_text(text: str) -> dict[str, Any]:
    """The values of a TOML text, exact, whatever they mean. Raises DocumentError with lines.

    Days and numbers with decimals become text, which reads as the same value: 0.25 is "0.25".
    """
    values = read_toml(text)
    if found := unfit(values):
        lines = key_lines(text)
        raise DocumentError([Problem(path, message, line_of(lines, path)) for path, message in found])
    return as_raw(values)


def as_raw(values: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values in the form in which drafts keep them; what is None is left out."""
    return {str(key): _raw(value) for key, value in values.items() if value is not None}


def _raw(value: Any) -> Any:
    if isinstance(value, Mapping):
        return as_raw(value)
    if isinstance(value, list | tuple):
        return [_raw(one) for one in value if one is not None]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, float):
        value = Decimal(repr(value))
    return str(value) if isinstance(value, Decimal) else value


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


def unfit_character(text: str) -> str:
    """The first character that is not shown, or that turns the direction of text around; empty if there is none."""
    for character in text:
        if character in _TURNING or (unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t\r"):
            return character
    return ""


def without_nothing(raw: Any) -> Any:
    """The same values without empty lists, tables and texts: two documents that say the same are equal."""
    if isinstance(raw, Mapping):
        inner = {key: without_nothing(value) for key, value in raw.items()}
        return {key: value for key, value in inner.items() if value not in ({}, [], "", None)}
    return [without_nothing(one) for one in raw] if isinstance(raw, list) else raw
