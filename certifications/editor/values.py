"""One value of a document as the controls of a form hold it, and back again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .fields import Field

Posted = Mapping[str, Sequence[str]]
YES, NO = "yes", "no"
# Windows that take a number of months, as a choice of the form.
MONTHS_IN = {
    "last": "In the last months of the period", "first": "In its first months",
    "each": "In each so many months of it, one after the other", "rolling": "In any so many months",
}  # fmt: skip
WINDOWS = {
    "period": "In the whole period", "year": "In each year of the period", "calendar-year": "In each calendar year",
    "day": "On each day", "activity": "For each activity", "ever": "In all time", **MONTHS_IN,
}  # fmt: skip
_MONTHS = re.compile(r"(last|first|each|rolling)-([0-9]{1,3})-months")
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,8})")
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_CENTS = re.compile(r"([0-9]{1,7})(?:\.([0-9]{2}))?")
ANSWERS = {True: YES, False: NO}


def shown(field: Field, value: Any, name: str) -> dict[str, list[str]]:
    """What the controls of a field hold for a value of a document, by the name of the control.

    Boxes without a tick have an empty list.
    """
    if value is None:
        value = field.default
    if field.widget == "amounts":
        amounts = value if isinstance(value, Mapping) else {}
        return {f"{name}.{key}": [_text(amounts.get(key))] for key, _ in field.options}
    if field.widget == "window":
        found = _MONTHS.fullmatch(_text(value))
        return {name: [found[1] if found else _text(value)], f"{name}.months": [found[2] if found else ""]}
    if field.widget == "flag":
        return {name: [YES] if value is True else []}
    if field.widget in ("ticks", "lines"):
        many = [_text(one) for one in value] if isinstance(value, list) else [_text(value)] if value else []
        return {name: many if field.widget == "ticks" else ["\n".join(many)]}
    if field.widget == "cents" and type(value) is int and value >= 0:
        return {name: [f"{value // 100}.{value % 100:02d}"]}
    text = _text(value)
    return {name: [text if field.widget == "long" else re.sub(r"[\r\n]+", " ", text)]}


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = ANSWERS[value] if isinstance(value, bool) else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read(field: Field, before: Any, name: str, posted: Posted) -> Any:
    """The value that was entered; `before` itself where nothing was changed, None where nothing is said.

    What cannot be read is kept as it was typed, so that nothing is lost and it can be named.
    """
    was = shown(field, before, name)
    now = {key: _normal(posted[key]) if key in posted else [] for key in was}
    if field.widget not in ("flag", "ticks") and not all(key in posted for key in was):
        return before
    same = {key: sorted(values) for key, values in now.items()} == {key: sorted(values) for key, values in was.items()}
    if same:
        return before
    value = _READERS.get(field.widget, _word)(field, now, name)
    if field.widget == "ticks":
        value = _in_order(before, value)
    return None if value in ("", [], {}) or value == field.default else value


def _normal(values: Sequence[str]) -> list[str]:
    return [value.replace("\r\n", "\n").replace("\r", "\n") for value in values]


def _in_order(before: Any, value: list[str]) -> list[str]:
    """The order of a list means something: what stays keeps its place, what is new comes after it."""
    kept = [one for one in before if one in value] if isinstance(before, list) else []
    return [*kept, *(one for one in value if one not in kept)]


Now = dict[str, list[str]]


def _one(now: Now, name: str) -> str:
    return now[name][0].strip() if now[name] else ""


def _word(field: Field, now: Now, name: str) -> Any:
    return _one(now, name)


def _whole(field: Field, now: Now, name: str) -> Any:
    return number(_one(now, name))


def number(text: str) -> Any:
    """A whole number as one, anything else as it was typed; thousands may be set apart by commas."""
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    return int(text) if _WHOLE.fullmatch(text) else text


def _cents(field: Field, now: Now, name: str) -> Any:
    text = _one(now, name).replace(",", "")
    found = _CENTS.fullmatch(text)
    return int(found[1]) * 100 + int(found[2] or 0) if found else text


def _value(field: Field, now: Now, name: str) -> Any:
    text = _one(now, name)
    return {YES: True, NO: False}.get(text.lower(), number(text))


def _flag(field: Field, now: Now, name: str) -> Any:
    return bool(now[name])


def _maybe(field: Field, now: Now, name: str) -> Any:
    return {YES: True, NO: False}.get(_one(now, name))


def _ticks(field: Field, now: Now, name: str) -> Any:
    return list(dict.fromkeys(now[name]))


def _lines(field: Field, now: Now, name: str) -> Any:
    return [line.strip() for line in _one(now, name).split("\n") if line.strip()]


def _amounts(field: Field, now: Now, name: str) -> Any:
    found = {key: number(_one(now, f"{name}.{key}")) for key, _ in field.options}
    return {key: value for key, value in found.items() if value != ""}


def _window(field: Field, now: Now, name: str) -> Any:
    window, months = _one(now, name), _one(now, f"{name}.months")
    return f"{window}-{months}-months" if window in MONTHS_IN else window


_READERS: dict[str, Callable[[Field, Now, str], Any]] = {
    "whole": _whole, "points": _whole, "exact": _whole, "cents": _cents, "value": _value, "flag": _flag,
    "maybe": _maybe, "ticks": _ticks, "lines": _lines, "amounts": _amounts, "window": _window,
}  # fmt: skip
