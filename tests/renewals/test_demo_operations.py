"""Somebody runs the demo site."""

from datetime import UTC, datetime

import pytest

from accounts.models import User
from accounts.switches import sending_held
from renewals.demo.operations import EMAIL, appoint_ari

AT = datetime(2026, 10, 1, 13, tzinfo=UTC)


@pytest.mark.django_db
def test_ari_is_appointed_once_and_nothing_is_held() -> None:
    for _ in range(2):
        appoint_ari(password="every-point-counts", at=AT)
    assert User.objects.get(email=EMAIL).is_site_admin
    assert sending_held() is None
