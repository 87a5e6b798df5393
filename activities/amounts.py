"""Amounts in words."""

from __future__ import annotations

from certifications.rules.points import show
from certifications.rules.words import AMOUNT_UNITS


def written_amount(amount: int, unit: str) -> str:
    """Hundredths of a unit as people read them: "1 hour", "6 months", "30 points on the certificate"."""
    names = AMOUNT_UNITS[unit]
    return f"{show(amount)} {names.one if amount == 100 else names.many}"


def short_amount(amount: int, unit: str) -> str:
    """The same where there is little room: points without where they are stated."""
    return written_amount(amount, unit).removesuffix(" on the certificate")
