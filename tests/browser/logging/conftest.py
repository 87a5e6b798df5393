"""Dana at the log form, on the day of the worked example."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import User
from tests.browser.task import NOW
from tests.factories.accounts import UserFactory
from tests.factories.packs import give, load_packs, make_dana


@pytest.fixture(autouse=True)
def the_day(settings: Any, tmp_path: Path) -> None:
    settings.CLOCK_AT = NOW
    settings.MEDIA_ROOT = tmp_path / "evidence"


@pytest.fixture
def dana(transactional_db: None) -> User:
    load_packs("nicet")
    user = UserFactory(name="Dana Reyes", email="dana@example.org", confirmed=True)
    make_dana(user)
    give(user, "inspection-testing-fire-alarm", level="II", expiry=date(2027, 4, 1))
    return user


def save(page: Page) -> Any:
    return page.get_by_role("button", name="Save activity")
