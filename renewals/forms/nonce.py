"""What tells one form from the next, so that one that is sent twice is stored once."""

from __future__ import annotations

from uuid import UUID, uuid4


def nonce_of(typed: object) -> UUID:
    """The nonce that came with a form; a broken one is taken as a new form."""
    try:
        return UUID(str(typed or ""))
    except ValueError:
        return uuid4()
