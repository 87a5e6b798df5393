"""Two people on 1 Oct 2026, and the address of what they hold."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from certifications.models import HeldCertification
from tests.factories.accounts import UserFactory
from tests.factories.packs import do, give, load_packs, make_dana


@pytest.fixture
def clock(settings: Any) -> None:
    settings.CLOCK_AT = datetime(2026, 10, 1, 9, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture
def dana(transactional_db: None, clock: None) -> User:
    load_packs("nicet")
    user = UserFactory(name="Dana Reyes", email="dana@example.org", confirmed=True)
    make_dana(user)
    return user


@pytest.fixture
def sam(transactional_db: None, clock: None) -> User:
    """Holds one of each that is unlike a points certification, and one with crossing caps."""
    load_packs("iicrc", "california-cpa", "micro-credentials", "aws-cloud")
    user = UserFactory(name="Sam Okoro", email="sam@example.org", birth_date=date(1981, 5, 7))
    give(user, "wrt", awarded_on=date(2024, 6, 1))
    give(user, "cpa", expiry=date(2027, 5, 31), awarded_on=date(2019, 2, 1))
    give(user, "digital-badge-dated", expiry=date(2026, 9, 1))
    give(user, "digital-badge", awarded_on=date(2025, 5, 1))
    give(user, "solutions-architect-associate", expiry=date(2027, 1, 31))
    do(user, title="Drying class", on=date(2025, 2, 20), amount=400)
    return user


def address(user: User, query: str = "") -> str:
    return f"/certs/{HeldCertification.objects.get(user=user).pk}/{query}"
