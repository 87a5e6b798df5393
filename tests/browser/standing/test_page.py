"""Home, the standing page and the rules in a browser: the walk-throughs, and every state looked over."""

from __future__ import annotations

import gzip
import re

import pytest
from playwright.sync_api import Response, expect

from accounts.models import User
from certifications.models import HeldCertification
from tests.browser.checks import SIDEWAYS, WINDOWS, assert_sound
from tests.browser.conftest import OpenPage
from tests.browser.standing.conftest import address
from tests.browser.walking import Walk, in_view
from tests.factories.accounts import UserFactory

PLAN = "?plan=field-time_2026-10-01_2027-03-31_100&plan=class_8_hour_2026-11-20"
WRONG = "?add=once&kind=class&amount=abc&unit=hour&plan=class_8_hour_2026-11-20"
PASSWORD = "correct horse battery staple"


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_every_state_of_dana_is_sound(open_page: OpenPage, dana: User, width: int, mode: str) -> None:
    page = open_page(user=dana, width=width, mode=mode)
    for path in ("/me/", address(dana), address(dana, PLAN), address(dana, WRONG), address(dana, "?show=not-counted"),
                 "/career/", "/rules/", "/rules/nicet-cpd/v/1/"):  # fmt: skip
        page.goto(path)
        assert_sound(page)
    page.goto(address(dana))
    for more in page.locator("details.more > summary").all():
        more.click()
    assert_sound(page)


@pytest.mark.parametrize(("width", "mode"), [(320, "dark"), (1280, "light")])
def test_every_state_of_sam_is_sound(open_page: OpenPage, sam: User, width: int, mode: str) -> None:
    page = open_page(user=sam, width=width, mode=mode)
    page.goto("/me/")
    assert_sound(page)
    for held in HeldCertification.objects.filter(user=sam):
        page.goto(f"/certs/{held.pk}/")
        assert_sound(page)


def test_the_empty_home_is_sound(open_page: OpenPage, transactional_db: None, clock: None) -> None:
    page = open_page(user=UserFactory())
    page.goto("/me/")
    assert_sound(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_task_2_the_answer_is_in_the_first_window_after_signing_in(
    open_page: OpenPage, dana: User, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    page.goto("/signin/")
    page.get_by_label("Email").fill("dana@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    for hook, text in (("standing", "At risk"), ("counted", "81"), ("needed", "90"), ("days-left", "181 days left"),
                       ("next-step", "Next: log field time since 1 Oct 2025. Up to 36 can count.")):  # fmt: skip
        found = page.locator(f'[data-hook="{hook}"]')
        expect(found).to_have_text(text)
        assert in_view(found), hook


@pytest.mark.parametrize("scripts", [True, False])
def test_task_3_why_the_webinars_did_not_fully_count(open_page: OpenPage, dana: User, scripts: bool) -> None:
    page = open_page(user=dana, scripts=scripts)
    page.goto("/me/")
    walk = Walk(page)
    walk.press(page.get_by_role("link", name="See why"))
    walk.press(page.get_by_role("link", name="18 do not count"))
    reason = page.locator("#why [data-hook=reason]").filter(has_text="Smoke control webinars")
    expect(reason).to_contain_text("Cap reached: Additional Education counts up to 45")
    expect(reason.locator(".lost")).to_have_text("8")
    assert in_view(reason)
    assert walk.presses <= 2
    assert walk.typed == 0
    assert walk.seconds <= 12


def test_from_a_row_to_the_rule_it_rests_on(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana)
    page.goto(address(dana))
    row = page.locator("#ledger li").filter(has=page.get_by_role("link", name="Smoke control webinars"))
    row.locator("summary").click()
    row.get_by_role("link", name="Cap: Additional Education").click()
    rule = page.locator("#cap-additional-education")
    expect(rule).to_contain_text("Up to 45 points in a period.")
    assert in_view(rule.locator("h3"))


@pytest.mark.parametrize("scripts", [True, False])
def test_filter_and_order_are_links(open_page: OpenPage, dana: User, scripts: bool) -> None:
    page = open_page(user=dana, scripts=scripts)
    page.goto(address(dana))
    page.get_by_role("link", name="Not counted", exact=True).click()
    rows = page.locator("#ledger li.ledger")
    expect(rows).to_have_count(3)
    page.get_by_role("link", name="Oldest", exact=True).click()
    expect(rows.first).to_contain_text("NFPA 72 seminar")
    expect(rows).to_have_count(3)


def test_first_visit_is_light(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana, own=True)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address(dana))
    page.wait_for_load_state("networkidle")
    # Whether and when the browser fetches the icon is its own affair.
    sent = {one.url: len(gzip.compress(one.body(), 6)) for one in answers if not one.url.endswith(".svg")}
    assert len(sent) <= 6, list(sent)
    assert sum(sent.values()) <= 100_000


@pytest.mark.thorough
def test_nothing_jumps_while_the_page_loads(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana, own=True)
    page.add_init_script(
        "window.jumped = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries())"
        " if (!entry.hadRecentInput) window.jumped += entry.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    for path in ("/me/", address(dana), "/rules/nicet-cpd/v/1/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.jumped") <= 0.02, path


def test_larger_text_and_wider_spacing_lose_nothing(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana, width=390)
    packet = f"{address(dana)}renewal/packet/"
    for path in ("/me/", address(dana, PLAN), packet, "/activities/"):
        page.goto(path)
        page.evaluate(
            """() => {
              document.documentElement.style.fontSize = "200%";
              const sheet = new CSSStyleSheet();
              sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important;"
                + " word-spacing: .16em !important; } p { margin-bottom: 2em !important; }");
              document.adoptedStyleSheets = [sheet];
            }"""
        )
        wide = page.evaluate(SIDEWAYS)
        assert wide == [], (path, wide)


def test_without_colours_everything_is_still_there(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana)
    page.emulate_media(forced_colors="active")
    page.goto(address(dana))
    for part in (".chip", ".m-counted", ".m-track"):
        expect(page.locator(part).first).to_be_visible()
    colours = "(part) => [getComputedStyle(part).stroke, getComputedStyle(part).fill]"
    for part in (".m-tick", ".m-line", ".m-forecast"):
        assert "none" not in page.locator(part).first.evaluate(colours)[0]
    assert page.locator(".chip").first.evaluate("(chip) => getComputedStyle(chip).borderTopStyle") == "solid"


def test_printed_in_black_and_white(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana, width=1280)
    page.emulate_media(media="print")
    page.goto(address(dana))
    expect(page.locator("[data-hook=counted]").first).to_be_visible()
    expect(page.locator("#why")).to_be_visible()
    expect(page.locator(".bar-top")).to_be_hidden()
    expect(page.get_by_role("button", name=re.compile("^Add to plan.*field time$"))).to_be_hidden()
