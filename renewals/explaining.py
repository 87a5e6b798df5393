"""The ledger as people read it: a row an activity, the reasons for what does not count, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from activities.models import Activity
from certifications.rules.document import Document
from certifications.rules.results import Line
from certifications.rules.wording import Speaker, anchor
from certifications.rules.words import CAP_REASONS, Reason

from .links import reason_link
from .queries import Stand

MOST_REASONS = 12  # the rest stands in the ledger, which can be asked for what does not count alone
SHOWN = {"all": "All", "counted": "Counted", "not-counted": "Not counted"}
SORTED = {"newest": "Newest", "oldest": "Oldest", "lost": "Most not counted"}


@dataclass(frozen=True)
class RuleLink:
    """A rule that a row rests on: its name, its place on the rules page, and whether to check it with the body."""

    name: str
    anchor: str
    check: bool


@dataclass(frozen=True)
class Row:
    """One line of the ledger with what belongs to it."""

    line: Line
    title: str
    activity: Activity | None
    rules: tuple[RuleLink, ...]

    @property
    def place(self) -> str:
        """The row's anchor on the page."""
        return f"line-{self.line.key}"

    @property
    def since(self) -> date | None:
        return self.activity.since if self.activity else None


@dataclass(frozen=True)
class Lost:
    """Points of one activity that do not count for one reason. `points` is hundredths."""

    points: int
    title: str
    on: date
    since: date | None
    reason: Reason
    text: str


@dataclass(frozen=True)
class OwnLost(Lost):
    """The same for whoever logged it, with what they can do about it."""

    action_label: str
    action_url: str


def rows_of(stand: Stand) -> list[Row]:
    """The ledger, newest first."""
    counted = stand.counted
    names = _Names(counted.document)
    found = []
    for line in counted.outcome.lines:
        claim = counted.claim_of(line)
        activity = claim.activity if claim else None
        found.append(Row(line, activity.title if activity else _carried(line), activity, names.rules(line)))
    return sorted(found, key=lambda row: row.line.on, reverse=True)


class _Names:
    """Rules of a document by what lines say of them; made once a page."""

    def __init__(self, document: Document) -> None:
        speaker = Speaker(document)
        categories = {category.key: category.name for category in document.categories}
        self._kinds = {
            rule.key: RuleLink(rule.name, anchor("kind", rule.key), not speaker.sure(rule.source))
            for rule in document.kinds
        }
        self._caps = {
            cap.key: RuleLink(
                f"Cap: {categories.get(cap.select.one_category, cap.name)}", anchor("cap", cap.key),
                not speaker.sure(cap.source),
            )
            for cap in document.caps
        }  # fmt: skip

    def rules(self, line: Line) -> tuple[RuleLink, ...]:
        """The kind rule of a line, and each cap that took something of it."""
        found = [self._kinds.get(line.rule)]
        found += [self._caps.get(loss.rule) for loss in line.losses if loss.reason in CAP_REASONS]
        return tuple(dict.fromkeys(one for one in found if one))


def _carried(line: Line) -> str:
    """What points are called that stand for no activity."""
    return "Kept from before the rules changed" if line.key.startswith("kept-") else "Carried over"


def arranged(rows: Iterable[Row], show: str, sort: str) -> list[Row]:
    """The rows asked for, in the order asked for; an unknown word means the usual."""
    found = list(rows)
    if show == "counted":
        found = [row for row in found if row.line.counted > 0]
    if show == "not-counted":
        found = [row for row in found if row.line.losses]
    if sort == "oldest":
        return sorted(found, key=lambda row: row.line.on)
    if sort == "lost":
        return sorted(found, key=lambda row: -row.line.lost)
    return found


def lost_of(rows: Iterable[Row]) -> list[OwnLost]:
    """Every reason for points that do not count, the most points first."""
    found = []
    for row in rows:
        for loss in row.line.losses:
            if loss.points:
                label, url = reason_link(loss.reason, row.activity, row.place, rule=loss.rule)
                lost = (loss.points, row.title, row.line.on, row.since, loss.reason, loss.text)
                found.append(OwnLost(*lost, label, url))
    return sorted(found, key=lambda one: (-one.points, one.on))
