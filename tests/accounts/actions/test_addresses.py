"""An address that a mail server refused for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actions.addresses import bounced
from accounts.models import BouncedAddress

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 1, 13, tzinfo=UTC)


def test_an_address_is_noted_once_however_it_is_written() -> None:
    bounced(email="Dana@Example.org", reason="550 no such person", at=AT)
    BouncedAddress.objects.update(cleared_at=AT)
    assert not BouncedAddress.objects.unreached().about("dana@example.org").exists()
    bounced(email="dana@example.org", reason="550 " + "x" * 400, at=AT + timedelta(days=1))
    row = BouncedAddress.objects.unreached().about("DANA@example.org").get()
    assert (row.times, row.first_at, row.last_at, len(row.reason)) == (2, AT, AT + timedelta(days=1), 300)
