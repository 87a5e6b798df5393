"""The public page: made, looked at by anybody, and ended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.browser.checks import WINDOWS, assert_sound
from tests.browser.conftest import OpenPage
from tests.factories.accounts import UserFactory
from tests.factories.packs import give, load_packs
from tests.renewals.conftest import NOW


@pytest.fixture
def dana(transactional_db: None, settings: Any) -> User:
    settings.CLOCK_AT = NOW
    load_packs("nicet")
    user = UserFactory(name="Dana Reyes")
    give(user, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    return user


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_make_a_page_look_at_it_and_end_it(open_page: OpenPage, dana: User, width: int, mode: str) -> None:
    page = open_page(user=dana, width=width, mode=mode)
    page.goto("/share/")
    assert_sound(page)
    page.get_by_role("button", name="Make my page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anybody with the address sees 1 certification")
    assert_sound(page)
    address = page.locator(".public-address a").get_attribute("href")
    assert address
    page.goto(address)
    expect(page.get_by_text("Current to 31 Mar 2027")).to_be_visible()
    assert_sound(page)
    page.goto("/share/")
    page.get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is shown")
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link is not active")
    assert_sound(page)
