"""The demo begins with reminders that were sent, whatever hour it is opened at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from renewals.demo.reminders import remind
from renewals.models import InAppNotice, Reminder
from tests.factories.demo import seeded
from tests.factories.packs import load_packs

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 10, 2, 6, tzinfo=UTC)  # two in the morning in New York


def test_the_first_mails_are_there_once(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    load_packs("nicet", "iicrc", "california-cpa", "micro-credentials")
    seeded(datetime(2026, 10, 1, 13, tzinfo=UTC))
    for _ in range(2):
        remind(at=NIGHT)
    subjects = {(one.to[0], one.subject) for one in mail.outbox}
    assert len(mail.outbox) == len(subjects) == Reminder.objects.values("message_id").distinct().count()
    (to_dana,) = (subject for address, subject in subjects if address == "dana@demo.example")
    assert to_dana.startswith("At risk: Fire Alarm Systems, Level II, 9 points short, ends ")
    assert {subject for address, subject in subjects if address == "rosa@ridgeline.example"} == {
        "5 of 8 people need action, Ridgeline Fire and Security",
        "Dana Reyes asks Ridgeline Fire and Security to confirm an activity",
    }
    assert set(Reminder.objects.values_list("state", flat=True)) == {Reminder.State.SENT}
    assert InAppNotice.objects.get(user__email="dana@demo.example").subject == to_dana
