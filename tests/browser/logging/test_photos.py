"""Photos and files in a browser: made small, kept, sent after the activity is saved, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from accounts.models import User
from activities.models import Activity, Evidence
from tests.browser.checks import assert_sound
from tests.browser.conftest import OpenPage
from tests.browser.logging.conftest import save
from tests.browser.task import Task
from tests.factories.files import pdf, picture
from tests.factories.packs import TODAY


def test_a_chosen_photo_is_named_and_made_small(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana)
    page.goto("/log/")
    noisy = picture("JPEG", (3000, 2500), quality=100, subsampling=0) + b"\0" * 900_000
    page.locator("#id_photo").set_input_files({"name": "card.jpg", "mimeType": "image/jpeg", "buffer": noisy})
    expect(page.locator(".file-choice label").first).to_contain_text("card.jpg")
    for _ in range(600):
        if page.locator("#id_photo").evaluate("input => input.files[0].size") < 700 * 1024:
            break
        page.wait_for_timeout(50)
    assert page.locator("#id_photo").evaluate("input => input.files[0].size") < 700 * 1024
    assert page.locator("#id_photo").evaluate("input => input.files[0].name") == "card.jpg"
    page.get_by_label("How many hours?").fill("1")
    save(page).click()
    expect(page.get_by_text("card.jpg is stored as evidence.")).to_be_visible()
    assert Evidence.objects.get().media_type == "image/jpeg"


def test_the_activity_is_saved_before_its_photo_is_sent(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url.rpartition(':')[2][5:]}"))
    page.goto("/log/")
    page.get_by_label("What was it?").fill("Panel class")
    page.get_by_label("How many hours?").fill("1")
    page.locator("#id_file").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf(password="x")}
    )
    save(page).click()
    expect(page.get_by_text("Your activity is saved. The photo did not upload.")).to_be_visible()
    expect(page.get_by_text("The PDF is protected by a password.")).to_be_visible()
    activity = Activity.objects.of(dana).latest("pk")
    assert activity.title == "Panel class"
    posts = [one for one in sent if one.startswith("POST")]
    assert posts == ["POST /log/", f"POST /activities/{activity.pk}/evidence/"]
    page.get_by_role("link", name="Try again").click()
    page.locator("#id_file").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    expect(page.get_by_role("link", name="Download a.pdf")).to_be_visible()


def test_a_connection_that_breaks_after_the_activity_was_saved(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana)
    page.goto("/log/")
    page.route("**/evidence/", lambda route: route.abort())
    page.get_by_label("How many hours?").fill("1")
    page.locator("#id_photo").set_input_files({"name": "card.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG")})
    save(page).click()
    expect(page.get_by_text("Your activity is saved. The photo did not upload.")).to_be_visible()
    assert Activity.objects.of(dana).filter(on=TODAY).count() == 1


def test_without_scripts_the_browser_names_the_file(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana, scripts=False)
    page.goto("/log/")
    page.locator("#id_file").set_input_files({"name": "card.png", "mimeType": "image/png", "buffer": picture("PNG")})
    page.get_by_label("How many hours?").fill("1")
    save(page).click()
    expect(page.get_by_text("card.png is stored as evidence.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_task_5_a_photo_for_an_activity_without(open_page: OpenPage, dana: User, scripts: bool) -> None:
    page = open_page(user=dana, scripts=scripts)
    page.goto("/me/")
    expect(page.get_by_text("Add evidence to 6 activities", exact=True)).to_be_visible()
    task = Task(page)
    task.press(page.locator("[data-to-finish]").get_by_role("link", name="Add").first)
    task.press(page.get_by_role("link", name="Add evidence to Code update course"))
    task.choose_file(
        page.locator("#id_photo"), {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG")}
    )
    if not scripts:
        page.get_by_role("button", name="Save evidence").click()
    expect(page.get_by_text("The file is stored.")).to_be_visible()
    assert task.presses <= 3
    assert task.seconds() <= 20
    expect(page.get_by_role("link", name="Add evidence to Code update course")).to_have_count(0)
    page.goto("/me/")
    expect(page.get_by_text("Add evidence to 5 activities", exact=True)).to_be_visible()


def test_a_photo_is_kept_while_the_form_is_put_right(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana)
    page.goto("/log/")
    page.locator("#id_photo").set_input_files({"name": "card.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG")})
    save(page).click()
    expect(page.locator(".staged")).to_contain_text("card.jpg")
    assert_sound(page)
    page.get_by_label("How many hours?").fill("1")
    save(page).click()
    expect(page.get_by_text("card.jpg is stored as evidence.")).to_be_visible()
