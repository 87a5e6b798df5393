"""Words for what must hold at renewal: the total, minimums, other ways, carry-over, money."""

from __future__ import annotations

from typing import Any

from ...rules.document import (
    Alternative,
    CarryOver,
    Event,
    Fee,
    Minimum,
    Money,
    Need,
    NeedBy,
    Proration,
    ProrationRow,
)
from .counting import WHEN
from .head import KEY, NOTE, SOURCE

WORDS: dict[Any, dict[str, tuple[str, str]]] = {
    Need: {
        "points": ("Points needed in a period", "0: only what is asked besides the total."),
        "source": SOURCE,
        "by": ("Another total for some holders", "The first that fits is used."),
        "first_period": ("Less for a shorter first period", ""),
        "first_period_exempt": ("Nothing is needed in the first period", ""),
        "several": ("Who holds several certifications needs", ""),
        "advisory": ("Recommended only", "Missing it is no failure."),
    },
    NeedBy: {
        "points": ("Points needed then", ""),
        "when": ("For which holders", "All of these must hold."),
        "source": SOURCE,
    },
    Proration: {
        "block_months": ("For each full block of so many months", ""),
        "block_points": ("so many points", "Empty: its share of the full need."),
        "table": ("Or by a table", "The first row that fits is used."),
        "exempt_below_months": ("Nothing below so many months", ""),
        "source": SOURCE,
    },
    ProrationRow: {
        "months_up_to": ("Up to so many months", ""),
        "months_below": ("or less than so many months", ""),
        "points": ("Points", "0: nothing at all is needed."),
    },
    Minimum: {
        "name": ("Name", "As people read it."),
        "points": ("At least how many points", "Give one: points, percent, categories, activities, a yes, a number."),
        "percent": ("or percent of the total", "A third is 100/3."),
        "categories": ("or so many categories", "With points in them."),
        "times": ("or so many activities", "Whatever they are worth."),
        "item": ("or a yes", "Short name of what must be true, such as fee-paid."),
        "fact": ("or a number", "The answer to this question ..."),
        "at_least": ("... of at least", ""),
        "select": ("Of which activities", "Nothing chosen: of everything."),
        "window": ("In which time", ""),
        "source": SOURCE,
        "note": NOTE,
        "on_top": ("On top of the total", ""),
        "in_one_category": ("All in one category, whichever", ""),
        "tests": ("Looks at", ""),
        "for_each": ("Once for each topic of an answer", ""),
        "when": WHEN,
        "advisory": ("Recommended only", ""),
        "only_at_full_need": ("Not asked in a shorter first period", ""),
        "key": KEY,
    },
    Alternative: {
        "name": ("Name", "As people read it."),
        "points": ("Points needed this way", "Empty: none."),
        "minimums": ("What else is needed this way", ""),
        "with_minimums": ("What is asked besides the total must hold as well", ""),
        "when": WHEN,
        "source": SOURCE,
        "key": KEY,
    },
    Event: {
        "name": ("Name", "As people read it, such as: Passed the exam again."),
        "select": ("Which activities are it", "They need not be worth points."),
        "times": ("So many times", ""),
        "window": ("In which time", ""),
        "minimums": ("What is still due all the same", ""),
        "renews_months": ("Length of the next period, in months", "Empty: the usual one."),
        "when": WHEN,
        "source": SOURCE,
        "key": KEY,
    },
    CarryOver: {
        "points": ("At most, points", "Neither points nor percent: all that is left over."),
        "percent": ("or percent of what was needed", "A third is 100/3."),
        "earned_in_last_months": ("Only what was earned in the last so many months", ""),
        "select": ("Only some points", ""),
        "arrives_as": ("All arrive in", "Empty: in no category."),
        "keeps_categories": ("They keep their categories", ""),
        "keeps_topics": ("They keep their topics", ""),
        "source": SOURCE,
        "note": NOTE,
        "includes_over_cap": ("What was over a cap goes over as well, and first", ""),
        "lives_periods": ("Usable in so many periods", ""),
        "most_months_old": ("Gone when older than so many months", ""),
        "deficit": ("What is missing is owed to the next period", ""),
        "within_minimums": ("Of these, no more than one period needs", "The rest goes over without topic."),
    },
    Money: {
        "currency": ("Currency", "Three letters, such as USD."),
        "fees": ("Fees", ""),
        "paid_before_submitting": ("The fee is paid before activities are sent in", ""),
        "note": NOTE,
    },
    Fee: {
        "name": ("Name", "As people read it."),
        "cents": ("Amount", "Such as 195.00."),
        "due": ("Due", ""),
        "from_months_late": ("More than so many months after the end", "For late fees and reinstatement."),
        "from_days_late": ("and so many days", ""),
        "source": SOURCE,
        "when": WHEN,
        "note": NOTE,
        "key": KEY,
    },
}  # fmt: skip

MORE: dict[Any, frozenset[str]] = {
    Need: frozenset({"by", "first_period", "first_period_exempt", "several", "advisory"}),
    Minimum: frozenset({
        "on_top", "in_one_category", "tests", "for_each", "when", "advisory", "only_at_full_need", "key",
    }),
    Alternative: frozenset({"key", "when"}),
    Event: frozenset({"key", "when", "window", "renews_months"}),
    CarryOver: frozenset({"includes_over_cap", "lives_periods", "most_months_old", "deficit", "within_minimums"}),
    Fee: frozenset({"when", "note", "key"}),
}  # fmt: skip

OPTIONS: dict[tuple[Any, str], dict[str, str]] = {
    (Need, "several"): {"each": "the points of each", "highest": "only the highest figure"},
    (Minimum, "tests"): {"counted": "points that count", "asked": "all points earned, caps aside"},
    (Fee, "due"): {
        "renewal": "Once, at renewal", "each-further": "For each other certification renewed with it",
        "yearly": "Every year", "late": "When late", "reinstatement": "For reinstatement",
    },
}  # fmt: skip
