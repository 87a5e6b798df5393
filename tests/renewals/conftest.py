"""Rule packs and people for tests of pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.models import User
from certifications.models import HeldCertification
from tests.factories.packs import load_packs, make_dana

NOW = datetime(2026, 10, 1, 9, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture
def stopped_clock(settings: Any) -> datetime:
    """Thursday 1 Oct 2026, 09:00 in New York."""
    settings.CLOCK_AT = NOW
    return NOW


@pytest.fixture
def nicet(db: None, stopped_clock: datetime) -> None:
    """The shipped NICET rules, on the day of the worked example."""
    load_packs("nicet")


@pytest.fixture
def dana(nicet: None, technician: User) -> User:
    """Dana Reyes with what she logged: 99 asked, 81 counted, At risk."""
    make_dana(technician)
    return technician


@pytest.fixture
def held(dana: User) -> HeldCertification:
    """The one certification of Dana's."""
    return HeldCertification.objects.get(user=dana)


@pytest.fixture
def signed_in(client: Client, dana: User) -> Client:
    """Dana, signed in."""
    client.force_login(dana)
    return client
