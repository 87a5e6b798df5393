"""NICET's newer table is tried, counted and published in the demo by the two who write rules there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from certifications.models import RuleDraft
from renewals.demo import rules_admins
from renewals.models import RuleChange
from tests.factories.packs import load_packs
from tests.factories.rule_changes import holders

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 1, 13, tzinfo=UTC)


@pytest.fixture
def draft(settings: Any, tmp_path: Path) -> RuleDraft:
    settings.MEDIA_ROOT, settings.CLOCK_AT, settings.CELERY_TASK_ALWAYS_EAGER = tmp_path, AT, True
    load_packs("nicet")
    for _ in range(2):  # a second start of the demo changes nothing
        rules_admins.open_desk(password="x", at=AT, today=date(2026, 10, 1))
    return RuleDraft.objects.get()


def signed_in(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email, is_rules_admin=True))
    return client


def test_the_newer_table_is_published(draft: RuleDraft) -> None:
    assert draft.base
    holders(draft.base, {"same": 1, "fewer": 1})
    writer, second = (signed_in(email) for _, email, _ in rules_admins.PEOPLE)
    impact = reverse("renewals:draft_impact", args=[draft.pk])
    publish = reverse("renewals:draft_publish", args=[draft.pk])
    assert (
        "7 of 7 examples hold" in writer.get(reverse("certifications:draft_examples", args=[draft.pk])).content.decode()
    )
    writer.post(impact, {"do": "again"})
    assert "If published for 1 Jan 2027: 0 of 2 people get a worse standing" in writer.get(impact).content.decode()
    for client, do in ((writer, "hand-in"), (second, "approve"), (writer, "publish")):
        client.post(publish, {"do": do, "digest": client.get(publish).context["digest"]})
    change = RuleChange.objects.get()
    assert (change.state, change.starts_on, change.version.label) == ("scheduled", date(2027, 1, 1), "newer table (2)")
