"""Who did what with rules and the catalogue: that part of the audit trail, for those who write rules."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import AuditEvent
from certifications.models import RuleDraft, RuleSet, RuleSetVersion

from ..operating.trail import PAGE, Change, changes_of

_DRAFT, _VERSION, _RULE_SET = (model._meta.label_lower for model in (RuleDraft, RuleSetVersion, RuleSet))
_ALL_OF = (_DRAFT, _VERSION, _RULE_SET, "certifications.body", "certifications.level")
# What people do with their own certifications is theirs; only these are about the catalogue.
_CATALOGUE = ("certification made", "levels and relations changed", "still true", "certification changed")


@dataclass(frozen=True)
class Page:
    """Some events, newest first, each with its changes; `older` is where the next page begins."""

    events: list[tuple[AuditEvent, list[Change]]]
    older: int | None


def rule_events(rule_set: RuleSet | None = None, before: int | None = None) -> Page:
    """One page of what was done with rules, of one rule set or of all; `before` leaves out that event and later."""
    catalogue = Q(target_type="certifications.certification", verb__in=_CATALOGUE)
    events = AuditEvent.objects.filter(Q(target_type__in=_ALL_OF) | catalogue)
    if rule_set:
        events = AuditEvent.objects.filter(_about(rule_set))
    if before is not None:
        events = events.filter(pk__lt=before)
    page = list(events.select_related("actor").order_by("-pk")[: PAGE + 1])
    shown = page[:PAGE]
    return Page(
        [(event, changes_of(event.data)) for event in shown], shown[-1].pk if len(page) > PAGE else None
    )  # fmt: skip


def _about(rule_set: RuleSet) -> Q:
    drafts = [str(pk) for pk in RuleDraft.objects.filter(rule_set=rule_set).values_list("pk", flat=True)]
    versions = [str(pk) for pk in RuleSetVersion.objects.filter(rule_set=rule_set).values_list("pk", flat=True)]
    return (
        Q(target_type=_RULE_SET, target_id=str(rule_set.pk))
        | Q(target_type=_DRAFT, target_id__in=drafts)
        | Q(target_type=_VERSION, target_id__in=versions)
    )
