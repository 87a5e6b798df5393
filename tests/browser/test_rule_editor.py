"""Somebody who knows no file format writes the rules of IICRC technicians from nothing, in the browser."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from certifications.actions.drafts import save_section
from certifications.drafting import publishable
from certifications.editor.telling import control_id
from certifications.models import RuleDraft, RuleSetVersion
from certifications.rules.parsing import parse
from tests.certifications.views.drafts import draft_of_nicet
from tests.factories.packs import AT, load_packs

from .checks import assert_sound, look, settled
from .conftest import OpenPage
from .task import NOW

pytestmark = pytest.mark.django_db(transaction=True)

Values = dict[str, Any]


class Writer:
    """A person at the editor: fills in fields, ticks boxes, opens sections, saves."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def write(self, at: str, values: Values) -> None:
        """Enter values as the document has them into the fields of a table."""
        settled(self.page)
        for name, value in values.items():
            path = f"{at}.{name}"
            if isinstance(value, dict):
                self.write(path, value)
            else:
                self._enter(self.at(path), value)

    def at(self, path: str) -> Locator:
        """The control or part of a value; whatever it is folded into is opened."""
        control = self.page.locator(f"#{control_id(path)}")
        while control.evaluate("(control) => control.parentElement.closest('details:not([open])') !== null"):
            control.locator("xpath=ancestor::details[not(@open)]").first.locator("summary").first.click()
        return control

    def _enter(self, control: Locator, value: Any) -> None:
        kind = control.evaluate("(control) => control.tagName")
        if isinstance(value, bool):
            control.set_checked(value)
        elif kind == "SELECT":
            control.select_option(value)
        elif kind == "FIELDSET":
            if control.locator("summary").count():
                control.locator("summary").click()
            for one in [value] if isinstance(value, str) else value:
                control.locator(f'input[value="{one}"]').check()
        else:
            control.fill("\n".join(value) if isinstance(value, list) else str(value))

    def go(self, section: str) -> None:
        """Another section, by its button: what was entered is saved."""
        self.page.locator(".sections-list").get_by_role("button", name=section, exact=False).click()
        expect(self.page.get_by_role("heading", level=1, name=section)).to_be_visible()

    def add(self, part: str, rows: list[Values]) -> None:
        """Rows of a list, each on its page."""
        for row in rows:
            settled(self.page)
            place = self.page.locator(f"#{control_id(part)} ol > li").count()
            self.page.locator(f'button[value="add:{part}"]').click()
            expect(self.page.get_by_role("heading", level=1, name="New:")).to_be_visible()
            self.write(f"{part}.{place}", row)
            self.save()
            expect(self.page.locator(f"#{control_id(f'{part}.{place}')}")).to_be_visible()

    def save(self) -> None:
        self.page.get_by_role("button", name="Save draft").click()


def without(value: Any, *names: str) -> Any:
    """The same values without the short names that the editor makes up."""
    if isinstance(value, dict):
        return {key: without(inner, *names) for key, inner in value.items() if key not in names}
    return [without(one, *names) for one in value] if isinstance(value, list) else value


def begin(page: Page) -> Writer:
    page.goto("/rules/manage/new/")
    page.get_by_label("Certifying body").select_option(label="IICRC")
    page.get_by_label("Name").fill("IICRC technician, written anew")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1, name="Basics")).to_be_visible()
    return Writer(page)


def example(page: Page, say: str, hours: str, kind: str) -> None:
    """An example made by hand; its result is taken from the rules once it was looked at."""
    page.get_by_role("link", name="Add an example").first.click()
    expect(page.get_by_role("heading", level=1, name="Add an example")).to_be_visible()
    page.get_by_role("textbox", name="What it shows").fill(say)
    for label, day in (
        ("First day of the period", "2021-03-15"), ("Last day of the period", "2025-03-14"),
        ("Counted on", "2025-03-14"),
    ):  # fmt: skip
        page.get_by_label(label, exact=True).fill(day)
    first = page.locator(".activity-rows > li").first
    first.get_by_label("Day", exact=True).fill("2022-06-01")
    first.get_by_label("Kind", exact=True).select_option(kind)
    first.get_by_label("How much", exact=True).fill(hours)
    page.get_by_role("button", name="See what the rules say").click()
    expect(page.get_by_role("heading", name="What the rules say now")).to_be_visible()
    page.get_by_role("button", name="Take this as the result").click()
    expect(page.get_by_label("Counted", exact=True)).not_to_have_value("")
    page.get_by_role("button", name="Save example").click()
    expect(page.get_by_text(say)).to_be_visible()


