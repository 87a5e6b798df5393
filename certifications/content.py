"""What a draft would be as a published version: the exact content that is simulated, approved and published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .models import RuleDraft, RuleSetVersion
from .protections import Protections
from .rules.document import Document
from .rules.parsing import parse


@dataclass(frozen=True)
class Content:
    """A whole document with its first day in force and its protections."""

    document: Document
    starts_on: date
    protections: Protections

    @property
    def digest(self) -> str:
        """What approval is bound to: the document's own hash with the day and the protections."""
        terms = json.dumps([self.document.digest(), self.starts_on.isoformat(), self.protections.stored()])
        return hashlib.sha256(terms.encode()).hexdigest()

    def version(self, draft: RuleDraft) -> RuleSetVersion:
        """The version it becomes, not stored."""
        return as_version(draft, self.document.canonical(), self.starts_on, self.protections)


def content_of(draft: RuleDraft) -> Content:
    """The content of a draft. Raises DocumentError where the draft makes no whole document yet."""
    document = parse(draft.raw)
    starts_on = draft.starts_on or document.rules.in_force_from
    label = _free_label(document.rules.version, draft.rule_set.versions.values_list("label", flat=True))
    rules = document.rules.model_copy(update={"in_force_from": starts_on, "status": "published", "version": label})
    return Content(document.model_copy(update={"rules": rules}), starts_on, Protections.of(draft.protections))


def as_version(draft: RuleDraft, canonical: str, starts_on: date, protections: Protections) -> RuleSetVersion:
    """A version of a draft's rule set with this content, not stored."""
    return RuleSetVersion(
        rule_set=draft.rule_set, canonical=canonical, digest=hashlib.sha256(canonical.encode()).hexdigest(),
        in_force_from=starts_on, protections=protections.stored(),
    )  # fmt: skip


def _free_label(wanted: str, taken: Iterable[str]) -> str:
    """The name that the document gives itself; with a number behind it where another version has that name."""
    names = set(taken)
    return next(one for one in (wanted, *(f"{wanted[:34]} ({n})" for n in range(2, 1000))) if one not in names)
