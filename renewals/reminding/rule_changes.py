"""New rules, told to somebody whom they count: what changes, and what their total becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from certifications.models import RuleSetVersion
from certifications.rules.counting import count
from certifications.rules.dates import written
from certifications.rules.difference import Difference, differences
from certifications.rules.document import Document
from certifications.rules.points import show

from ..home import Card

_MOST = 4  # the rest stands on the page


@dataclass(frozen=True)
class RuleChange:
    """What one mail says of new rules for one certification."""

    title: str
    from_day: str
    total: str  # what becomes of the reader's total
    lines: tuple[str, ...]
    more: int
    path: str


def change_for(card: Card, version: RuleSetVersion) -> RuleChange:
    """What this version changes for somebody who holds this. Both totals are counted as of the day of the card."""
    old = _before(card, version)
    found = differences(old, version.document) if old else []
    page = reverse("certifications:version", args=[version.rule_set.slug, version.number])
    return RuleChange(
        title=card.title, from_day=written(version.in_force_from), total=_total(card, old, version),
        lines=tuple(_line(one) for one in found[:_MOST]), more=max(0, len(found) - _MOST), path=page,
    )  # fmt: skip


def _before(card: Card, version: RuleSetVersion) -> Document | None:
    """The rules that count this now; where the new ones do already, the version before them."""
    if card.stand is None:
        return None
    if card.stand.holding.version != version:
        return card.stand.holding.document
    earlier = RuleSetVersion.objects.live().filter(rule_set=version.rule_set, number__lt=version.number)
    previous = earlier.order_by("-number").first()
    return previous.document if previous else None


def _total(card: Card, old: Document | None, version: RuleSetVersion) -> str:
    if card.stand is None or old is None:
        return ""
    case = card.stand.counted.case
    before, after = count(old, case), count(version.document, case)
    ends: date = case.term.span.last
    until = "" if case.term.never_ends else f" You have until {written(ends)}."
    if (before.counted, before.needed) == (after.counted, after.needed):
        return f"Your total stays at {show(after.counted)} of {show(after.needed)}.{until}"
    if before.needed == after.needed:
        change = f"from {show(before.counted)} to {show(after.counted)} of {show(after.needed)}"
    else:
        change = (
            f"from {show(before.counted)} of {show(before.needed)} to {show(after.counted)} of {show(after.needed)}"
        )
    return f"Your total changes {change}.{until}"


def _line(one: Difference) -> str:
    """A difference in a sentence: what it says from then on, and what it said before."""
    subject = f"{one.part}: {one.name}" if one.name else one.part
    now, before = " ".join(one.after), " ".join(one.before)
    match one.what:
        case "added":
            return f"New. {subject}: {now}"
        case "removed":
            return f"Gone. {subject}: {before}"
    return f"{subject}: {now} Before: {before}" if before else f"{subject}: {now}"
