"""Reads about what was done."""

from .counting import (
    Counted,
    Question,
    carried_into,
    claims_of,
    count_holdings,
    entries_of,
    entry_of,
    first_day_at_work,
    question_of,
    questions,
    repeats,
)
from .history import Again, History, goes_on, history_of, last_block
from .listing import Show, Sums, Wanted, listed, results_of, sums_of
from .looking import alike, overlapping, repeated_by
from .telling import Change, Event, differences, story_of

__all__ = [
    "Again", "Change", "Counted", "Event", "History", "Question", "Show", "Sums", "Wanted", "alike",
    "carried_into", "claims_of", "count_holdings", "differences", "entries_of", "entry_of",
    "first_day_at_work", "goes_on", "history_of", "last_block", "listed", "overlapping", "question_of", "questions",
    "repeated_by", "repeats", "results_of", "story_of", "sums_of",
]  # fmt: skip
