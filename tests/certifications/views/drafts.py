"""A draft of NICET's rules and the person who writes it, as pages about drafts need them."""

from accounts.models import User
from certifications.actions.drafts import start_draft
from certifications.models import RuleDraft, RuleSetVersion
from tests.factories.packs import AT, load_packs


def draft_of_nicet(by: User) -> RuleDraft:
    """The published rules of NICET as a new draft."""
    return draft_of("nicet", "nicet-cpd", by)


def draft_of(pack: str, slug: str, by: User) -> RuleDraft:
    """The newest published rules of a shipped pack as a new draft."""
    load_packs(pack)
    version = RuleSetVersion.objects.filter(rule_set__slug=slug, status="published").latest("in_force_from")
    raw = version.document.plain()
    return start_draft(rule_set=version.rule_set, raw=raw, base=version, by=by, at=AT)


def cap(draft: RuleDraft, key: str = "additional-education") -> int:
    """The points of a cap as the draft has them now."""
    draft.refresh_from_db()
    points: int = next(one for one in draft.raw["caps"] if one["key"] == key)["points"]
    return points
