"""New rules, told to somebody whom they count: what changes, and what their total becomes.

The numbers are those of the page about the change: both ask renewals.impact.telling.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import User
from certifications.models import RuleSetVersion
from certifications.rules.dates import written
from certifications.rules.difference import Difference

from ..impact.publication import changed_rules
from ..impact.telling import Personal, personal, version_before

_MOST = 4  # the rest stands on the page


@dataclass(frozen=True)
class RuleChange:
    """What one mail says of new rules for one certification."""

    title: str
    from_day: str
    total: str  # what becomes of the reader's total
    because: str
    lines: tuple[str, ...]
    more: int
    path: str


def changes_for(user: User, version: RuleSetVersion, held: Iterable[int], today: date) -> list[RuleChange]:
    """What this version changes in some things that a person holds, by id."""
    wanted = set(held)
    before = version_before(version)
    found = changed_rules(before.document, version.document) if before else []
    lines, more = tuple(_line(one) for one in found[:_MOST]), max(0, len(found) - _MOST)
    page = reverse("renewals:rule_changes", args=[version.rule_set.slug, version.number])
    return [
        RuleChange(
            title=str(one.held), from_day=written(version.in_force_from), total=_total(one), because=one.because,
            lines=lines, more=more, path=page,
        )
        for one in personal(user, version, today)
        if one.held.pk in wanted
    ]  # fmt: skip


def _total(one: Personal) -> str:
    if not one.affects:
        return "These changes do not affect your current period."
    return one.total if one.never_ends else f"{one.total} You have until {written(one.last_day)}."


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
