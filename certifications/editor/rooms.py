"""The sections of the editor, and what has a page to itself."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel

from ..rules.document import (
    Alternative,
    Cap,
    Category,
    Escalation,
    Event,
    Fact,
    Fee,
    KindRule,
    Minimum,
    NeedBy,
    RenewedBy,
    Source,
)


class Room(NamedTuple):
    """A section: its address, its heading, the parts of the document in it, and the sections of words beside it."""

    key: str
    title: str
    parts: tuple[str, ...]
    words: tuple[str, ...]
    about: str = ""


ROOMS = (
    Room("basics", "Basics", ("rules", "unit"), ("summary",), "What these rules are called, for whom, since when."),
    Room(
        "sources", "Sources", ("sources",), ("sources",),
        "Where each rule was read. Rules name the source they are from.",
    ),
    Room(
        "period", "Renewal period", ("period",), ("period",),
        "How long a period is, when it ends, and what may be done after.",
    ),
    Room("categories", "Categories", ("categories",), ("categories",), "The body's own groups of activities."),
    Room(
        "kinds", "What counts", ("kinds", "allocation", "whole_points"), ("kinds",),
        "Each kind of activity, where it counts and at which rate. The first that fits an activity is used.",
    ),
    Room(
        "needs", "What is needed", ("need", "minimums"), ("need", "minimums"),
        "The total, and what must be reached besides.",
    ),
    Room("caps", "Caps", ("caps",), ("caps",), "At most so many points from these activities."),
    Room(
        "other-ways", "Other ways to renew", ("alternatives", "events", "renewed_by"), ("ways",),
        "What suffices instead: other requirements, an exam, another certification.",
    ),
    Room(
        "afterwards", "Carry-over and what follows", ("carry_over", "escalations"), ("carry-over", "escalations"),
        "What goes into the next period, and what follows when a period was missed.",
    ),
    Room("money", "Money", ("money",), ("money",), "What renewing costs, as far as a source says it."),
    Room(
        "questions", "Questions to the holder", ("facts",), ("questions",),
        "Answers that rules may ask for, such as an age or a State.",
    ),
)  # fmt: skip

OWN_PAGE: frozenset[type[BaseModel]] = frozenset(
    {Alternative, Cap, Category, Escalation, Event, Fact, Fee, KindRule, Minimum, NeedBy, RenewedBy, Source}
)


def room_of(path: str) -> Room | None:
    """The section that holds a key path; None for examples and what no form shows."""
    first = path.partition(".")[0]
    return next((room for room in ROOMS if first in room.parts), None)


def room(key: str) -> Room | None:
    """The section with this address."""
    return next((one for one in ROOMS if one.key == key), None)
