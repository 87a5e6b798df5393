"""New rules, told to somebody whom they count: what changes, and what their total becomes.

The numbers are those of the page about the change: both ask renewals.impact.telling.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from accounts.models import User
from certifications.models import HeldCertification, RuleSetVersion
from certifications.rules.dates import written
from certifications.rules.difference import Difference

from ..impact.explanation import paragraphs
from ..impact.publication import changed_rules
from ..impact.telling import Personal, personal, version_before

WITHDRAWN = "withdrawn"  # at the end of a stage: what was told of does not come
SOON = "soon"  # the same: it comes in some days, and was told of when it was published
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
    words: tuple[str, ...] = ()  # what its writers say of it, a paragraph each
    withdrawn: bool = False
    affects: bool = True
    soon: bool = False

    @property
    def news(self) -> str:
        """The heading where several things are told of."""
        if self.withdrawn:
            return f"{self.title}: the new rules from {self.from_day} are withdrawn"
        return f"{self.title}: new rules from {self.from_day}"

    @property
    def headline(self) -> str:
        """What a mail about nothing else begins with."""
        if self.withdrawn:
            return f"The new rules from {self.from_day} are withdrawn"
        return f"New rules from {self.from_day}"

    @property
    def subject(self) -> str:
        if self.withdrawn:
            return f"Withdrawn: the new rules of {self.title}, from {self.from_day}"
        return f"New rules{' soon' if self.soon else ''}: {self.title}, from {self.from_day}"


def changes_for(user: User, version: RuleSetVersion, held: Iterable[int], today: date) -> list[RuleChange]:
    """What this version changes in some things that a person holds, by id."""
    return changes_after(version_before(version), user, version, held, today)


def changes_after(
    before: RuleSetVersion | None, user: User, version: RuleSetVersion, held: Iterable[int], today: date
) -> list[RuleChange]:
    """The same where it is known which version it follows: `version` need not be stored then."""
    wanted = set(held)
    found = changed_rules(before.document, version.document) if before else []
    lines, more = tuple(_line(one) for one in found[:_MOST]), max(0, len(found) - _MOST)
    page = reverse("renewals:rule_changes", args=[version.rule_set.slug, version.number])
    mine = [one for one in personal(user, version, before, today) if one.held.pk in wanted]
    words = tuple(paragraphs(version.explanation))
    return [
        RuleChange(
            title=str(one.held), from_day=written(version.in_force_from), total=_total(one), because=one.because,
            lines=lines, more=more, path=page, words=() if number else words,  # said once
            affects=one.affects,
        )
        for number, one in enumerate(mine)
    ]  # fmt: skip


def soon(user: User, version: RuleSetVersion, held: Iterable[int], today: date) -> list[RuleChange]:
    """The same once more before it starts, only where it still makes a difference; nothing once it has started."""
    if version.in_force_from <= today:
        return []
    return [replace(one, soon=True) for one in changes_for(user, version, held, today) if one.affects]


def taken_back(version: RuleSetVersion, held: Iterable[int]) -> list[RuleChange]:
    """What is said of a version that was told of and then withdrawn, about some things that a person holds, by id."""
    page = reverse("renewals:rule_changes", args=[version.rule_set.slug, version.number])
    mine = HeldCertification.objects.filter(pk__in=held).select_related("certification", "level").order_by("pk")
    return [
        RuleChange(
            title=str(one), from_day=written(version.in_force_from), because="", lines=(), more=0, path=page,
            total="We told you of new rules. They do not come: your rules and your total stay as they are.",
            withdrawn=True,
        )
        for one in mine
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
