"""What each key of a rule document holds, read from the models: for writing values the way people do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, BeforeValidator

from .points import hundredths, signed_hundredths


@dataclass(frozen=True)
class Shape:
    """What the values under one key are: parts of a document, days, numbers with decimals, or plain words."""

    model: type[BaseModel] | None = None
    days: bool = False
    numbers: bool = False


WORDS = Shape()


@cache
def shapes(model: type[BaseModel]) -> dict[str, Shape]:
    """Each key of a model as files write it, in the order of the model, with what it holds."""
    return {
        info.alias or name: _shape([(info.annotation, tuple(info.metadata)), *_leaves(info.annotation)])
        for name, info in model.model_fields.items()
    }


def _shape(leaves: list[tuple[Any, tuple[Any, ...]]]) -> Shape:
    kinds = [kind for kind, _ in leaves]
    models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
    readers = [one.func for _, metadata in leaves for one in metadata if isinstance(one, BeforeValidator)]
    points = hundredths in readers or signed_hundredths in readers
    return Shape(models[0] if models else None, date in kinds or Any in kinds, points or Fraction in kinds)


def _leaves(annotation: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The types a value may have in the end: of a list its members, of a table its values, of a choice each."""
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        yield inner, tuple(metadata)
        yield from _leaves(inner)
    elif get_origin(annotation) is Literal:
        return
    elif get_origin(annotation) is dict:
        yield from _leaves(get_args(annotation)[1])
    elif get_origin(annotation) is not None:
        for one in get_args(annotation):
            yield from _leaves(one)
    else:
        yield annotation, ()
