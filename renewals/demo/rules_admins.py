"""Two people who write rules: one has a draft of NICET's newer table, the other may approve it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.actions import add_demo_person
from accounts.models import User, email_key
from certifications.actions.drafts import start_draft
from certifications.models import RuleDraft, RuleSetVersion
from certifications.protections import Protections

from ..actions.publishing import set_terms

WRITER = ("Kim Adler", "kim@rules.example", "writes rules: a draft of NICET's newer table, to be tried and published")
SECOND = ("Max Silva", "max@rules.example", "writes rules: the second person, who approves drafts of others")
PEOPLE = (WRITER, SECOND)
_NOTE = "NICET's newer table, as a copy of its own page has it. Check with NICET before publishing."


@transaction.atomic
def open_desk(*, password: str, at: datetime, today: date) -> None:
    """Make both, and the draft that one of them works on; whatever is there already stays as it is."""
    for name, email, _ in PEOPLE:
        if not User.objects.filter(email_key=email_key(email)).exists():
            add_demo_person(name=name, email=email, password=password, at=at, is_rules_admin=True)
    writer = User.objects.get(email_key=email_key(WRITER[1]))
    for newer in RuleSetVersion.objects.filter(
        rule_set__slug="nicet-cpd", status=RuleSetVersion.Status.DRAFT, from_pack=True
    ).select_related("rule_set"):
        if not RuleDraft.objects.filter(rule_set=newer.rule_set).exists():
            _draft(newer, writer, at, today)


def _draft(newer: RuleSetVersion, writer: User, at: datetime, today: date) -> None:
    live = RuleSetVersion.objects.live().filter(rule_set=newer.rule_set)
    base = live.order_by("-in_force_from", "-number").first()
    raw = newer.document.plain()
    raw["rules"]["note"] = _NOTE
    draft = start_draft(rule_set=newer.rule_set, raw=raw, base=base, by=writer, at=at)
    set_terms(
        draft=draft, starts_on=date(today.year + 1, 1, 1), protections=Protections(), lock_version=draft.lock_version,
        by=writer, at=at,
    )  # fmt: skip
