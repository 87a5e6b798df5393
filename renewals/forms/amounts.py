"""How much: one box, read in the unit that was chosen, within what can have happened."""

from __future__ import annotations

import re
from decimal import Decimal

from django.core.exceptions import ValidationError

from accounts.fields import Duration, parse_duration, show_duration
from certifications.rules.points import show
from certifications.rules.words import AMOUNT_UNITS

# What a person may choose besides hours. Months come from the dates of field time alone.
UNITS = ("hour", "minute", "day", "ceu", "semester-credit", "quarter-credit", "each", "point")
_MOST = {"day": 366, "ceu": 40, "semester-credit": 40, "quarter-credit": 60, "each": 100, "point": 400}
_NUMBER = re.compile(r"(?=[.,]?[0-9])([0-9]{0,6})(?:[.,]([0-9]{1,2}))?")
_IN_POINTS = re.compile(r"([0-9.,]{1,9})\s*(?:points?|pts?)")  # as a certificate states them
_LONGEST = 20


def read_amount(text: str, unit: str, days: int = 1) -> tuple[int, str]:
    """The amount in hundredths and its unit. `days` is how many days it was spread over.

    "90 min" in a box for hours is 1.5 hours; "50 min" stays minutes; "3 points" are points. Raises ValidationError.
    """
    if not text:
        raise ValidationError(_missing(unit), code="required")
    if unit in ("hour", "point") and len(text) <= _LONGEST and (stated := _IN_POINTS.fullmatch(text)):
        text, unit = stated[1], "point"
    amount = _hours(text, unit) if unit in ("hour", "minute") else _number(text, unit)
    if amount[0] <= 0:
        raise ValidationError(f"Enter more than 0 {AMOUNT_UNITS[unit].many}", code="zero")
    _within(amount, days)
    return amount


def shown_amount(amount: int, unit: str) -> str:
    """An amount as it is put back into the box: "1.5", "50 min" for minutes in a box for hours."""
    if unit == "minute":
        return show_duration(Duration(Decimal(amount) / 100, "minute"))
    return show(amount).replace(",", "")


def _missing(unit: str) -> str:
    return "Enter how many hours it took" if unit in ("hour", "minute") else f"Enter how many {AMOUNT_UNITS[unit].many}"


def _hours(text: str, unit: str) -> tuple[int, str]:
    plain = _NUMBER.fullmatch(text)
    if unit == "minute" and plain and len(text) <= _LONGEST:
        return _hundredths(plain), "minute"
    try:
        duration = parse_duration(text)
    except ValueError:
        raise ValidationError(
            "Enter the hours as a number, like 1.5, or as minutes, like 90 min", code="unclear"
        ) from None
    return duration.hundredths, duration.unit


def _number(text: str, unit: str) -> tuple[int, str]:
    found = _NUMBER.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise ValidationError(f"Enter the {AMOUNT_UNITS[unit].many} as a number, like 2 or 1.5", code="unclear")
    return _hundredths(found), unit


def _hundredths(found: re.Match[str]) -> int:
    return int(found[1] or 0) * 100 + int((found[2] or "0").ljust(2, "0"))


def _within(amount: tuple[int, str], days: int) -> None:
    number, unit = amount
    if unit in ("hour", "minute"):
        if number > (24 if unit == "hour" else 24 * 60) * 100 * days:
            raise ValidationError(_too_long(days), code="too_many")
    elif number > _MOST[unit] * 100:
        raise ValidationError(f"Enter {_MOST[unit]} {AMOUNT_UNITS[unit].many} or fewer", code="too_many")


def _too_long(days: int) -> str:
    if days == 1:
        return "A day has 24 hours. If it took several days, give the first day below"
    return f"These {days} days have {24 * days:,} hours. Enter that or fewer"
