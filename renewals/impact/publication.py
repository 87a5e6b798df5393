"""Whether a draft may be handed in, approved and published: what stands in the way, in words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from certifications.content import Content, content_of
from certifications.drafting import publishable
from certifications.models import Certification, RuleDraft, RuleSetVersion
from certifications.rules.dates import written
from certifications.rules.difference import Difference, differences
from certifications.rules.document import Document
from certifications.rules.parsing import DocumentError

from ..models import Change, Simulation
from .explanation import made_from

_APART = ("version", "in_force_from", "checked_on", "status")
_NAMED = 3  # certifications that a sentence names
_ABOUT = ("summary", "confidence", "note")


@dataclass(frozen=True)
class Readiness:
    """A draft before it is published. `content` is None where the draft makes no whole document."""

    draft: RuleDraft
    content: Content | None
    simulation: Simulation | None
    before: RuleSetVersion | None
    changes: tuple[Difference, ...]
    in_the_way: tuple[str, ...]
    made_explanation: str = ""  # what people read first where nobody wrote other words

    @property
    def explanation(self) -> str:
        """What those whom it affects read first."""
        return self.draft.explanation or self.made_explanation

    @property
    def number(self) -> int:
        """The number that the version gets."""
        return next_number(self.draft)

    @property
    def digest(self) -> str:
        """What is handed in and approved: the content with the words in which people are told of it."""
        if self.content is None:
            return ""
        return hashlib.sha256(json.dumps([self.content.digest, self.explanation]).encode()).hexdigest()

    @property
    def moved_on(self) -> bool:
        """Whether something that the draft rests on changed after it was handed in, such as the version before it."""
        return self.draft.state != RuleDraft.State.OPEN and self.draft.submitted_digest != self.digest

    @property
    def fresh(self) -> bool:
        """Whether what was counted is what the draft says now."""
        return bool(self.content and self.simulation and self.simulation.digest == self.content.digest)


def readiness(draft: RuleDraft, today: date) -> Readiness:
    """What a draft is and what keeps it from being published, whoever approves it."""
    simulation = Simulation.objects.newest_of(draft)
    before = newest_live(draft)
    try:
        content = content_of(draft)
    except DocumentError:
        return Readiness(draft, None, simulation, before, (), tuple(publishable(draft)))
    changes = tuple(changed_rules(before.document, content.document)) if before else ()
    stops = [
        *publishable(draft), *_nothing_new(before, changes), *_wrong_day(content, before, today),
        *_counted_elsewhere(draft, content.document), *_simulation_stops(simulation, content),
        *_explains_another(draft, content),
    ]  # fmt: skip
    made = made_from(draft.rule_set, content, changes)
    return Readiness(draft, content, simulation, before, changes, tuple(stops), made)


def changed_rules(old: Document, new: Document) -> list[Difference]:
    """What differs in the rules themselves. From which day and for whom is said apart, with the terms.

    How the whole is summed up and how sure we are of it is named only where nothing else differs.
    """
    return differences(old, _as(old, new, _APART + _ABOUT)) or differences(old, _as(old, new, _APART))


def _as(old: Document, new: Document, names: tuple[str, ...]) -> Document:
    rules = new.rules.model_copy(update={name: getattr(old.rules, name) for name in names})
    return new.model_copy(update={"rules": rules})


def newest_live(draft: RuleDraft) -> RuleSetVersion | None:
    """The version that the new one follows: the one with the latest first day."""
    live = RuleSetVersion.objects.live().filter(rule_set=draft.rule_set)
    return live.order_by("-in_force_from", "-number").first()


def next_number(draft: RuleDraft) -> int:
    """Numbers are given once; drafts of packs and withdrawn versions have theirs too."""
    last = draft.rule_set.versions.order_by("-number").first()
    return last.number + 1 if last else 1


def _nothing_new(before: RuleSetVersion | None, changes: tuple[Difference, ...]) -> list[str]:
    return ["Nothing to publish: the draft says what the rules say now."] if before and not changes else []


def _wrong_day(content: Content, before: RuleSetVersion | None, today: date) -> list[str]:
    starts = content.starts_on
    found = []
    if starts <= today and not content.protections.correction:
        why = "why it corrects what was wrong" if before else "why these first rules hold since then"
        found.append(f"{written(starts)} is not ahead. Choose a later day, or say {why}.")
    if before and starts <= before.in_force_from:
        scheduled = ", or withdraw that one first" if before.in_force_from > today else ""
        day = written(before.in_force_from)
        found.append(f"Version {before.number} starts on {day}. Choose a later day{scheduled}.")
    return found


def _counted_elsewhere(draft: RuleDraft, document: Document) -> list[str]:
    """Two rule sets for one certification: nobody could tell which of them counts."""
    rules = document.rules
    others = RuleSetVersion.objects.filter(
        status=RuleSetVersion.Status.PUBLISHED, rule_set__body=draft.rule_set.body_id
    )
    others = others.filter(rule_set__certifications__slug__in=rules.certifications).exclude(rule_set=draft.rule_set_id)
    newest = others.order_by("rule_set", "-in_force_from", "-number").distinct("rule_set").select_related("rule_set")
    found = []
    for version in newest:
        theirs = version.document.rules
        apart = rules.levels and theirs.levels and not set(rules.levels) & set(theirs.levels)
        both = [slug for slug in rules.certifications if slug in theirs.certifications and not apart]
        if both:
            names = Certification.objects.filter(body=draft.rule_set.body_id, slug__in=both).order_by("name")
            found.append(
                f"{version.rule_set.name} counts {_listed(names)} already. Change that rule set, or leave out here "
                "what it counts for."
            )
    return found


def _listed(found: Iterable[Certification]) -> str:
    names = [one.name for one in found]
    return "; ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")


def _simulation_stops(simulation: Simulation | None, content: Content) -> list[str]:
    if simulation is None:
        return ["The impact was not counted yet."]
    if simulation.digest != content.digest:
        return ["The impact is out of date: the draft changed after it was counted. Run it again."]
    if simulation.state != Simulation.State.DONE:
        return ["The impact is not wholly counted."]
    failed = simulation.summary.get(Change.FAILED, 0)
    if failed:
        which = "1 certification" if failed == 1 else f"{failed} certifications"
        return [f"{which} could not be counted. Publishing is blocked until this is fixed."]
    return []


def _explains_another(draft: RuleDraft, content: Content) -> list[str]:
    if not draft.explanation or draft.explained_digest == content.digest:
        return []
    return ["The text of the mail was written before the draft changed. Read it again, and save it if it still fits."]


def may_approve(draft: RuleDraft, user: User) -> bool:
    """Whether this person is a second one: neither began, nor last changed, nor handed in the draft."""
    return user.is_rules_admin and user.pk not in (draft.author_id, draft.changed_by_id, draft.submitted_by_id)
