"""The pages on the way in, and the account's own, in a browser."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.checks import WINDOWS, assert_sound
from tests.browser.conftest import OpenPage
from tests.factories.accounts import UserFactory

PASSWORD = "correct horse battery staple"
OUTSIDE = ["/", "/help/", "/signup/", "/signin/", "/account/password/reset/", "/account/email/sent/", "/no-such-page/"]
INSIDE = ["/settings/", "/account/email/", "/account/password/", "/account/2fa/", "/account/2fa/webauthn/"]


@pytest.fixture
def dana(transactional_db: None) -> User:
    return UserFactory(name="Dana Reyes", email="dana@example.org", confirmed=True)


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.goto("/signin/")
    page.get_by_label("Email").fill("dana@example.org")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_pages_outside_are_sound(open_page: OpenPage, width: int, mode: str) -> None:
    page = open_page(width=width, mode=mode)
    for path in OUTSIDE:
        page.goto(path)
        assert_sound(page)


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_pages_inside_are_sound(open_page: OpenPage, dana: User, width: int, mode: str) -> None:
    page = open_page(user=dana, width=width, mode=mode)
    for path in INSIDE:
        page.goto(path)
        assert_sound(page)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.thorough
def test_forms_with_errors_are_sound_and_lead_to_the_fields(open_page: OpenPage, mode: str) -> None:
    page = open_page(mode=mode)
    page.goto("/signup/")
    page.get_by_label("Name").fill("Dana Reyes")
    page.get_by_label("Email").fill("dana")
    page.get_by_role("button", name="Create account").click()
    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    assert_sound(page)
    for text in ("Enter an email address like name@example.com", "Enter a password"):
        expect(page.get_by_text(text)).to_have_count(2)
    expect(page.get_by_label("Name")).to_have_value("Dana Reyes")
    summary.get_by_role("link", name="Enter a password").click()
    expect(page.get_by_label("Password", exact=True)).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False])
def test_sign_up_confirm_and_arrive(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    page.goto("/")
    page.get_by_role("link", name="Start free").click()
    page.get_by_label("Name").fill("Sam Okoro")
    page.get_by_label("Email").fill("sam@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Check your email")).to_be_visible()
    (sent,) = mail.outbox
    assert sent.subject == "Confirm your email address for CPD Points"
    link = re.search(r"http://\S+(/account/email/confirm/\S+)", sent.body)
    assert link
    page.goto(link[1])
    page.get_by_role("button", name="Confirm address").click()
    expect(page.get_by_role("status")).to_contain_text("sam@example.org is confirmed.")
    page.goto("/settings/")
    expect(page.get_by_label("Name")).to_have_value("Sam Okoro")


def test_sign_in_says_what_is_not_right_and_keeps_the_address(open_page: OpenPage, dana: User) -> None:
    page = open_page()
    sign_in(page, "not the password")
    expect(page.get_by_role("alert")).to_contain_text("The email address or the password is not right")
    expect(page.get_by_label("Email")).to_have_value("dana@example.org")
    assert_sound(page)


def test_a_password_can_be_looked_at(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/signin/")
    field = page.get_by_label("Password", exact=True)
    field.fill("secret words")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide password").click()
    expect(field).to_have_attribute("type", "password")


def test_two_step_sign_in_asks_for_the_password_again_and_then_goes_on(open_page: OpenPage, dana: User) -> None:
    page = open_page()
    sign_in(page)
    page.goto("/account/2fa/totp/activate/")
    expect(page.get_by_role("heading", name="Confirm it is you")).to_be_visible()
    assert_sound(page)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Turn on codes from an app")).to_be_visible()
    assert_sound(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("alert")).to_contain_text("This code is not right. Codes change every 30 seconds")
    page.goto("/account/2fa/webauthn/add/")
    expect(page.get_by_role("button", name="Add passkey")).to_be_visible()
    assert_sound(page)


def test_a_passkey_is_added_and_signs_in(open_page: OpenPage, dana: User) -> None:
    page = open_page(own=True)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page)
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("My phone")
    page.get_by_role("button", name="Add passkey").click()
    page.get_by_role("status").get_by_text("Passkey added.").wait_for()
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_role("link", name="Rename My phone")).to_be_visible()
    assert_sound(page)
    page.context.clear_cookies()
    page.goto("/signin/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda address: "/signin/" not in address)
    page.goto("/settings/")
    expect(page.get_by_label("Name")).to_have_value("Dana Reyes")


@pytest.mark.thorough
def test_the_theme_is_kept_on_the_account_and_outside_in_a_cookie(open_page: OpenPage, dana: User) -> None:
    for page in (open_page(user=dana), open_page()):
        page.goto("/help/")
        root = page.locator("html")
        assert root.get_attribute("data-bs-theme") is None
        page.get_by_role("button", name="Dark").click()
        expect(page).to_have_url(re.compile("/help/$"))
        expect(root).to_have_attribute("data-bs-theme", "dark")
        expect(page.locator("body")).to_have_css("background-color", "rgb(18, 23, 30)")
        page.goto("/")
        expect(root).to_have_attribute("data-bs-theme", "dark")
    dana.refresh_from_db()
    assert dana.theme == "dark"


def test_settings_are_saved_and_said_so(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana, scripts=False)
    page.goto("/settings/")
    page.get_by_label("Name").fill("Dana R. Reyes")
    page.get_by_label("Time zone").select_option("America/Chicago")
    page.get_by_role("button", name="Save settings").click()
    expect(page.get_by_role("status")).to_contain_text("Your settings are saved.")
    dana.refresh_from_db()
    assert (dana.name, dana.time_zone) == ("Dana R. Reyes", "America/Chicago")


def test_the_skip_link_comes_first_and_the_keyboard_shows_where_it_is(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana)
    page.goto("/settings/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        drawn = page.evaluate(
            """() => {
              const part = document.activeElement;
              // A card that is chosen shows the ring around all of it, not around the small button in it.
              const shown = part.closest(".choice-cards") ? part.nextElementSibling : part;
              const style = getComputedStyle(shown);
              return part === document.body || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3;
            }"""
        )
        assert drawn, page.evaluate("document.activeElement.outerHTML")


def test_the_menu_opens_without_scripts_and_closes_on_escape_with_them(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana, scripts=False)
    page.goto("/settings/")
    page.get_by_text("Menu", exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page = open_page(user=dana)
    page.goto("/settings/")
    page.get_by_text("Menu", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()


def test_forced_colours_keep_borders(open_page: OpenPage) -> None:
    page = open_page()
    page.emulate_media(forced_colors="active")
    page.goto("/")
    assert page.locator(".chip").first.evaluate("chip => getComputedStyle(chip).borderTopStyle") == "solid"
    assert page.locator(".m-track").first.evaluate("bar => getComputedStyle(bar).stroke") != "none"
