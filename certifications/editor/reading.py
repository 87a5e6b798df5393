"""A posted form put into the edited document: what the form does not show stays as it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from .fields import Field, fields_at, fields_of, list_at
from .picks import rows
from .values import Posted, read

ON = ".on"  # the box that says whether an optional part is there
LONGEST_KEY = 60


def merged(raw: Mapping[str, Any], at: str, names: Iterable[str], posted: Posted) -> dict[str, Any]:
    """The document with what was posted for some fields of the table at a dotted path ("" is the document)."""
    found = fields_at(at)
    if found is None:
        return dict(raw)
    chosen = [field for field in found[1] if field.name in set(names)]
    table = value_at(raw, at)
    if not isinstance(table, Mapping):
        return dict(raw)
    return dict(put(raw, at, _table(chosen, table, at, posted)))


def _table(fields: Iterable[Field], before: Mapping[str, Any], at: str, posted: Posted) -> dict[str, Any]:
    """One table with what was posted for these fields. Keys that no form knows stay."""
    after = dict(before)
    for field in fields:
        name = f"{at}.{field.name}" if at else field.name
        value = _field(field, before.get(field.name), name, posted)
        if value is None:
            after.pop(field.name, None)
        else:
            after[field.name] = value
    return after


def _field(field: Field, before: Any, name: str, posted: Posted) -> Any:
    if field.model is None:
        return read(field, before, name, posted)
    if field.widget == "rows":
        return before if field.own_page or not isinstance(before, list) else _rows(field, before, name, posted)
    if before is not None and not isinstance(before, Mapping):
        return before
    if name.endswith(".except.except"):  # an exception has no exceptions: no form shows one
        return before
    if field.widget == "optional" and not posted.get(f"{name}{ON}"):
        return None
    inner = _table(fields_of(field.model), before or {}, name, posted)
    return inner if inner or before is not None or field.widget == "optional" else None


def _rows(field: Field, before: list[Any], name: str, posted: Posted) -> list[Any]:
    fields = fields_of(field.model) if field.model else ()
    return [
        _table(fields, row, f"{name}.{place}", posted) if isinstance(row, Mapping) else row
        for place, row in enumerate(before)
    ]


def value_at(raw: Any, path: str) -> Any:
    """What stands at a dotted path; an empty table where nothing does."""
    for part in path.split(".") if path else []:
        if isinstance(raw, Mapping):
            raw = raw.get(part)
        elif isinstance(raw, list) and part.isdecimal() and int(part) < len(raw):
            raw = raw[int(part)]
        else:
            return {}
    return {} if raw is None else raw


def put(raw: Any, path: str, value: Any) -> Any:
    """The same values with another one at a dotted path; a row just behind the last one is added."""
    if not path:
        return value
    first, _, rest = path.partition(".")
    if isinstance(raw, list):
        place = int(first)
        inner = raw[place] if place < len(raw) else {}
        return [*raw[:place], put(inner, rest, value), *raw[place + 1 :]]
    inner = raw.get(first)
    if inner is None:
        inner = [] if rest.partition(".")[0].isdecimal() else {}
    return {**raw, first: put(inner, rest, value)}


def operate(raw: Mapping[str, Any], act: str, path: str) -> dict[str, Any] | None:
    """Add a row to the list at a path, or move or remove the row at a path; None where that cannot be.

    `act` is add, up, down or remove.
    """
    around, _, place = path.rpartition(".")
    where = path if act == "add" else around
    if list_at(where) is None:
        return None
    there = value_at(raw, where) or []
    if not isinstance(there, list):
        return None
    changed = list(there)
    if act == "add":
        changed.append({})
    elif not place.isdecimal() or int(place) >= len(changed):
        return None
    else:
        row = changed.pop(int(place))
        if act != "remove":
            changed.insert(max(0, int(place) + (1 if act == "down" else -1)), row)
    return dict(put(raw, where, changed))


def with_keys(raw: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The document with a short name for each row of the list at a path that has a name and no short one yet."""
    field = list_at(path)
    there = value_at(raw, path)
    if field is None or field.model is None or "key" not in field.model.model_fields or not isinstance(there, list):
        return dict(raw)
    taken = {row.get("key") for row in rows(there)}
    changed = []
    for row in there:
        if isinstance(row, Mapping) and not row.get("key") and (called := _called(row)):
            key = _source_mark(taken) if path == "sources" else _free(key_of(called), taken)
            taken.add(key)
            row = {"key": key, **row}
        changed.append(row)
    return dict(put(raw, path, changed)) if changed != there else dict(raw)


def _called(row: Mapping[str, Any]) -> str:
    return next((row[name] for name in ("name", "title", "ask") if isinstance(row.get(name), str)), "")


def key_of(text: str) -> str:
    """A short name made from words: "Approved course" is "approved-course"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_KEY].strip("-") or "rule"


def _free(key: str, taken: set[Any]) -> str:
    names = (key, *(f"{key[: LONGEST_KEY - 4]}-{number}" for number in range(2, 1000)))
    return next(name for name in names if name not in taken)


def _source_mark(taken: set[Any]) -> str:
    return next(mark for mark in (f"S{number}" for number in range(1, 1000)) if mark not in taken)
