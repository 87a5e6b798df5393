"""Rule sets as the people who write them see them: which are live, which are changing, how many people they count."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count

from .models import RenewalPeriod, RuleDraft, RuleSet, RuleSetVersion
from .rules.changed import changes

Status = RuleSetVersion.Status


@dataclass
class Shelved:
    """One rule set: its version in force, those that start later, the draft in work."""

    rule_set: RuleSet
    holders: int = 0
    live: RuleSetVersion | None = None
    scheduled: list[RuleSetVersion] = field(default_factory=list)
    unpublished: list[RuleSetVersion] = field(default_factory=list)  # drafts that came with the rule packs
    draft: RuleDraft | None = None
    dropped: RuleDraft | None = None  # what was written last and came to nothing: it can be taken up again
    changed: int = 0  # values in which the draft differs from the version it began with

    @property
    def moving(self) -> bool:
        """Whether somebody works on it, or a version of it is to start."""
        return self.draft is not None or bool(self.scheduled)

    @property
    def newest(self) -> RuleSetVersion | None:
        """What the next version starts from."""
        return self.scheduled[-1] if self.scheduled else self.live or next(iter(self.unpublished), None)


def shelf(words: str, today: date) -> list[Shelved]:
    """Every rule set of a body whose name or body has these words; employers' own are theirs."""
    found = RuleSet.objects.filter(employer=None).select_related("body").order_by("body__name", "name")
    for word in words.split()[:8]:
        found = found.filter(name__icontains=word) | found.filter(body__name__icontains=word)
    counted = RenewalPeriod.objects.open().filter(held__removed_at=None, version__rule_set__in=found)
    holders = dict(counted.values_list("version__rule_set").annotate(number=Count("held")).order_by())
    shelved = {one.pk: Shelved(one, holders.get(one.pk, 0)) for one in found}
    versions = RuleSetVersion.objects.filter(rule_set__in=found).defer("canonical").order_by("in_force_from", "number")
    for version in versions:
        _place(shelved[version.rule_set_id], version, today)
    for draft in RuleDraft.objects.in_work().filter(rule_set__in=found).with_people():
        one = shelved[draft.rule_set_id]
        one.draft = draft
        one.changed = sum(1 for _ in changes(raw_of(draft.base), draft.raw)) if draft.base else 0
    for draft in (
        RuleDraft.objects.filter(rule_set__in=found)
        .newest()
        .select_related("version")
        .defer("raw", "version__canonical")
    ):
        shelved[draft.rule_set_id].dropped = draft if draft.dropped else None
    # What changes stands before what stays as it is.
    return sorted(shelved.values(), key=lambda one: not one.moving)


def _place(one: Shelved, version: RuleSetVersion, today: date) -> None:
    if version.status == Status.DRAFT:
        one.unpublished.append(version)
    elif version.status in (Status.PUBLISHED, Status.SUPERSEDED) and version.in_force_from <= today:
        one.live = version
    elif version.status == Status.PUBLISHED:
        one.scheduled.append(version)


def raw_of(version: RuleSetVersion) -> dict[str, Any]:
    """A version's values, to go on from."""
    raw: dict[str, Any] = json.loads(version.canonical)
    return raw


def blank(name: str, today: date, sample: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The first values of a rule set made from nothing, or from a sample or another rule set's values."""
    head = {
        "name": name, "version": str(today.year), "in_force_from": today.isoformat(), "checked_on": today.isoformat(),
        "confidence": "unverified", "summary": "",
    }  # fmt: skip
    kept = {key: value for key, value in (sample or {}).items() if key not in ("examples", "period_examples", "rules")}
    return {"format": 1, "period": {}, **kept, "rules": head}


# A certification as most are: points in three years, an hour of training is a point.
SAMPLE: dict[str, Any] = {
    "period": {"months": 36},
    "need": {"points": 30},
    "categories": [{"key": "training", "name": "Training"}],
    "kinds": [
        {"key": "training", "name": "Training", "kind": ["class", "workshop", "webinar", "self-study"],
         "category": ["training"], "points": 1},
    ],
}  # fmt: skip
