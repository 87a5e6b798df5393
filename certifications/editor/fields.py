"""Each field of a rule document as a form shows it, read from the models and joined with its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from ..rules.document import Document
from ..rules.points import hundredths
from .picks import PICKS, Pick
from .rooms import OWN_PAGE
from .words import FIXED, MORE, OPTIONS, WORDS

LONG = 1000  # texts that may be longer than this get several lines
CENTS = 1_000_000  # whole numbers that may be so large are money


@dataclass(frozen=True)
class Field:
    """One field: the key it has in documents, how it is entered, and what people read beside it.

    `widget` is one of flag, maybe, whole, points, cents, exact, value, choice, pick, ticks, text, long, lines, date,
    window, amounts; part and optional for a table inside, rows for a list of tables.
    """

    name: str
    widget: str
    label: str
    help: str = ""
    required: bool = False
    default: Any = None  # as documents would write it
    more: bool = False  # seldom used: shown on demand
    model: type[BaseModel] | None = None
    own_page: bool = False  # its rows are edited on a page each
    options: tuple[tuple[str, str], ...] = ()
    pick: Pick | None = None


@cache
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields of a model in the order in which people are asked for them."""
    known = {info.alias or name: info for name, info in model.model_fields.items()}
    return tuple(_field(model, name, known[name]) for name in WORDS[model] if name not in FIXED.get(model, ()))


def fields_at(path: str) -> tuple[type[BaseModel], tuple[Field, ...]] | None:
    """The model and its fields at a dotted path such as "alternatives.0.minimums.2"; None where no table can be."""
    model: type[BaseModel] = Document
    parts = path.split(".") if path else []
    while parts:
        field = next((one for one in fields_of(model) if one.name == parts[0]), None)
        if field is None or field.model is None:
            return None
        model, parts = field.model, parts[1:]
        if field.widget == "rows":
            if not parts or not (parts[0].isascii() and parts[0].isdecimal() and len(parts[0]) < 5):
                return None
            parts = parts[1:]
    return model, fields_of(model)


def list_at(path: str) -> Field | None:
    """The field of the list at a dotted path such as "kinds" or "period.grace"; None where there can be none."""
    around, _, name = path.rpartition(".")
    found = fields_at(around)
    return next((one for one in (found[1] if found else ()) if one.name == name and one.widget == "rows"), None)


def row_of(path: str) -> str:
    """The innermost row with a page of its own that holds a key path; empty where there is none."""
    parts = path.split(".")
    found = ""
    for place in range(1, len(parts)):
        field = list_at(".".join(parts[:place])) if parts[place].isdecimal() else None
        if field and field.own_page:
            found = ".".join(parts[: place + 1])
    return found


def _field(model: type[BaseModel], name: str, info: FieldInfo) -> Field:
    label, help_text = WORDS[model][name]
    leaves = list(_leaves(info.annotation, tuple(info.metadata)))
    inner = next((kind for kind, _ in leaves if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
    options = _options(model, name, info)
    pick = PICKS.get((model, name))
    widget = _widget(info, leaves, inner, pick, options)
    default = None if info.is_required() else _plain(info.get_default(call_default_factory=True))
    return Field(
        name, widget, label, help_text, info.is_required(), default, name in MORE.get(model, ()), inner,
        inner in OWN_PAGE and widget == "rows", options, pick,
    )  # fmt: skip


Leaf = tuple[Any, tuple[Any, ...]]


def _widget(info: FieldInfo, leaves: list[Leaf], inner: type[BaseModel] | None, pick: Pick | None, options: Any) -> str:
    optional = any(kind is NoneType for kind, _ in leaves)
    many = _many(info.annotation)
    if inner:
        return "rows" if many else "optional" if optional else "part"
    if pick:
        return "ticks" if many else "pick"
    if any(kind is dict for kind, _ in leaves):
        return "amounts"
    if many:
        return "lines"
    return "choice" if options else _leaf(leaves, optional=optional)


def _leaf(leaves: list[Leaf], *, optional: bool) -> str:
    kinds = [kind for kind, _ in leaves if kind is not NoneType]
    readers = [one.func for _, metadata in leaves for one in metadata if isinstance(one, BeforeValidator)]
    if bool in kinds:
        return "value" if len(kinds) > 1 else "maybe" if optional else "flag"
    if any(getattr(reader, "__name__", "") == "_window" for reader in readers):
        return "window"
    if hundredths in readers:
        return "points"
    if _longest_number(leaves) >= CENTS:
        return "cents"
    plain = {int: "whole", Fraction: "exact", date: "date"}
    return plain.get(kinds[0]) or ("long" if _longest(leaves) > LONG else "text")


def _many(annotation: Any) -> bool:
    if get_origin(annotation) in (Annotated, Union, UnionType):
        return any(_many(one) for one in get_args(annotation) if get_origin(annotation) is not Annotated) or (
            get_origin(annotation) is Annotated and _many(get_args(annotation)[0])
        )
    return get_origin(annotation) is tuple


def _leaves(annotation: Any, metadata: tuple[Any, ...] = ()) -> Iterator[Leaf]:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        yield from _leaves(inner, (*metadata, *more))
    elif origin is dict:
        yield dict, metadata
    elif origin is Literal:
        yield str, metadata
    elif origin in (Union, UnionType, tuple):
        for one in get_args(annotation):
            if one is not ...:
                yield from _leaves(one, metadata)
    else:
        yield annotation, metadata


def _longest(leaves: list[Leaf]) -> int:
    lengths = [getattr(one, "max_length", None) for _, metadata in leaves for one in _each(metadata)]
    return max((length for length in lengths if length), default=0)


def _longest_number(leaves: list[Leaf]) -> int:
    return max(
        (one.le for _, metadata in leaves for one in _each(metadata) if type(getattr(one, "le", None)) is int),
        default=0,
    )


def _each(metadata: tuple[Any, ...]) -> Iterator[Any]:
    for one in metadata:
        yield from one.metadata if isinstance(one, FieldInfo) else (one,)


def _options(model: type[BaseModel], name: str, info: FieldInfo) -> tuple[tuple[str, str], ...]:
    words = OPTIONS.get((model, name), {})
    values = list(_literals(info.annotation))
    return tuple((value, words.get(value, value)) for value in values)


def _literals(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from (one for one in get_args(annotation) if isinstance(one, str))
    elif get_origin(annotation) is dict:
        yield from _literals(get_args(annotation)[0])
    elif get_origin(annotation) is not tuple:
        for one in get_args(annotation):
            yield from _literals(one)


def _plain(value: Any) -> Any:
    """A default as documents would write it: tables and lists that are empty are nothing."""
    if isinstance(value, BaseModel | tuple | dict) or value is None:
        return None
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else str(value)
    return value
