"""Names that lead nowhere, in words that say which would."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

MOST_NAMED = 12


def no_such(what: str, name: str, known: Collection[str]) -> str:
    """ "there is no category 'teching'; did you mean teaching?", else what there is, where that is not too much."""
    said = f"there is no {what} {name!r}"
    near = get_close_matches(name, known, n=1)
    if near:
        return f"{said}; did you mean {near[0]}?"
    return f"{said}; there are: {', '.join(known)}" if 0 < len(known) <= MOST_NAMED else said
