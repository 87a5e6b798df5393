"""Two edited documents side by side, part by part, and one made of parts of both: nothing typed is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .writing import text_of

NOTHING = "nothing"
TITLES = {
    "rules": "Basics", "unit": "Unit", "sources": "Sources", "period": "Period", "facts": "Questions", "need": "Need",
    "categories": "Categories", "kinds": "Kinds of activity", "allocation": "Order of counting",
    "whole_points": "Whole points", "caps": "Caps", "minimums": "Minimums", "alternatives": "Other ways",
    "events": "Events that meet everything", "renewed_by": "Renewed by others", "carry_over": "Carry-over",
    "escalations": "If a requirement is missed", "money": "Money", "examples": "Examples",
    "period_examples": "Examples of dates", "format": "Format",
}  # fmt: skip
_MISSING = object()


@dataclass(frozen=True)
class Part:
    """A place where two documents say different things, with both texts; `rest` is for the order of rows."""

    path: tuple[str, ...]
    label: str
    theirs: str
    mine: str
    order: bool = False


def parts(theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> list[Part]:
    """Every place where the two differ: a field of a section, a field of a row, a row, or the order of rows."""
    return list(_parts(theirs, mine))


def _parts(theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Iterator[Part]:
    for key in _keys(theirs, mine):
        one, other = theirs.get(key, _MISSING), mine.get(key, _MISSING)
        if one == other:
            continue
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            for field in _keys(one, other):
                if one.get(field, _MISSING) != other.get(field, _MISSING):
                    yield _part((key, field), one.get(field, _MISSING), other.get(field, _MISSING), _words(key, field))
        elif (rows := _by_name(one)) is not None and (own := _by_name(other)) is not None:
            yield from _row_parts(key, rows, own)
        else:
            yield _part((key,), one, other, _words(key))


def _row_parts(key: str, theirs: dict[str, Any], mine: dict[str, Any]) -> Iterator[Part]:
    for name in _keys(theirs, mine):
        one, other = theirs.get(name, _MISSING), mine.get(name, _MISSING)
        if one == other:
            continue
        if one is _MISSING or other is _MISSING:
            row = other if one is _MISSING else one
            yield _part((key, name), one, other, _words(key, str(row.get("name") or name)))
            continue
        for field in _keys(one, other):
            if one.get(field, _MISSING) != other.get(field, _MISSING):
                label = _words(key, str(one.get("name") or name), field)
                yield _part((key, name, field), one.get(field, _MISSING), other.get(field, _MISSING), label)
    both = [name for name in theirs if name in mine]
    if both != [name for name in mine if name in theirs]:
        yield Part((key,), f"{_words(key)}: order of rows", _listed(theirs), _listed(mine), order=True)


def merged(theirs: Mapping[str, Any], mine: Mapping[str, Any], take_mine: Collection[Part]) -> dict[str, Any]:
    """Their document with the chosen parts of mine. All parts of mine make my document, none makes theirs."""
    made = dict(theirs)
    chosen = sorted(take_mine, key=lambda part: part.order)  # rows first, then their order
    for part in chosen:
        key = part.path[0]
        if len(part.path) == 1 and not part.order:
            _put(made, key, mine.get(key, _MISSING))
        elif isinstance(made[key], Mapping):
            made[key] = dict(made[key])
            _put(made[key], part.path[1], mine[key].get(part.path[1], _MISSING))
        else:
            made[key] = _rows(made[key], mine[key], part)
    return made


def _rows(made: list[Any], mine: list[Any], part: Part) -> list[Any]:
    rows, own = _by_name(made) or {}, _by_name(mine) or {}
    if part.order:
        return _placed(rows, list(own))
    name = part.path[1]
    if len(part.path) == 2:
        rows = {key: row for key, row in rows.items() if key != name}
        if name not in own:
            return list(rows.values())
        before = list(own)[: list(own).index(name)]
        place = max((list(rows).index(key) + 1 for key in before if key in rows), default=0)
        kept = list(rows.values())
        return [*kept[:place], own[name], *kept[place:]]
    row = dict(rows[name])
    _put(row, part.path[2], own[name].get(part.path[2], _MISSING))
    return [row if key == name else one for key, one in rows.items()]


def _placed(rows: dict[str, Any], order: list[str]) -> list[Any]:
    """Rows in my order; those that I do not have stay behind the row they stood behind."""
    names = [name for name in order if name in rows]
    for place, name in enumerate(rows):
        if name not in order:
            before = list(rows)[:place]
            names.insert(names.index(before[-1]) + 1 if before else 0, name)
    return [rows[name] for name in names]


def _put(values: dict[str, Any], key: str, value: Any) -> None:
    if value is _MISSING:
        values.pop(key, None)
    else:
        values[key] = value


def _by_name(value: Any) -> dict[str, Any] | None:
    """Rows by what they are called, where each is called something else; None for anything that is no such list."""
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        return None
    names = [row.get("key") or row.get("say") for row in value]
    if not all(isinstance(name, str) for name in names) or len(set(names)) != len(names):
        return None
    return dict(zip(names, value, strict=True))


def _keys(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return [*one, *(key for key in other if key not in one)]


def _words(key: str, *inner: str) -> str:
    title = TITLES.get(key, key.replace("_", " "))
    return f"{title}: {', '.join(one.replace('_', ' ') for one in inner)}" if inner else title


def _part(path: tuple[str, ...], one: Any, other: Any, label: str) -> Part:
    return Part(path, label, said(one, path[-1]), said(other, path[-1]))


def said(value: Any, key: str = "value") -> str:
    """A value to be read: words and numbers as they are, anything larger as it stands in the text of the rules."""
    if value is _MISSING or value is None or value in ({}, [], ""):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return ", ".join(str(one) for one in value)
    return text_of(value if isinstance(value, Mapping) else {key: value}).strip()


def _listed(rows: Mapping[str, Any]) -> str:
    return ", ".join(str(row.get("name") or name) for name, row in rows.items())
