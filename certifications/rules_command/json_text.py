"""JSON with points as plain decimals: 81 and 10.25, never 10.249999 and never in quotes."""

from __future__ import annotations

import json
from dataclasses import dataclass

from certifications.rules.points import plain


@dataclass(frozen=True)
class Number:
    """Points in hundredths, written as a number of points."""

    hundredths: int


def text_of(value: object, indent: int = 0) -> str:
    """A value of dicts, lists, texts, numbers and `Number` as indented JSON."""
    inner, outer = "  " * (indent + 1), "  " * indent
    if isinstance(value, Number):
        return str(plain(value.hundredths))
    if isinstance(value, dict) and value:
        lines = (f"{inner}{json.dumps(str(key), ensure_ascii=False)}: {text_of(one, indent + 1)}"
                 for key, one in value.items())  # fmt: skip
        return "{\n" + ",\n".join(lines) + f"\n{outer}}}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"{inner}{text_of(one, indent + 1)}" for one in value) + f"\n{outer}]"
    return json.dumps(value, ensure_ascii=False)
