"""The fields of a draft as templates show them: values, choices, what they were before, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from ..rules.changed import name_of_row
from ..rules.document.base import day_of
from .fields import Field, fields_of
from .picks import Choices
from .reading import value_at
from .telling import Trouble, control_id, row_name
from .values import NO, WINDOWS, YES, shown

PLACES = {"maybe": ((YES, "Yes"), (NO, "No"))}
FEW = 8  # more choices than this are shown on demand


@dataclass(frozen=True)
class Choice:
    """One entry of a list, or one box."""

    value: str
    label: str
    chosen: bool = False


@dataclass
class Row:
    """One row of a list: where it stands, what it is called, what it says, and its fields where they are shown here."""

    path: str
    number: int
    title: str
    words: tuple[str, ...] = ()
    change: str = ""  # "new", "changed"
    troubles: int = 0
    nodes: list[Node] = made(default_factory=list)
    more: list[Node] = made(default_factory=list)
    first: bool = False
    last: bool = False

    @property
    def id(self) -> str:
        return control_id(self.path)

    @property
    def unfolded(self) -> bool:
        """Whether what is seldom used is shown at once."""
        return any(one.open for one in self.more)


@dataclass
class Node:
    """One field with its value."""

    field: Field
    name: str
    values: list[str] = made(default_factory=list)
    choices: list[Choice] = made(default_factory=list)
    was: str | None = None
    problems: list[str] = made(default_factory=list)
    on: bool = False
    odd: bool = False  # holds something that no form can show
    inner: list[Node] = made(default_factory=list)
    more: list[Node] = made(default_factory=list)
    rows: list[Row] = made(default_factory=list)
    gone: list[str] = made(default_factory=list)  # rows of the version before that are no more
    months: Node | None = None

    @property
    def id(self) -> str:
        return control_id(self.name)

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def day_input(self) -> str:
        """The type of the control for a day: one that is no day is shown as it was typed."""
        return "date" if not self.value or day_of(self.value) else "text"

    @property
    def chosen(self) -> list[Choice]:
        return [one for one in self.choices if one.chosen]

    @property
    def many(self) -> bool:
        return len(self.choices) > FEW

    @property
    def open(self) -> bool:
        """Whether there is anything in it to see, so that it is not folded away."""
        return bool(
            self.problems or self.was is not None or self.rows or self.gone or self.on or self.odd
            or any(one.open for one in (*self.inner, *self.more)) or self._says
        )  # fmt: skip

    @property
    def _says(self) -> bool:
        if self.field.model is not None or self.field.name == "key":
            return False
        plain = shown(self.field, None, self.name).get(self.name, [""])
        return bool(self.values) and self.values != plain

    @property
    def unfolded(self) -> bool:
        """Whether what is seldom used is shown at once."""
        return any(one.open for one in self.more)


class Showing:
    """Makes nodes for one draft. `base` is the version it changes, as plain values; None where there is none."""

    def __init__(
        self, raw: Mapping[str, Any], base: Mapping[str, Any] | None, choices: Choices,
        troubles: Iterable[Trouble] = (), words: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:  # fmt: skip
        self.raw, self.base, self.choices = raw, base, choices
        self.troubles, self.words = list(troubles), words or {}

    def nodes(self, at: str, fields: Iterable[Field]) -> list[Node]:
        """The nodes for some fields of the table at a dotted path."""
        table = value_at(self.raw, at)
        before = self.before(at)
        return [self._node(one, table if isinstance(table, Mapping) else {}, before, at) for one in fields]

    def before(self, at: str) -> Mapping[str, Any] | None:
        """The same table in the version before, its rows found by their names; None where there is none."""
        old: Any = self.base
        raw: Any = self.raw
        for part in at.split(".") if at else []:
            if isinstance(raw, list):
                raw = raw[int(part)] if int(part) < len(raw) else {}
                old = _same_row(old, raw, int(part))
                if old is None:
                    return None
            else:
                raw = raw.get(part) if isinstance(raw, Mapping) else None
                old = old.get(part) if isinstance(old, Mapping) else None
        if isinstance(old, Mapping):
            return old
        return {} if self.base is not None else None

    def _node(self, one: Field, table: Mapping[str, Any], before: Mapping[str, Any] | None, at: str) -> Node:
        name = f"{at}.{one.name}" if at else one.name
        value = table.get(one.name)
        node = Node(one, name, problems=self._problems(name, leaf=one.model is None))
        if one.model is None:
            self._leaf(node, value, before)
        elif one.widget == "rows":
            self._rows(node, value, (before or {}).get(one.name))
        elif value is not None and not isinstance(value, Mapping):
            node.odd = True
        elif not name.endswith(".except.except"):
            node.on = one.widget == "optional" and value is not None
            fields = fields_of(one.model)
            node.inner = self.nodes(name, [inner for inner in fields if not inner.more])
            node.more = self.nodes(name, [inner for inner in fields if inner.more])
        return node

    def _problems(self, name: str, *, leaf: bool) -> list[str]:
        return [one.short for one in self.troubles if one.path == name or (leaf and one.path.startswith(f"{name}."))]

    def _leaf(self, node: Node, value: Any, before: Mapping[str, Any] | None) -> None:
        one = node.field
        controls = shown(one, value, node.name)
        node.values = controls.get(node.name, [])
        if one.widget == "amounts":
            node.inner = [
                Node(Field(key, "exact", label), f"{node.name}.{key}", controls[f"{node.name}.{key}"])
                for key, label in one.options
            ]
        elif one.widget == "window":
            months = Field("months", "whole", "Months")
            node.months = Node(months, f"{node.name}.months", controls[f"{node.name}.months"])
        node.choices = self._choices(one, node.values)
        if before is not None:
            old = shown(one, before.get(one.name), node.name)
            same = {key: sorted(these) for key, these in old.items()} == {
                key: sorted(these) for key, these in controls.items()
            }
            node.was = None if same else self._said(one, old, node.name)

    def _choices(self, one: Field, values: list[str]) -> list[Choice]:
        if one.pick:
            options = self.choices.of(one.pick)
        elif one.widget == "window":
            options = tuple(WINDOWS.items())
        else:
            options = PLACES.get(one.widget) or (one.options if one.widget == "choice" else ())
        if not options and one.widget not in ("pick", "ticks"):
            return []
        known = {value for value, _ in options}
        empty = one.widget in ("pick", "maybe") or (one.widget == "choice" and one.default is None)
        first = [("", "")] if empty and "" not in known else []
        strange = [(value, f"{value} (not in the list)") for value in values if value and value not in known]
        return [Choice(value, label, value in values) for value, label in (*first, *options, *strange)]

    def _said(self, one: Field, old: dict[str, list[str]], name: str) -> str:
        """The value before in words."""
        if one.widget == "flag":
            return "yes" if old[name] else "no"
        if one.widget == "amounts":
            labels = dict(one.options)
            return ", ".join(f"{labels[key.rpartition('.')[2]]} {these[0]}" for key, these in old.items() if these[0])
        labels = {choice.value: choice.label for choice in self._choices(one, old[name])}
        words = [labels.get(value, value) for value in old[name] if value]
        months = old.get(f"{name}.months", [""])[0]
        return ", ".join([*words, *([months] if months else [])]).replace("\n", ", ") or "empty"

    def _rows(self, node: Node, value: Any, before: Any) -> None:
        node.odd = value is not None and not isinstance(value, list)
        there = value if isinstance(value, list) else []
        for place, row in enumerate(there):
            path = f"{node.name}.{place}"
            node.rows.append(self._row(node.field, row, path, place, len(there)))
        if self.base is not None and isinstance(before, list):
            now = {name_of_row(row, place) for place, row in enumerate(there) if isinstance(row, Mapping)}
            old = [(name_of_row(row, place), row) for place, row in enumerate(before) if isinstance(row, Mapping)]
            node.gone = [row_name(row) or name for name, row in old if name not in now]

    def _row(self, of: Field, row: Any, path: str, place: int, number: int) -> Row:
        found = Row(path, place + 1, row_title(of, row, place), first=place == 0, last=place == number - 1)
        found.words = self.words.get(path, ())
        found.troubles = sum(one.path == path or one.path.startswith(f"{path}.") for one in self.troubles)
        if self.base is not None:
            before = self.before(path)
            found.change = "new" if before is None else "" if before == row else "changed"
        if not of.own_page and of.model is not None and isinstance(row, Mapping):
            fields = fields_of(of.model)
            found.nodes = self.nodes(path, [inner for inner in fields if not inner.more])
            found.more = self.nodes(path, [inner for inner in fields if inner.more])
        return found


def row_title(of: Field, row: Any, place: int) -> str:
    """What a row is called in lists."""
    points = row.get("points") if isinstance(row, Mapping) else None
    return row_name(row) or (f"{points} points" if of.own_page and points is not None else f"Number {place + 1}")


def _same_row(old: Any, row: Any, place: int) -> Any:
    if not isinstance(old, list) or not isinstance(row, Mapping):
        return None
    named = [one for one in old if isinstance(one, Mapping)]
    wanted = name_of_row(row, place)
    return next((one for number, one in enumerate(named) if name_of_row(one, number) == wanted), None)
