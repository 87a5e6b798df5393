"""A rule document as TOML text, laid out as people write it: the same values always give the same text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from .document import Document
from .shapes import WORDS, Shape, shapes

WIDTH = 120
WIDEST = 240  # of a row in a list: one activity a line reads better than a heading for each
# The document, and its tables whose lists read better with headings.
_PARTS = frozenset({"", "period", "need", "money"})
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,11})\.[0-9]{1,6}")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def text_of(raw: Mapping[str, Any]) -> str:
    """The TOML text of an edited document: known keys in the order of the model, others by the alphabet.

    Reading it again (`raw.raw_of_text`) gives the same values. Values that are None are left out.
    """
    return "\n".join(_table(raw, "", Document)).strip("\n") + "\n"


def _table(values: Mapping[str, Any], prefix: str, model: type[BaseModel] | None) -> list[str]:
    """The lines of a table: what fits a line first, then the tables inside it."""
    own, inner = [], []
    for key, value, shape in _ordered(values, model):
        name = f"{prefix}.{_key(key)}" if prefix else _key(key)
        if isinstance(value, Mapping) and value and _stands_alone(key, value, shape, prefix):
            inner += ["", f"[{name}]", *_table(value, name, shape.model)]
        elif _tables(value) and _stand_alone(value, shape, prefix):
            for one in value:
                inner += ["", f"[[{name}]]", *_table(one, name, shape.model)]
        else:
            own += _pair(key, value, shape)
    return own + inner


def _ordered(values: Mapping[str, Any], model: type[BaseModel] | None) -> list[tuple[str, Any, Shape]]:
    known = shapes(model) if model else {}
    keys = [key for key in _order(known) if key in values] + sorted(key for key in values if key not in known)
    return [(key, values[key], known.get(key, WORDS)) for key in keys if values[key] is not None]


def _order(known: Mapping[str, Shape]) -> list[str]:
    """The order of the model, with what a part is called at its beginning: models inherit fields, files do not."""
    first = ("say", "starts", "ends", "as_of") if "say" in known else ("body", "key", "name")
    return [*(key for key in first if key in known), *(key for key in known if key not in first)]


def _tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _stands_alone(key: str, value: Mapping[str, Any], shape: Shape, prefix: str) -> bool:
    """Whether a table gets a heading of its own: the parts of the document, what is expected, and all that is long."""
    return not prefix or key == "expect" or len(f"{key} = {_inline(value, shape)}") > WIDTH


def _stand_alone(values: list[Any], shape: Shape, prefix: str) -> bool:
    """Whether the members of a list get headings: those of the document and of its parts, and all that is long."""
    return (prefix in _PARTS and shape.model is not None) or any(len(_inline(one, shape)) > WIDEST for one in values)


def _pair(key: str, value: Any, shape: Shape) -> list[str]:
    if isinstance(value, str) and "\n" in value:
        return [f"{_key(key)} = {_paragraph(value)}"]
    line = f"{_key(key)} = {_inline(value, shape)}"
    if isinstance(value, list) and len(value) > 1 and _tables(value):
        return [f"{_key(key)} = [", *(f"  {_inline(one, shape)}," for one in value), "]"]
    if isinstance(value, list) and value and len(line) > WIDTH:
        return [f"{_key(key)} = [", *_wrapped([_inline(one, shape) for one in value]), "]"]
    return [line]


def _wrapped(words: list[str]) -> list[str]:
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) + 4 > WIDTH:
            lines.append("")
        lines[-1] += f" {word}," if lines[-1] else f"  {word},"
    return lines


def _inline(value: Any, shape: Shape) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        pairs = [f"{_key(key)} = {_inline(one, within)}" for key, one, within in _inside(value, shape)]
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(one, shape) for one in value if one is not None) + "]"
    if isinstance(value, str):
        return value if _unquoted(value, shape) else _quoted(value)
    return str(value)


def _inside(value: Mapping[str, Any], shape: Shape) -> list[tuple[str, Any, Shape]]:
    """The pairs of a table; where its keys are names people chose, each value is of the table's own kind."""
    if shape.model:
        return _ordered(value, shape.model)
    return [(key, one, shape) for key, one in sorted(value.items()) if one is not None]


def _unquoted(value: str, shape: Shape) -> bool:
    """Whether a text is a day or a number where one is meant: `2026-10-01`, `0.25`."""
    if shape.numbers and _NUMBER.fullmatch(value):
        return True
    if not (shape.days and _DAY.fullmatch(value)):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(one) or _shown(one) for one in text) + '"'


def _paragraph(text: str) -> str:
    """A text of several lines between three quotes."""
    shown = "".join(one if one in '\n\t"' else _ESCAPES.get(one) or _shown(one) for one in text)
    shown = re.sub(r'""+|"$', lambda quotes: quotes[0].replace('"', '\\"'), shown)
    return f'"""\n{shown}"""'


def _shown(character: str) -> str:
    return character if character.isprintable() or ord(character) > 0x9F else f"\\u{ord(character):04X}"
