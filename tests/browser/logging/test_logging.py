"""Logging in a browser: the task of twenty seconds, with and without scripts, and every state of its pages."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from activities.models import Activity
from certifications.models import Certification, HeldCertification
from tests.browser.checks import SIDEWAYS, WINDOWS, assert_sound
from tests.browser.conftest import OpenPage
from tests.browser.logging.conftest import save
from tests.browser.task import Task
from tests.factories.accounts import UserFactory
from tests.factories.files import picture
from tests.factories.packs import AT, TODAY, do

PASSWORD = "correct horse battery staple"


def card(page: Page, label: str) -> Any:
    return page.locator(".choice-cards label", has_text=re.compile(f"^\\s*{label}"))


# Task 1: log a one-hour toolbox talk held today ---------------------------------------------------------------------


def assert_saved(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Saved:")
    results = page.locator('[data-hook="saved-result"]')
    expect(results).to_have_count(2)
    for place in range(2):
        expect(results.nth(place)).to_contain_text("counted")


@pytest.mark.parametrize("scripts", [True, False])
def test_task_1_typed_in_full(open_page: OpenPage, dana: User, scripts: bool) -> None:
    page = open_page(user=dana, scripts=scripts)
    page.goto("/activities/")
    task = Task(page)
    task.press(page.get_by_role("link", name="Log activity"))
    task.press(page.get_by_label("What was it?"), decide=True)
    task.type("Toolbox")
    task.press(page.get_by_label("How many hours?"), decide=True)
    task.type("1")
    task.press(save(page), decide=True)
    assert_saved(page)
    assert (task.presses, task.typed) <= (6, 8)
    assert task.typed <= 8
    assert task.seconds() <= 20
    activity = Activity.objects.of(dana).latest("pk")
    assert (activity.title, activity.amount, activity.on) == ("Toolbox", 100, TODAY)


@pytest.mark.parametrize("scripts", [True, False])
def test_task_1_same_again(open_page: OpenPage, dana: User, scripts: bool) -> None:
    do(dana, title="Toolbox talk", on=date(2026, 9, 24), amount=100, at=AT + timedelta(minutes=1))
    page = open_page(user=dana, scripts=scripts)
    page.goto("/activities/")
    task = Task(page)
    task.press(page.get_by_role("link", name="Log activity"))
    task.press(page.get_by_role("link", name="Toolbox talk 1 hour"), decide=True)
    task.press(save(page), decide=True)
    assert_saved(page)
    assert task.presses <= 6
    assert task.typed == 0
    assert task.seconds() <= 20
    assert Activity.objects.of(dana).filter(title="Toolbox talk", on=TODAY).count() == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_task_1_with_the_keyboard_alone(open_page: OpenPage, dana: User, scripts: bool) -> None:
    page = open_page(user=dana, scripts=scripts, width=1280)
    page.goto("/log/")
    page.get_by_label("Class or training").focus()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.tagName"))
        box = page.evaluate(
            "(() => { const r = document.activeElement.getBoundingClientRect(); return [r.top, r.bottom] })()"
        )
        assert box[0] < 800
        assert box[1] > 0
        if reached[-1] == "title":
            page.keyboard.type("Toolbox")
        if reached[-1] == "hours":
            page.keyboard.type("1")
        if reached[-1] == "BUTTON":
            break
    assert reached == ["title", "hours", "when", "photo", "file", "SUMMARY", "BUTTON"]
    page.keyboard.press("Enter")
    assert_saved(page)


# What is shown only with its choice --------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False])
def test_another_day_has_its_field_only_when_chosen(open_page: OpenPage, dana: User, scripts: bool) -> None:
    page = open_page(user=dana, scripts=scripts)
    page.goto("/log/")
    day = page.get_by_label("On which day?")
    expect(day).to_be_hidden()
    card(page, "Other").last.click()
    expect(day).to_be_visible()
    day.fill("2026-09-15")
    page.get_by_label("How many hours?").fill("1h30")
    save(page).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("15 Sep 2026")


@pytest.mark.parametrize("scripts", [True, False])
def test_field_time_leads_to_its_dates(open_page: OpenPage, dana: User, scripts: bool) -> None:
    page = open_page(user=dana, scripts=scripts)
    page.goto("/log/")
    card(page, "Field time").click()
    expect(page.get_by_label("How many hours?")).to_be_hidden()
    page.get_by_role("button", name="Continue to dates").click()
    expect(page.get_by_label("From", exact=True)).to_have_value("2025-10-01")
    share = page.get_by_label("What part of full time")
    expect(share).to_be_hidden()
    card(page, "Part time").click()
    expect(share).to_be_visible()
    share.fill("50")
    page.get_by_label("To", exact=True).fill("2026-03-31")
    page.get_by_role("button", name="Save field time").click()
    expect(page.locator('[data-hook="saved-result"]').first).to_contain_text("6 points counted")


# Wrong input ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
@pytest.mark.parametrize("path", ["/log/", "/log/field-time/"])
def test_wrong_input_is_said_and_leads_to_its_field(
    open_page: OpenPage, dana: User, path: str, width: int, mode: str
) -> None:
    page = open_page(user=dana, width=width, mode=mode)
    page.goto(path)
    if path == "/log/":
        page.get_by_label("How many hours?").fill("-1")
        card(page, "Other").last.click()
        page.get_by_label("On which day?").fill("2027-01-05")
    else:
        page.get_by_label("To", exact=True).fill("2027-01-05")
    page.locator(".save-bar.sticky button").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_be_focused()
    assert_sound(page)
    link = page.get_by_role("alert").get_by_role("link", name="This date is in the future")
    link.click()
    field = page.get_by_label("On which day?" if path == "/log/" else "To", exact=path != "/log/")
    expect(field).to_be_focused()
    expect(field).to_have_value("2027-01-05")
    covered = page.evaluate(
        "(() => { const r = document.activeElement.getBoundingClientRect();"
        " const top = document.elementFromPoint(r.left + 5, r.top + r.height / 2);"
        " return !document.activeElement.contains(top) && !top.contains(document.activeElement) })()"
    )
    assert not covered, "The field in focus lies under the bar"


def test_a_future_date_may_go_to_the_plan(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana)
    page.goto("/log/")
    page.get_by_label("How many hours?").fill("8")
    card(page, "Other").last.click()
    page.get_by_label("On which day?").fill("2027-01-05")
    save(page).click()
    page.get_by_role("link", name="Add to plan instead: Fire Alarm Systems").first.click()
    expect(page.get_by_text("5 Jan 2027").first).to_be_visible()


# Every page sound ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_every_page_is_sound(open_page: OpenPage, dana: User, width: int, mode: str) -> None:
    webinars = Activity.objects.of(dana).get(title="Smoke control webinars")
    again = do(dana, title="Smoke control webinars", on=webinars.on, amount=1100)
    gone = Activity.objects.of(dana).get(title="NFPA 72 seminar")
    one, two = webinars.pk, again.pk
    page = open_page(user=dana, width=width, mode=mode)
    for path in [
        "/log/", "/log/field-time/", f"/log/{one}/saved/?file=password", f"/log/{two}/saved/", "/activities/",
        "/activities/?q=nothing", f"/activities/{one}/", f"/activities/{two}/compare/", f"/activities/{one}/edit/",
        f"/activities/{one}/delete/", f"/activities/{one}/evidence/",
    ]:  # fmt: skip
        page.goto(path)
        for closed in page.locator("details:not([open]) > summary").all():
            if closed.is_visible() and "menu" not in (closed.locator("..").get_attribute("class") or ""):
                closed.click()
        assert_sound(page)
    page.goto(f"/activities/{gone.pk}/delete/")
    page.get_by_role("button", name="Delete activity").click()
    assert_sound(page)
    page.goto(f"/activities/{gone.pk}/")
    assert_sound(page)


@pytest.mark.thorough
def test_nothing_logged_yet_is_sound(open_page: OpenPage, transactional_db: None) -> None:
    page = open_page(user=UserFactory())
    for path in ("/activities/", "/log/", "/log/field-time/"):
        page.goto(path)
        assert_sound(page)


def test_the_edge_of_the_text_spacing_and_large_letters(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana, width=640)
    for path in ("/log/", "/activities/"):
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, path


# A18: the sign-in runs out while somebody types ----------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False])
def test_a_sign_in_that_runs_out_loses_nothing(open_page: OpenPage, dana: User, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    page.goto("/signin/?next=/log/")
    page.get_by_label("Email").fill("dana@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("What was it?").fill("Panel class")
    page.get_by_label("How many hours?").fill("8")
    page.locator("#id_file").set_input_files(
        {"name": "letter.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG")}
    )
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    save(page).click()
    expect(page.get_by_text("Sign in to finish saving. We kept what you typed.")).to_be_visible()
    assert not Activity.objects.filter(title="Panel class").exists()
    page.get_by_label("Email").fill("dana@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_label("What was it?")).to_have_value("Panel class")
    expect(page.get_by_label("How many hours?")).to_have_value("8")
    expect(page.locator(".staged")).to_contain_text("letter.jpg")
    save(page).click()
    expect(page.get_by_text("letter.jpg is stored as evidence.")).to_be_visible()


# What people type ---------------------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_one_endless_word_makes_no_page_wider_than_a_phone(open_page: OpenPage, dana: User) -> None:
    name = "Crane" * 30
    Certification.objects.filter(slug="fire-alarm-systems").update(name=name)
    activity = do(dana, title="M" * 200, on=TODAY, amount=200)
    held = HeldCertification.objects.get(user=dana, certification__name=name).pk
    page = open_page(user=dana, width=320)
    for path in (
        "/me/", "/log/", f"/log/{activity.pk}/saved/", f"/activities/{activity.pk}/",
        f"/activities/{activity.pk}/edit/", f"/activities/{activity.pk}/delete/", "/share/",
        f"/certs/{held}/renewal/packet/",
    ):  # fmt: skip
        page.goto(path)
        assert page.evaluate(SIDEWAYS) == [], path
