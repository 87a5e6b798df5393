"""Two states of a rule set side by side: versions, drafts, files. In plain words, and as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .drafting import read
from .models import RuleDraft, RuleSet, RuleSetVersion
from .rules.difference import Difference, differences
from .rules.text_difference import Hunk, hunks
from .rules.writing import text_of

MOST_LINES = 600


@dataclass(frozen=True)
class Side:
    """One state of a rule set: how addresses name it ("v4", "draft"), what people call it, and its values."""

    key: str
    label: str
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class Compared:
    """What differs. `words` is None where one of the two makes no document yet: then the text alone is compared."""

    words: tuple[Difference, ...] | None
    hunks: tuple[Hunk, ...]
    lines: int  # how many lines the hunks have, before they were cut to what is shown

    @property
    def same(self) -> bool:
        return not self.words and not self.hunks

    @property
    def cut(self) -> bool:
        return self.lines > MOST_LINES


def compare_raw(old: Mapping[str, Any], new: Mapping[str, Any]) -> Compared:
    """What differs between two edited documents. Where both make one, only what means something else differs."""
    before, after = read(old).document, read(new).document
    if before and after:
        words = tuple(differences(before, after))
        found = hunks(text_of(before.plain()), text_of(after.plain()))
    else:
        words, found = None, hunks(text_of(old), text_of(new))
    lines = sum(len(hunk.lines) for hunk in found)
    return Compared(words, tuple(_shortened(found)), lines)


def _shortened(found: list[Hunk]) -> list[Hunk]:
    shown, room = [], MOST_LINES
    for hunk in found:
        if room > 0:
            shown.append(Hunk(hunk.lines[:room]))
        room -= len(hunk.lines)
    return shown


def sides_of(rule_set: RuleSet) -> list[Side]:
    """Everything of a rule set that can be compared: its versions, oldest first, then the draft in work."""
    drafts = RuleDraft.objects.in_work().filter(rule_set=rule_set).select_related("changed_by")
    return [
        *(side_of_version(version) for version in rule_set.versions.order_by("number")),
        *(Side("draft", f"Draft, changed by {draft.changed_by.name or draft.changed_by.email}", draft.raw)
          for draft in drafts),
    ]  # fmt: skip


def side_of_version(version: RuleSetVersion) -> Side:
    """A version as one side."""
    status = {"draft": ", never published", "withdrawn": ", withdrawn"}.get(version.status, "")
    label = f"Version {version.number} ({version.label}){status}"
    return Side(f"v{version.number}", label, json.loads(version.canonical))
