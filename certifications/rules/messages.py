"""What a reader of TOML or pydantic finds wrong, in words that say what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel

from .document import Condition, Select

_WRITE = {
    "missing": "is missing",
    "int": "must be a whole number such as 24, without quotes",
    "date": "must be a day such as 2024-03-01",
    "datetime": "must be a day such as 2024-03-01",
    "bool": "must be true or false",
    "string": "must be a text in quotes",
    "dict": "must be a table such as { key = value }",
    "model": "must be a table such as { key = value }",
    "tuple": 'must be a list such as ["a", "b"]',
    "list": 'must be a list such as ["a", "b"]',
}
_PATTERNS = (
    ("^https?", "must begin with https:// or http://"),
    ("^[a-z0-9]", "must be small letters, digits and hyphens"),
    ("^[A-Z]", "must be three capital letters such as USD"),
    ("^(0[1-9]", "must be a month and a day such as 03-31, in quotes"),
)


def message(error: Mapping[str, Any], model: type[BaseModel]) -> str:
    """What is wrong with one value of a document of this model, and what to write."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown(str(error["loc"][-1]), _model_at(model, error["loc"][:-1]))
    if kind in ("literal_error", "enum"):
        expected = context["expected"].replace("'", "").replace(" or ", ", ")
        return f"must be {'one of ' if ', ' in expected else ''}{expected}"
    if kind == "string_pattern_mismatch":
        return next(words for start, words in _PATTERNS if context["pattern"].startswith(start))
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"must be at least {context['ge']}" if "ge" in context else f"must be at most {context['le']}"
    if kind in ("string_too_long", "too_long"):
        what = "characters" if kind == "string_too_long" else "items"
        return f"must have at most {context['max_length']} {what}"
    if kind in ("string_too_short", "too_short"):
        return "must not be empty"
    shaped = _table(error, model)
    if shaped:
        return shaped
    found = _WRITE.get(kind) or _WRITE.get(kind.partition("_")[0]) if kind.endswith(_ABOUT_TYPES) else None
    return found or str(error["msg"]).removeprefix("Value error, ")


_ABOUT_TYPES = ("missing", "_type", "_parsing", "_float", "_inexact")


def _table(error: Mapping[str, Any], model: type[BaseModel]) -> str:
    """What to write where a table, or a list of them, is wanted and something else stands; empty for other slips."""
    kind, of = error["type"], _table_at(model, error["loc"])
    if kind in ("tuple_type", "list_type") and (of or isinstance(error["input"], Mapping)):
        where = ".".join(str(part) for part in error["loc"] if not isinstance(part, int))
        return f"must be a list: write [[{where}]] before each, or [{{ ... }}, {{ ... }}]"
    if kind not in ("model_type", "model_attributes_type", "dict_type"):
        return ""
    if isinstance(error["input"], list):
        return "must be one table, not a list: [ ] around its name, not [[ ]]"
    return f"must be a table, as {{ {' = ..., '.join(_keys(of)[:3])} = ... }}" if of else ""


# Where a key belongs that stands one table too high, and how it is written there.
_INSIDE = (("select", Select, "select = {{ {} = ... }}"), ("when", Condition, "when = [{{ {} = ... }}]"))


def _unknown(key: str, model: type[BaseModel] | None) -> str:
    known = _keys(model) if model else []
    near = get_close_matches(key, known, n=1, cutoff=3 / 4)
    if near:
        return f"is not a known key; did you mean {near[0]}?"
    for table, inner, written in _INSIDE:
        if table in known and key in _keys(inner):
            return f"is not a known key here; write {written.format(key)}"
    return f"is not a known key; known here: {', '.join(known)}" if known else "is not a known key"


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _table_at(model: type[BaseModel], place: tuple[int | str, ...]) -> type[BaseModel] | None:
    """The model that a key takes, one or many of it; None where it takes no table of ours."""
    return None if place and place[-1] == "[key]" else _model_at(model, place)


def _model_at(model: type[BaseModel], place: tuple[int | str, ...]) -> type[BaseModel] | None:
    """The model of the table at a key path; None where it is no table of ours."""
    found: type[BaseModel] | None = model
    for part in place:
        if found is None or isinstance(part, int):
            continue
        field = next((one for name, one in found.model_fields.items() if (one.alias or name) == part), None)
        found = next(_models(field.annotation), None) if field else None
    return found


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


_SYNTAX = (
    ("Cannot overwrite a value", "a key stands twice in this table; keep one"),
    ("Cannot mutate", "this stands further up already, whole between its brackets; write it in one place"),
    ("Unterminated string", "a text must end with the quote that it begins with"),
    ("Unclosed array", "a list ends with ], and a comma stands between its parts"),
    ("Unclosed inline table", "what is between { and } stands in one line, with commas between its parts"),
    ("Unescaped", 'a \\ in a text between " is written \\\\; or put the text between single quotes'),
    ("Expected ']' at the end of a table", "the name of a table stands between [ and ], alone on its line"),
    ("Invalid initial character for a key", "a key begins with a letter, a digit, _ or -"),
    ("Cannot declare", "a table stands twice; put its keys together, or write [[ ]] around each of a list"),
    ("Invalid date or datetime", "there is no such day; days are written 2024-03-01"),
    ("Invalid value", "a value cannot be read: texts stand in quotes, days as 2024-03-01, true and false small"),
    ("Invalid statement", "a line must be key = value, or a table in [ ]"),
    ("Illegal character", "a text must end with its quote on its own line"),
    ("Expected newline or end of document", "a value ends too soon: texts stand in quotes, days as 2024-03-01"),
    ("Expected '=' after a key", "a key must be followed by = and its value; keys have no blanks"),
)


def syntax(text: str, line: int | None) -> str:
    """The message of a TOML reader, without the line that is named anyway."""
    found = next((words for start, words in _SYNTAX if text.startswith(start)), None)
    shown = re.sub(r" \(at (line \d+, )?(column \d+|end of document)\)", "", text) if line else text
    if found and text.startswith(("Cannot declare", "Illegal")):
        return f"{found} ({shown[:1].lower()}{shown[1:]})"
    return found or shown


__all__ = ["message", "syntax"]
