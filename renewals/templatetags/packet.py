"""The packet in templates, in the same words as its PDF."""

from __future__ import annotations

from django import template

from renewals.packets import printing
from renewals.packets.content import File, Row

register = template.Library()


@register.filter
def row_days(row: Row) -> str:
    """ "14 Aug 2026", "1 Apr 2025 to 30 Sep 2025"."""
    return printing.days(row)


@register.filter
def row_details(row: Row) -> str:
    """Kind, amount, provider, and who confirmed it."""
    return printing.details(row)


@register.filter
def row_files(row: Row) -> str:
    """ "E1, E2", "Missing"."""
    return printing.proofs(row)


@register.filter
def file_size(file: File) -> str:
    """ "240 kB"."""
    return printing.size(file)
