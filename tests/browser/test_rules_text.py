"""Rules as text, two people at one draft, worked examples: each page walked through and looked at, in either size."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from certifications.actions.drafts import save_section
from certifications.packs import SHIPPED
from tests.browser.checks import assert_sound, look
from tests.browser.conftest import OpenPage
from tests.browser.walking import in_view
from tests.certifications.views.drafts import cap, draft_of, draft_of_nicet
from tests.factories.packs import AT

pytestmark = pytest.mark.django_db(transaction=True)


def test_rules_are_edited_as_text(open_page: OpenPage, rules_admin: User) -> None:
    """On a phone and without scripts: what is wrong is shown with its line, and nothing typed is lost."""
    draft = draft_of("iicrc", "iicrc-technician", rules_admin)
    page = open_page(rules_admin, scripts=False)
    page.goto(f"/rules/manage/{draft.pk}/text/")
    box = page.get_by_label("The rules as text")
    text = box.input_value()
    box.fill(text.replace("points = 14", "points = = 12", 1))
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("[data-hook=problem]")).to_contain_text("points = = 12")
    assert "points = = 12" in page.get_by_label("The rules as text").input_value()
    look(page, "rules-text-wrong")
    page.locator("[data-hook=problem] a").click()
    number = page.locator(".code-numbers .is-wrong")
    line = number.evaluate("one => [...one.parentNode.children].indexOf(one)")
    box, beside = page.locator("textarea.code").bounding_box(), number.bounding_box()
    assert in_view(number)
    assert box is not None
    assert beside is not None
    assert abs(beside["y"] - box["y"] - 8 - 22 * line) < 3, "the number stands beside its line"
    page.get_by_label("The rules as text").fill(text.replace("points = 14", "points = 12", 1))
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    draft.refresh_from_db()
    assert draft.raw["need"]["points"] == 12
    page = open_page(rules_admin)
    page.goto(f"/rules/manage/{draft.pk}/import/")
    page.get_by_label("File of rules").set_input_files(SHIPPED / "iicrc" / "technician-seven-hours.toml")
    page.get_by_role("button", name="See what differs").click()
    expect(page.get_by_role("button", name="Replace the draft with this file")).to_be_visible()
    assert_sound(page)
    look(page, "rules-import")
    page.get_by_role("link", name="As text").click()
    expect(page.get_by_label("The rules as text")).to_be_visible()
    assert_sound(page)
    look(page, "rules-text")


@pytest.mark.thorough
def test_the_second_of_two_people_chooses(open_page: OpenPage, rules_admin: User, technician: User) -> None:
    draft = draft_of_nicet(rules_admin)
    page = open_page(rules_admin, width=1280, mode="dark")
    page.goto(f"/rules/manage/{draft.pk}/text/")
    box = page.get_by_label("The rules as text")
    box.fill(box.input_value().replace("points = 45", "points = 40", 1))
    save_section(draft=draft, values={"need": {"points": 80, "source": "N1"}}, lock_version=1, by=technician, at=AT)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("changed this draft first")
    expect(page.locator("[data-hook=both]")).to_have_count(2)
    assert_sound(page)
    look(page, "rules-conflict")
    page.get_by_role("button", name="Save what is chosen").click()
    expect(page.get_by_text("with what you chose of both")).to_be_visible()
    assert cap(draft) == 40
    assert draft.raw["need"]["points"] == 80
    page.get_by_role("link", name="What changes").click()
    expect(page.locator("[data-hook=change]").first).to_be_visible()
    assert_sound(page)
    look(page, "rules-compare")


@pytest.mark.thorough
def test_examples_turn_red_and_are_settled(open_page: OpenPage, rules_admin: User) -> None:
    """A lower cap turns an example red; its new result is accepted, and one more is made by hand."""
    draft = draft_of_nicet(rules_admin)
    caps = [{**one, "points": 40} if one["key"] == "additional-education" else one for one in draft.raw["caps"]]
    save_section(draft=draft, values={"caps": caps}, lock_version=1, by=rules_admin, at=AT)
    page = open_page(rules_admin)
    page.goto(f"/rules/manage/{draft.pk}/examples/")
    expect(page.get_by_role("heading", level=1)).to_have_text("12 of 13 examples hold")
    assert_sound(page)
    look(page, "rules-examples")
    page.get_by_role("link", name="Why").click()
    expect(page.get_by_role("heading", name="How it is counted")).to_be_visible()
    assert_sound(page)
    look(page, "rules-example")
    page.get_by_label("Why the new result is right").fill("The cap is 40 now")
    page.get_by_role("button", name="Accept the new result").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("13 of 13 examples hold")
    page.get_by_role("link", name="Add an example", exact=True).click()
    page.get_by_label("What it shows").fill("Fifty hours of class")
    page.get_by_label("Day", exact=True).first.fill("2025-03-04")
    page.get_by_label("Kind", exact=True).first.select_option("Class or training")
    page.get_by_label("How much").first.fill("50")
    page.get_by_role("button", name="See what the rules say").click()
    expect(page.locator("[data-hook=result]")).to_contain_text("40 of 50 counted")
    assert_sound(page)
    look(page, "rules-example-made")
    page.get_by_role("button", name="Take this as the result").click()
    expect(page.get_by_label("Counted", exact=True)).to_have_value("40")
    page.get_by_role("button", name="Save example").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("14 of 14 examples hold")
