"""The first steps in a browser: the walk-through of somebody new, and every state looked over."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from accounts.models import User
from certifications.models import Certification, HeldCertification, RenewalPeriod
from renewals.actions import give_up, record_renewal
from tests.browser.checks import WINDOWS, assert_sound, settled
from tests.browser.conftest import OpenPage
from tests.browser.walking import Walk
from tests.factories.accounts import UserFactory
from tests.factories.packs import AT, TODAY, give, load_packs, make_dana


class Fingers(Walk):
    """A walk on which keys are pressed as well; each counts as a letter."""

    def keys(self, *names: str) -> None:
        for name in names:
            self.typed += 1
            self.page.keyboard.press(name)

    def letters(self, text: str) -> None:
        self.typed += len(text)
        self.page.keyboard.type(text)


@pytest.fixture
def catalogue(transactional_db: None, settings: Any) -> None:
    settings.CLOCK_AT = datetime(2026, 10, 1, 9, tzinfo=ZoneInfo("America/New_York"))
    load_packs("nicet", "iicrc", "california-cpa", "micro-credentials")


@pytest.fixture
def newcomer(catalogue: None) -> User:
    return UserFactory(name="Jo Reyes", email="jo@example.org")


@pytest.fixture
def dana(catalogue: None) -> User:
    user = UserFactory(name="Dana Reyes", email="dana@example.org")
    make_dana(user)
    return user


def mailed_link() -> str:
    (sent,) = mail.outbox
    found = re.search(r"http://\S+(/account/email/confirm/\S+)", sent.body)
    assert found
    return found[1]


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
def test_task_7_from_the_landing_page_to_a_starting_point(
    open_page: OpenPage, catalogue: None, width: int, height: int, scripts: bool
) -> None:
    page = open_page(width=width, height=height, scripts=scripts)
    page.goto("/")
    walk = Fingers(page, phone=width < 768)
    walk.press(page.get_by_role("link", name="Start free"))
    walk.type(page.get_by_label("Name"), "Jo Reyes")
    walk.keys("Tab")
    walk.letters("jo@example.org")
    page.get_by_label("Password", exact=True).focus()  # one more Tab; with scripts "Show" stands behind it
    walk.keys("End")
    walk.letters("fire panel 7")
    walk.keys("Enter")
    expect(page.get_by_role("heading", name="Check your email")).to_be_visible()
    walk.presses += 1  # on the link in the mail
    page.goto(mailed_link())
    walk.press(page.get_by_role("button", name="Confirm address"))

    expect(page).to_have_url(re.compile("/start/certification/$"))
    first = (walk.presses, walk.typed)
    walk.press(page.locator("summary", has_text="Fire protection"))
    walk.press(page.get_by_role("link", name="Fire Alarm Systems NICET", exact=False).first)
    walk.press(page.locator("label", has_text="Level II Does routine tasks"))
    walk.type(page.get_by_label("Month").first, "4")
    walk.keys("Tab")
    walk.letters("2027")
    walk.keys("Enter")
    expect(page.get_by_role("heading", name="We work out")).to_be_focused()
    expect(page.locator("[data-hook=worked-out]")).to_contain_text("1 Apr 2024 to 31 Mar 2027, rules version 1")
    walk.press(page.get_by_role("button", name="Save and continue"))
    walk.press(page.get_by_role("button", name="Continue"))
    walk.type(page.get_by_label("How many hours?"), "8")
    walk.press(page.get_by_role("button", name="Save and see my standing"))

    expect(page.get_by_role("status").first).to_contain_text("This is your starting point.")
    expect(page.locator("[data-hook=counted]").first).to_have_text("8")
    assert_sound(page) if scripts else None
    assert walk.presses <= 12
    assert walk.typed <= 75
    assert walk.seconds <= 120
    # The three steps alone.
    assert walk.presses - first[0] <= 12
    assert walk.typed - first[1] <= 60


def test_a_search_finds_it_without_a_script(open_page: OpenPage, newcomer: User) -> None:
    page = open_page(user=newcomer, scripts=False)
    page.goto("/start/certification/")
    page.get_by_label("Search by name, field or body").fill("fire alarm")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 certifications match")).to_be_visible()
    page.get_by_role("link", name="Fire Alarm Systems NICET").first.click()
    expect(page.get_by_role("heading", name="Fire Alarm Systems")).to_be_visible()


@pytest.mark.thorough
def test_what_was_begun_goes_on_after_a_reload_and_the_next_day(
    open_page: OpenPage, newcomer: User, settings: Any
) -> None:
    give(newcomer, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    settings.CLOCK_AT = datetime(2026, 10, 2, 9, tzinfo=ZoneInfo("America/New_York"))
    page = open_page(user=newcomer)
    page.goto("/start/certification/")
    page.goto(page.url)
    expect(page.get_by_text("Added so far")).to_be_visible()
    page.get_by_role("link", name="Continue").click()
    expect(page).to_have_url(re.compile("/start/history/$"))
    page.goto(page.url)
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(re.compile("/start/activity/$"))
    page.goto(page.url)
    expect(page.get_by_role("heading", name="Log your latest activity")).to_be_visible()


def test_every_step_can_be_skipped(open_page: OpenPage, newcomer: User) -> None:
    page = open_page(user=newcomer)
    for path in ("/start/certification/", "/start/history/", "/start/activity/"):
        page.goto(path)
        page.get_by_role("link", name="Skip", exact=True).click()
        expect(page).to_have_url(re.compile("/me/$"))


def address(slug: str) -> str:
    return f"/start/certification/{Certification.objects.get(slug=slug).pk}/"


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_every_state_of_the_first_steps_is_sound(open_page: OpenPage, newcomer: User, width: int, mode: str) -> None:
    page = open_page(user=newcomer, width=width, mode=mode)
    visit(page, "/start/certification/", "/start/certification/?q=fire alarm", "/start/certification/?q=zzz")
    page.goto("/start/certification/")
    page.locator("summary", has_text="Cleaning and restoration").click()
    assert_sound(page)
    visit(page, address("fire-alarm-systems"))
    press(page, "Continue")
    expect(page.locator(".error-summary")).to_be_focused()
    visit(page, address("cpa"))
    fill_date(page, "expiry", "5", "May", "2027")
    fill_date(page, "birth", "14", "May", "1985")
    press(page, "Continue")
    page.get_by_text("Change the dates").click()
    fill_date(page, "starts", "1", "June", "2027")
    press(page, "Save and continue")
    expect(page.get_by_label("Year").nth(3)).to_be_visible()  # the dates stand open where they are wrong
    visit(page, "/start/certification/own/")
    press(page, "Save and continue")
    give(newcomer, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    visit(page, "/start/certification/", "/start/history/", "/start/activity/")
    page.goto("/start/history/")
    page.locator("[name=row-2-hours]").fill("abc")
    press(page, "Continue")
    page.get_by_role("link", name="Activity 2: choose the kind").click()
    expect(page.locator("[name=row-2-kind]")).to_be_focused()


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_every_state_of_managing_is_sound(open_page: OpenPage, dana: User, width: int, mode: str) -> None:
    held = HeldCertification.objects.get(user=dana)
    lapsed = give(dana, "wrt", expiry=date(2026, 5, 31)).held
    endless = give(dana, "digital-badge", awarded_on=date(2025, 3, 10)).held
    page = open_page(user=dana, width=width, mode=mode)
    for name in ("manage", "details", "period", "level", "renewal"):
        visit(page, f"/certs/{held.pk}/{name}/")
    press(page, "Record renewal")  # 9 points are missing
    assert_sound(page)
    page.get_by_label("It was granted all the same").check()
    press(page, "Record renewal")
    record_renewal(
        period=RenewalPeriod.objects.get(held=lapsed), renewed_on=TODAY, reference="", by=dana, at=AT, today=TODAY
    )
    visit(page, f"/certs/{lapsed.pk}/manage/", f"/certs/{lapsed.pk}/periods/1/", f"/certs/{held.pk}/periods/1/")
    visit(page, f"/certs/{endless.pk}/manage/", f"/certs/{endless.pk}/renewal/")
    for name, button in (("details", "Save details"), ("period", "Save dates"), ("level", "Save level")):
        page.goto(f"/certs/{held.pk}/{name}/")
        for box in page.get_by_label("Year").all():
            box.fill("20")
        press(page, button)
        expect(page.locator(".error-summary")).to_be_focused()
    give_up(held=held, by=dana, at=AT)
    visit(page, f"/certs/{held.pk}/removed/", "/certs/add/")


@pytest.mark.parametrize("scripts", [True, False])
def test_removed_by_mistake_and_brought_back(open_page: OpenPage, dana: User, scripts: bool) -> None:
    held = HeldCertification.objects.get(user=dana)
    page = open_page(user=dana, scripts=scripts)
    page.goto(f"/certs/{held.pk}/manage/")
    page.get_by_role("button", name="Remove from my list").click()
    expect(page.get_by_role("button", name="Bring it back")).to_be_visible()
    page.goto(page.url)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("[data-hook=counted]").first).to_have_text("81")


@pytest.mark.parametrize("scripts", [True, False])
def test_record_a_renewal_from_home(open_page: OpenPage, dana: User, scripts: bool) -> None:
    page = open_page(user=dana, scripts=scripts)
    page.goto("/me/")
    walk = Walk(page)
    walk.press(page.get_by_role("link", name="Fire Alarm Systems, Level II").first)
    walk.press(page.get_by_role("link", name="Renewal packet"))
    walk.press(page.get_by_label("It was granted all the same"))
    walk.press(page.get_by_role("button", name="Record renewal"))
    expect(page.get_by_role("status").first).to_contain_text("1 Apr 2027 to 31 Mar 2030")
    assert walk.presses <= 4


def visit(page: Page, *paths: str) -> None:
    for path in paths:
        page.goto(path)
        assert_sound(page)


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    settled(page)
    assert_sound(page)


def fill_date(page: Page, name: str, *parts: str) -> None:
    for box, text in zip(("day", "month", "year"), parts, strict=True):
        page.locator(f"[name={name}_{box}]").fill(text)
