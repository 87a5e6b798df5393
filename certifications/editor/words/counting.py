"""Words for how activities become points: categories, kinds, caps, and which activities a rule means."""

from __future__ import annotations

from typing import Any

from ...rules.document import Cap, Category, Condition, KindRule, Multiplier, Rounding, Select, TopicPart
from ...rules.words import AMOUNT_UNITS
from .head import KEY, NOTE, SOURCE

WHEN = ("Only for some holders", "All of these must hold.")

WORDS: dict[Any, dict[str, tuple[str, str]]] = {
    Category: {
        "name": ("Name", "The body's own name for it."),
        "parent": ("Part of", "Caps and minimums on a category include those below it."),
        "meaning": ("What belongs there", ""),
        "source": SOURCE,
        "key": KEY,
    },
    KindRule: {
        "name": ("Name", "As people read it, such as Approved course."),
        "kind": ("Logged as", "What people choose when they log it. None: any."),
        "category": ("Counts in", "With several, points go where they help most. The first one is the usual one."),
        "points": ("Points", "Empty: only points stated on a certificate count."),
        "per": ("for each", ""),
        "stated": ("Points stated on a certificate are taken as they stand", ""),
        "most": ("One activity counts up to", "Points."),
        "evidence": ("Evidence", ""),
        "evidence_is": ("What evidence", "In words, such as: certificate of attendance."),
        "source": SOURCE,
        "note": NOTE,
        "select": ("Only some of them", ""),
        "every": ("Points are for every so many", "7 with hours: for each 7 hours. Fractions as 1/3."),
        "hour_minutes": ("Minutes in an hour", ""),
        "hours_in": ("Hours in other units", ""),
        "minimum": ("Least amount that counts", "In the unit above. A shorter activity counts nothing."),
        "least": ("An activity that counts brings at least", "Points."),
        "most_percent": ("One activity counts up to, percent of what is needed", "A third is 100/3."),
        "rounding": ("Each activity is rounded", ""),
        "multiply": ("Roles that count several times", ""),
        "topic_parts": ("Part of the points carries a topic", ""),
        "once": ("The same course", ""),
        "once_months": ("The same course once in so many months", ""),
        "one_claim": ("One claim a period in all", ""),
        "over_time": ("Work over time", "Spread by its days over the years it spans."),
        "for_whole_period": ("The points are for the whole period", "Part of it brings its share."),
        "confirmed": ("Counts once somebody has confirmed it", ""),
        "above_level": ("Training must be above the level held", ""),
        "counts_on": ("An activity over several days belongs to", ""),
        "when": WHEN,
        "from": ("For activities from this day on", ""),
        "until": ("For activities before this day", "Withdrawn from it on."),
        "key": KEY,
    },
    Rounding: {
        "step": ("To steps of", "Points, such as 0.5."),
        "mode": ("Rounded", ""),
        "first_full": ("Nothing below", "Points; only then steps begin."),
    },
    Multiplier: {
        "role": ("Roles", ""),
        "times": ("Count so many times", ""),
        "source": SOURCE,
    },
    TopicPart: {"topic": ("Topic", ""), "points": ("Points of it, at most", "")},
    Cap: {
        "name": ("Name", "As people read it."),
        "points": ("Up to how many points", "0 counts nothing."),
        "percent": ("or how many percent", "Give points or percent. A third is 100/3."),
        "select": ("Of which activities", "Nothing chosen: everything together."),
        "window": ("In which time", ""),
        "source": SOURCE,
        "note": NOTE,
        "percent_of": ("Percent of", ""),
        "when": WHEN,
        "applies_from": ("For activities from this day on", ""),
        "applies_until": ("For activities before this day", ""),
        "key": KEY,
    },
    Select: {
        "category": ("In categories", "Those below them are included."),
        "kind": ("Logged as", ""),
        "type": ("Types", "The body's own words, one a line."),
        "topic": ("Topics", "One a line; one of them is enough."),
        "format": ("Format", ""),
        "role": ("Role", ""),
        "reach": ("Reach", ""),
        "shared": ("Used for another certification as well", ""),
        "carried": ("Carried over", ""),
        "except": ("Except some", ""),
    },
    Condition: {
        "fact": ("What is asked", ""),
        "is": ("is", "yes, no, a word or a whole number."),
        "one_of": ("is one of", "One a line."),
        "at_least": ("is at least", ""),
        "less_than": ("is less than", ""),
        "every": ("every so many", "3 for a number: 3, 6, 9 and so on."),
        "remainder": ("left over", "1 of every 2: odd numbers."),
        "on_or_after": ("is this day or later", ""),
        "before": ("is before this day", ""),
    },
}  # fmt: skip

MORE: dict[Any, frozenset[str]] = {
    Category: frozenset({"key"}),
    KindRule: frozenset(WORDS[KindRule]) - {
        "name", "kind", "category", "points", "per", "stated", "most", "evidence", "evidence_is", "source", "note",
    },
    Cap: frozenset({"percent_of", "when", "applies_from", "applies_until", "key"}),
    Select: frozenset({"format", "role", "reach", "shared", "carried", "except"}),
    Condition: frozenset({"every", "remainder", "on_or_after", "before"}),
}  # fmt: skip

OPTIONS: dict[tuple[Any, str], dict[str, str]] = {
    (KindRule, "per"): {key: unit.one for key, unit in AMOUNT_UNITS.items()},
    (KindRule, "hours_in"): {key: unit.one for key, unit in AMOUNT_UNITS.items()},
    (KindRule, "once"): {"": "Counts each time", "period": "Counts once in a period", "ever": "Counts once, for good"},
    (KindRule, "evidence"): {
        "": "None wanted", "packet": "Wanted for the renewal packet", "to-count": "Needed to count",
    },
    (KindRule, "counts_on"): {"last-day": "its last day", "first-day": "its first day"},
    (Rounding, "mode"): {
        "down": "down", "nearest": "to the nearest, halves up", "up": "up", "half-down": "to the nearest, halves down",
    },
    (Cap, "percent_of"): {"required": "what is needed", "counted": "what counts in the end"},
}  # fmt: skip