@pytest.mark.long
def test_the_rules_of_iicrc_technicians_are_written_from_nothing(
    open_page: OpenPage, rules_admin: User, settings: Any
) -> None:
    settings.CLOCK_AT = NOW
    load_packs("iicrc")
    shipped = RuleSetVersion.objects.get(rule_set__slug="iicrc-technician", label="one hour").document.plain()
    # The sources get marks of the editor's own.
    marks = {source["key"]: f"S{place}" for place, source in enumerate(shipped["sources"], 1)}
    text = json.dumps(shipped)
    for old, new in marks.items():
        text = text.replace(f'"source": "{old}"', f'"source": "{new}"')
    wanted = json.loads(text)
    page = open_page(rules_admin, width=1280, scripts=False)
    writer = begin(page)
    head = without(wanted["rules"], "body", "key", "name", "status", "decided_by")
    writer.write("rules", head)
    writer.write("unit", wanted["unit"])
    writer.go("Sources")
    writer.add("sources", without(wanted["sources"], "key"))
    writer.go("Categories")
    writer.add("categories", without(wanted["categories"], "key"))
    writer.go("What counts")
    writer.add("kinds", without(wanted["kinds"], "key"))
    writer.go("What is needed")
    writer.write("need", wanted["need"])
    writer.go("Money")
    page.locator("#f-money-on").check()
    writer.write("money", without(wanted["money"], "currency"))
    writer.go("Renewal period")
    writer.write("period", without(wanted["period"], "reinstatement"))
    writer.at("period.reinstatement").get_by_role("button", name="Add").click()
    expect(page.locator("#f-period-reinstatement-0")).to_be_visible()
    writer.write("period.reinstatement.0", without(wanted["period"]["reinstatement"][0], "key"))
    writer.save()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    expect(page.locator(".beside")).to_contain_text("4 years")
    page.get_by_role("navigation", name="This draft").get_by_role("link", name="Examples").click()
    example(page, "A course of 8 hours counts 8", "8", "class")
    example(page, "A conference of 6 hours counts 6", "6", "conference")
    example(page, "Work in the field is no CEC", "12", "field-time")

    draft = RuleDraft.objects.get()
    assert publishable(draft) == []
    made = parse(draft.raw).plain()
    parts = without(wanted, "key", "examples", "period_examples", "rules")
    assert without(made, "key", "examples", "period_examples", "rules") == parts
    own = ("key", "name", "certifications")
    assert without(made["rules"], *own) == without(wanted["rules"], *own)
    assert sorted(made["rules"]["certifications"]) == sorted(wanted["rules"]["certifications"])


@pytest.mark.thorough
def test_the_editor_is_sound(open_page: OpenPage, rules_admin: User) -> None:
    draft = draft_of_nicet(rules_admin)
    caps = [{**one, "points": "some"} for one in draft.raw["caps"]]
    kinds = [{**draft.raw["kinds"][0], "points": 7}, *draft.raw["kinds"][2:]]
    save_section(draft=draft, values={"caps": caps, "kinds": kinds}, lock_version=1, by=rules_admin, at=AT)
    page = open_page(rules_admin, width=1280)
    for name, address in (
        ("kinds", f"/rules/manage/{draft.pk}/edit/kinds/"),
        ("kind", f"/rules/manage/{draft.pk}/edit/kinds/kinds.0/"),
    ):  # fmt: skip
        page.goto(address)
        assert_sound(page)
        look(page, f"rules-{name}")
