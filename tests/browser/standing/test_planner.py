"""The planner of the standing page: task 4, with and without scripts, and what Back does."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from tests.browser.checks import assert_sound
from tests.browser.conftest import OpenPage
from tests.browser.standing.conftest import address
from tests.browser.walking import Walk

PLAN = "?plan=field-time_2026-10-01_2027-03-31_100&plan=class_8_hour_2026-11-20"
FIELD_TIME, ACTIVITY = re.compile("^Add to plan.*field time$"), re.compile("^Add to plan.*an activity$")


@pytest.mark.parametrize("scripts", [True, False])
def test_task_4_is_field_time_enough_and_is_a_class(open_page: OpenPage, dana: User, scripts: bool) -> None:
    page = open_page(user=dana, scripts=scripts)
    page.goto(address(dana))
    walk = Walk(page)
    walk.press(page.get_by_role("button", name=FIELD_TIME))
    said = page.locator("[data-hook=plan-result]")
    expect(said).to_have_text("With this plan: 93 of 90 by 31 Mar 2027. On track.")
    walk.type(page.get_by_label("How much"), "8")
    walk.press(page.get_by_role("button", name=ACTIVITY))
    line = page.locator("[data-hook=plan-line]").filter(has_text="Class or training, 8 hours")
    expect(line).to_contain_text("adds 0")
    expect(line).to_contain_text("Additional Education is full")
    expect(said).to_have_text("With this plan: 93 of 90 by 31 Mar 2027. On track.")
    assert walk.presses <= 8
    assert walk.typed <= 20
    assert walk.seconds <= 40
    assert_sound(page) if scripts else None


def test_task_4_with_the_keyboard_alone(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana, width=1280, height=800)
    page.goto(address(dana))
    page.get_by_role("button", name=FIELD_TIME).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-hook=plan-result]")).to_contain_text("93 of 90")
    _tab_to(page, "once_amount")
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    expect(page.locator("[data-hook=plan-line]")).to_have_count(2)


def _tab_to(page: Page, target: str) -> None:
    for _ in range(20):
        if page.evaluate("document.activeElement.id") == target:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached by the keyboard")


def test_a_script_swaps_the_result_and_the_focus_stays(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana)
    page.goto(address(dana))
    page.evaluate("window.stillThisPage = true")
    button = page.get_by_role("button", name=FIELD_TIME)
    button.click()
    said = page.locator("[data-hook=plan-result]")
    expect(said).to_contain_text("93 of 90")
    assert page.evaluate("window.stillThisPage") is True, "the page was not loaded anew"
    expect(button).to_be_focused()
    assert said.get_attribute("role") == "status"
    expect(page).to_have_url(re.compile("plan=field-time_2026-10-01_2027-03-31_100"))
    page.get_by_label("How much").fill("8")
    page.get_by_role("button", name=ACTIVITY).click()
    expect(page.locator("[data-hook=plan-line]")).to_have_count(2)
    assert page.evaluate("sessionStorage.getItem('htmx-history-cache')") is None, "no page stays in the browser"
    page.go_back()
    expect(page.locator("[data-hook=plan-line]")).to_have_count(1)
    page.go_back()
    expect(page.locator("[data-hook=plan-line]")).to_have_count(0)
    assert_sound(page)


def test_back_pressed_twice_before_the_scripts_are_there_shows_what_the_address_says(
    open_page: OpenPage, dana: User
) -> None:
    page = open_page(user=dana, own=True)
    page.goto(address(dana))
    for presses in (1, 2):
        page.get_by_role("button", name=FIELD_TIME).click()
        expect(page.locator("[data-hook=plan-line]")).to_have_count(presses)
    # The script that listens to Back is held until Back was pressed for the second time.
    held: list[Route] = []
    page.route("**/htmx-2*.js", lambda route: held.append(route), times=1)
    page.evaluate("history.back()")
    expect(page.locator("[data-hook=plan-line]")).to_have_count(1)
    page.evaluate("history.back()")
    expect(page).to_have_url(re.compile(r"/certs/\d+/$"))
    held[0].continue_()
    expect(page.locator("[data-hook=plan-line]")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_wrong_input_takes_the_focus_to_the_summary(open_page: OpenPage, dana: User, scripts: bool) -> None:
    page = open_page(user=dana, scripts=scripts)
    page.goto(address(dana, "?plan=class_8_hour_2026-11-20"))
    page.get_by_label("How much").fill("a lot")
    page.get_by_role("button", name=ACTIVITY).click()
    expect(page).to_have_title("Error: At risk: Fire Alarm Systems, Level II - CPD Points")
    expect(page.locator(".error-summary")).to_be_focused()
    link = page.get_by_role("link", name="Enter how much as a number, like 8 or 1.5")
    link.click()
    expect(page.get_by_label("How much")).to_be_focused()
    expect(page.get_by_label("How much")).to_have_value("a lot")
    expect(page.locator("[data-hook=plan-line]")).to_have_count(1)


@pytest.mark.parametrize("scripts", [True, False])
def test_save_a_plan_remove_a_line_and_clear(open_page: OpenPage, dana: User, scripts: bool) -> None:
    page = open_page(user=dana, scripts=scripts)
    page.goto(address(dana, PLAN))
    page.get_by_role("button", name="Save plan").click()
    expect(page.get_by_text("Your plan is saved. The forecast uses it.")).to_be_visible()
    expect(page.locator("[data-hook=standing]").first).to_have_text("On track")
    expect(page.locator("[data-hook=forecast]")).to_have_text("Forecast 93 of 90 on 31 Mar 2027.")
    assert_sound(page) if scripts else None
    page.get_by_role("link", name=re.compile("^Remove.*Class or training")).click()
    expect(page.locator("[data-hook=plan-line]")).to_have_count(1)
    page.get_by_role("link", name="Clear").click()
    expect(page.locator("[data-hook=plan-line]")).to_have_count(0)
    page.get_by_role("button", name="Remove the saved plan").click()
    expect(page.locator("[data-hook=standing]").first).to_have_text("At risk")
