"""Points are whole hundredths, kept as integers. This is the one place where they meet text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

ONE = 100
MOST = 1_000_000 * ONE
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")


def hundredths(value: object) -> int:
    """Read a number of points (whole, Decimal or text) as hundredths.

    Raises ValueError for negative numbers, more than two decimals, floats, and anything above a million.
    """
    if isinstance(value, bool | float):
        raise ValueError("must be a number such as 24 or 0.25")
    if isinstance(value, Decimal) and (not value.is_finite() or abs(value.adjusted()) > 12):
        raise ValueError("must be a number from 0 to 1,000,000 with at most two decimals")
    if isinstance(value, int) and abs(value) > MOST:  # writing out thousands of digits takes long
        raise ValueError("must be a number from 0 to 1,000,000 with at most two decimals")
    if isinstance(value, int | Decimal):
        value = format(Decimal(value), "f")
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise ValueError("must be a number from 0 to 1,000,000 with at most two decimals")
    whole, _, rest = value.partition(".")
    points = int(whole) * ONE + int(rest.ljust(2, "0") or 0)
    if points > MOST:
        raise ValueError("must be at most 1,000,000")
    return points


def plain(points: int) -> int | str:
    """Hundredths as they are written in documents: 2400 is 24, 25 is "0.25"."""
    return points // ONE if points % ONE == 0 else show(points).replace(",", "")


def show(points: int) -> str:
    """Hundredths as people read them, without trailing zeros: 2400 -> "24", 1050 -> "10.5"."""
    sign, points = ("-", -points) if points < 0 else ("", points)
    whole, rest = divmod(points, ONE)
    tail = f".{rest:02d}".rstrip("0").rstrip(".")
    return f"{sign}{whole:,}{tail}"


def signed_hundredths(value: object) -> int:
    """Like `hundredths`, and below zero as well: -2 is 2 points owed."""
    if isinstance(value, str) and value.startswith("-"):
        return -hundredths(value[1:])
    if isinstance(value, Decimal) and not value.is_finite():
        return hundredths(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and value < 0:
        return -hundredths(-value)
    return hundredths(value)


Points = Annotated[int, BeforeValidator(hundredths), PlainSerializer(plain, return_type=Any)]
SignedPoints = Annotated[int, BeforeValidator(signed_hundredths), PlainSerializer(plain, return_type=Any)]
