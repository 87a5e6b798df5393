"""Drafts of rule sets."""

import json
from datetime import UTC, datetime
from typing import Any

from accounts.models import User
from certifications.actions.drafts import start_draft
from certifications.models import RuleDraft, RuleSetVersion
from tests.factories.accounts import UserFactory
from tests.factories.certifications import RuleSetVersionFactory

AT = datetime(2026, 10, 1, 13, tzinfo=UTC)


def make_draft(
    by: User | None = None, *, base: RuleSetVersion | None = None, raw: dict[str, Any] | None = None
) -> RuleDraft:
    """A draft in work that changes a version; its values are that version's own unless others are given."""
    base = base or RuleSetVersionFactory()
    by = by or UserFactory(rules_admin=True)
    return start_draft(
        rule_set=base.rule_set, raw=json.loads(base.canonical) if raw is None else raw, base=base, by=by, at=AT
    )
