"""Some rules ask how many others of the same body somebody holds: points by how many, a fee for each further one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from accounts.models import User
from certifications.models import HeldCertification
from certifications.queries import holdings_of, others_held
from certifications.rules.fees import fees_due
from renewals.queries import stands_of
from tests.factories.packs import TODAY, give, load_packs

pytestmark = pytest.mark.django_db


def test_others_of_the_same_body_are_counted(technician: User) -> None:
    load_packs("nicet", "iicrc")
    first = give(technician, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    second = give(technician, "water-based-systems-layout", level="II", expiry=date(2027, 4, 1))
    give(technician, "wrt", expiry=date(2027, 4, 1))
    assert [one.facts["further-certifications"] for one in holdings_of(technician)] == [1, 1, 0]
    assert others_held(first.held) == 1
    assert others_held(first.held, known_at=datetime(2020, 1, 1, tzinfo=UTC)) == 0

    [stand] = [one for one in stands_of(technician, TODAY) if one.holding.held == first.held]
    due = fees_due(stand.holding.document, stand.counted.case, stand.holding.dates)
    assert {one.fee.key: one.times for one in due} == {"renewal": 1, "further": 1}

    HeldCertification.objects.filter(pk=second.held_id).update(removed_at=timezone.now())
    assert [one.facts["further-certifications"] for one in holdings_of(technician)] == [0, 0]
