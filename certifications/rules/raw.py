"""A rule document as it is edited: plain values that JSON can hold, valid or not yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from .parsing import fit_values
from .unfit import unfit, unfit_character


def raw_of_text(text: str) -> dict[str, Any]:
    """The values of a TOML text, exact, whatever they mean. Raises DocumentError with lines.

    Days and numbers with decimals become text, which reads as the same value: 0.25 is "0.25".
    """
    return as_raw(fit_values(text))


def as_raw(values: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values in the form in which drafts keep them; what is None is left out."""
    return {str(key): _raw(value) for key, value in values.items() if value is not None}


def _raw(value: Any) -> Any:
    if isinstance(value, Mapping):
        return as_raw(value)
    if isinstance(value, list | tuple):
        return [_raw(one) for one in value if one is not None]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, float):
        value = Decimal(repr(value))
    return str(value) if isinstance(value, Decimal) else value


def without_nothing(raw: Any) -> Any:
    """The same values without empty lists, tables and texts: two documents that say the same are equal."""
    if isinstance(raw, Mapping):
        inner = {key: without_nothing(value) for key, value in raw.items()}
        return {key: value for key, value in inner.items() if value not in ({}, [], "", None)}
    return [without_nothing(one) for one in raw] if isinstance(raw, list) else raw


__all__ = ["as_raw", "raw_of_text", "unfit", "unfit_character", "without_nothing"]
