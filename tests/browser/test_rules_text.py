"""Rules as text, files, two people at one draft, and what differs: each page walked through and looked at."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from certifications.actions.drafts import save_section
from certifications.packs import SHIPPED
from tests.browser.checks import WINDOWS, assert_sound, look
from tests.browser.conftest import OpenPage
from tests.certifications.views.drafts import cap, draft_of_nicet
from tests.factories.packs import AT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_rules_are_edited_as_text(open_page: OpenPage, rules_admin: User, width: int, mode: str) -> None:
    draft = draft_of_nicet(rules_admin)
    page = open_page(rules_admin, width=width, mode=mode, scripts=False)
    page.goto(f"/rules/manage/{draft.pk}/text/")
    box = page.get_by_label("The rules as text")
    text = box.input_value()
    box.fill(text.replace("points = 45", "points = = 40", 1))
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("[data-hook=problem]")).to_contain_text("points = = 40")
    look(page, f"rules-text-wrong-{width}-{mode}")
    page = open_page(rules_admin, width=width, mode=mode)
    page.goto(f"/rules/manage/{draft.pk}/text/")
    assert_sound(page)
    look(page, f"rules-text-{width}-{mode}")
    page.get_by_label("The rules as text").fill(text.replace("points = 45", "points = 40", 1))
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    page.goto(f"/rules/manage/{draft.pk}/compare/")
    expect(page.locator("[data-hook=change]")).to_have_count(1)
    assert_sound(page)
    look(page, f"rules-compare-{width}-{mode}")
    page.goto(f"/rules/manage/{draft.pk}/import/")
    page.get_by_label("File of rules").set_input_files(SHIPPED / "nicet" / "newer-table.toml")
    page.get_by_role("button", name="See what differs").click()
    expect(page.get_by_role("button", name="Replace the draft with this file")).to_be_visible()
    assert_sound(page)
    look(page, f"rules-import-{width}-{mode}")


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_the_second_of_two_people_chooses(
    open_page: OpenPage, rules_admin: User, technician: User, width: int, mode: str
) -> None:
    draft = draft_of_nicet(rules_admin)
    page = open_page(rules_admin, width=width, mode=mode)
    page.goto(f"/rules/manage/{draft.pk}/text/")
    box = page.get_by_label("The rules as text")
    box.fill(box.input_value().replace("points = 45", "points = 40", 1))
    save_section(draft=draft, values={"need": {"points": 80, "source": "N1"}}, lock_version=1, by=technician, at=AT)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("changed this draft first")
    expect(page.locator("[data-hook=both]")).to_have_count(2)
    assert_sound(page)
    look(page, f"rules-conflict-{width}-{mode}")
    page.get_by_role("button", name="Save what is chosen").click()
    expect(page.get_by_text("with what you chose of both")).to_be_visible()
    assert cap(draft) == 40
    assert draft.raw["need"]["points"] == 80
