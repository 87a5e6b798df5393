"""What is wrong with a draft, for people: where it stands in the forms, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..rules.parsing import Problem
from .fields import Field, fields_at, row_of
from .reading import value_at
from .rooms import Room, room_of

_TURNED = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        ("must not be empty", "is missing"),
        (r"(must be (?:a month and a day|a day|a whole number|three capital letters)[^,]*), .*", r"\1"),
        ("must be a day such as .*", "must be a day"),
        ("must be (?:a text|a table|a list|true or|one table).*", "cannot be read"),
        ("must be one of period, year.*", "needs a number of months from 1 to 999"),
        ("must be one of .*", "must be one of the list"),
        (r"no \[\[facts\]\] asks for (.*)", r"no question asks for \1"),
        ("choices belong to .*", "possible answers belong to one or several of a list, and only to them"),
        (
            "give exactly one of points, .*",
            "give exactly one of: points, percent, categories, activities, a yes, a number",
        ),
        ("fact needs at_least, .*", "a number needs the question, and how much it must be at least"),
        ("asks nothing: .*", "asks nothing: say what the answer must be"),
        ("percent_of = 'counted' needs .*", "percent of what counts needs percent, and the whole period"),
        ("give points, or let the certificate state .*", "give points, or let the certificate state them"),
        (r"is missing \(or say never_ends = true\)", "is missing: say how long it is, or that it never ends"),
        ("is missing for ends = 'fixed'", "is missing: periods end on fixed days"),
        ("belongs to rolling = true", "is only for a period that rolls"),
        ("give block_months or a table, not both", "give blocks of months or a table, not both"),
        ("for_whole_period needs .*", "what is for the whole period is counted by the month"),
        ("give either months_up_to or months_below", "give a longest length, or one to stay below"),
        ("belongs to ends = 'fixed' or 'year-end'.*", "is for periods of whole years that end on fixed days"),
        ("and end_year both say .*", "says in which years periods end, and so does the year given: keep one"),
        ("on_top needs points", "what is on top of the total needs points"),
        ("for_each sets the topic itself.*", "what is asked for each topic needs points or percent, and no topic"),
    )
)


@dataclass(frozen=True)
class Trouble:
    """One thing to put right: its key path, a sentence that names it, and the page of the editor that shows it."""

    path: str
    text: str
    short: str  # for the field itself, whose name stands beside it
    room: Room | None
    row: str  # the row with a page of its own; empty: on the page of the section

    @property
    def target(self) -> str:
        """The control or the part that it is about, on its page."""
        return control_id(self.path)


def control_id(path: str) -> str:
    """The id of a control, by the key path of its value."""
    return "f-" + path.replace(".", "-").replace("_", "-")


def troubles(raw: Mapping[str, Any], problems: tuple[Problem, ...]) -> list[Trouble]:
    """What is wrong, in the order of the document; the same sentence once."""
    found: dict[tuple[str, str], Trouble] = {}
    for problem in problems:
        path, field = _known(problem.path)
        message = _message(problem.message)
        around = _names(raw, path, field)
        text = f"{around}: {message}" if around else message
        one = Trouble(path, _sentence(text), _sentence(message), room_of(path), row_of(path))
        found.setdefault((path, one.text), one)
    return list(found.values())


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _known(path: str) -> tuple[str, Field | None]:
    """The part of a key path that forms know, and its field: what is below a value belongs to it."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        around = fields_at(".".join(parts[: length - 1]))
        field = next((one for one in around[1] if one.name == parts[length - 1]), None) if around else None
        if field and field.model is None:
            return ".".join(parts[:length]), field
        if field or fields_at(".".join(parts[:length])):
            return path, field
    return path, None


def _message(message: str) -> str:
    for pattern, words in _TURNED:
        if pattern.fullmatch(message):
            return pattern.sub(words, message)
    return message


def _names(raw: Mapping[str, Any], path: str, field: Field | None) -> str:
    """The rows and the field a problem is about, as people know them: "Approved course, points"."""
    parts = path.split(".")
    said = []
    for place in range(1, len(parts)):
        if parts[place].isdecimal():
            row = value_at(raw, ".".join(parts[: place + 1]))
            around = fields_at(".".join(parts[: place - 1]))
            of = next((one for one in around[1] if one.name == parts[place - 1]), None) if around else None
            said.append(row_name(row) or f"{of.label if of else parts[place - 1]}, number {int(parts[place]) + 1}")
    return ", ".join([*said, field.label]) if field else ", ".join(said)


def row_name(row: Any) -> str:
    """What a row is called; empty where it has no name yet."""
    if not isinstance(row, Mapping):
        return ""
    return next(
        (str(row[name]) for name in ("name", "title", "ask") if isinstance(row.get(name), str) and row[name]), ""
    )
