"""What a person logged lately: what the log form offers to fill in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from certifications.rules.words import KINDS

from ..amounts import short_amount
from ..models import Activity

_LOOKED_AT = 120
_AGAIN = 3
_TITLES = 20
# A block of field time that ended longer ago than this is no longer "still".
RECENTLY = timedelta(days=62)


@dataclass(frozen=True)
class Again:
    """Something logged before that can be logged again with one press."""

    kind: str
    title: str
    amount: int
    unit: str

    @property
    def written(self) -> str:
        """ "1 hour"."""
        return short_amount(self.amount, self.unit)


@dataclass(frozen=True)
class History:
    """What to offer: the last different activities, titles used before, and the kind used last."""

    again: tuple[Again, ...]
    titles: tuple[str, ...]
    last_kind: str


def history_of(user: User) -> History:
    """What to offer this person, newest first; field time is left out, it has a form of its own. One query."""
    rows = (
        Activity.objects.of(user)
        .kept()
        .exclude(kind__in=[kind.key for kind in KINDS.values() if kind.over_time])
        .order_by("-logged_at", "-id")
        .values_list("kind", "title", "amount", "unit", "since")[:_LOOKED_AT]
    )
    found = list(rows)
    again: dict[str, Again] = {}  # one of each title, as it was last
    for kind, title, amount, unit, since in found:
        if since is None and title != KINDS[kind].label:
            again.setdefault(title, Again(kind, title, amount, unit))
    titles = dict.fromkeys(title for kind, title, *_ in found if title != KINDS[kind].label)
    return History(tuple(again.values())[:_AGAIN], tuple(titles)[:_TITLES], found[0][0] if found else "")


def last_block(user: User) -> Activity | None:
    """The field time of this person that ended last."""
    return Activity.objects.of(user).kept().filter(kind="field-time").order_by("-on", "-id").first()


def goes_on(block: Activity | None, today: date) -> bool:
    """Whether field time ended so lately, for somebody named, that it may well have gone on until today."""
    return block is not None and block.provider != "" and today - RECENTLY <= block.on < today
