"""Days as people write them in tables. One that can be read two ways is never guessed."""

from __future__ import annotations

import re
from datetime import date

from accounts.fields import month_number

MONTH_FIRST, DAY_FIRST = "month-day", "day-month"
ORDERS = {MONTH_FIRST: "Month first: 3/31/2027", DAY_FIRST: "Day first: 31/3/2027"}

_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ T]00:00(?::00)?)?")
_NUMBERS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_DAY_NAME = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[-/. ,]+([A-Za-z]{3,9})\.?[-/. ,]+([0-9]{4})")
_NAME_DAY = re.compile(r"([A-Za-z]{3,9})\.?[-/. ]+([0-9]{1,2})(?:st|nd|rd|th)?[-/. ,]+([0-9]{4})")


def is_ambiguous(text: str) -> bool:
    """Whether it is one day with the month first and another with the day first."""
    found = _NUMBERS.fullmatch(text)
    return bool(found) and found[1] != found[2] and 1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= 12  # type: ignore[index]


def read_day(text: str, order: str = "") -> date:
    """The day that is written. `order` is needed where only numbers are given. Raises ValueError."""
    if found := _ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_NAME.fullmatch(text):
        return date(int(found[3]), month_number(found[2]) or 0, int(found[1]))
    if found := _NAME_DAY.fullmatch(text):
        return date(int(found[3]), month_number(found[1]) or 0, int(found[2]))
    found = _NUMBERS.fullmatch(text)
    if not found:
        raise ValueError("not a day")
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if not order and is_ambiguous(text):
        raise ValueError("month first or day first?")
    if order == DAY_FIRST or (not order and first > 12):
        return date(year, second, first)
    return date(year, first, second)
