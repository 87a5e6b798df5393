"""Reads about what was done."""

from .counting import (
    Counted,
    carried_into,
    case_of,
    claims_of,
    count_holdings,
    entry_of,
    first_day_at_work,
    repeats,
)
from .history import Again, History, goes_on, history_of, last_block
from .looking import alike, overlapping
from .telling import Change, Event, story_of

__all__ = [
    "Again", "Change", "Counted", "Event", "History", "alike", "carried_into", "case_of", "claims_of",
    "count_holdings", "entry_of", "first_day_at_work", "goes_on", "history_of", "last_block",
    "overlapping", "repeats", "story_of",
]  # fmt: skip
