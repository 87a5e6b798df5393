"""Task 10: a cap is lowered, tried, counted on 214 people, approved by a second person and published from a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import expect

from accounts.models import User
from certifications.actions.drafts import start_draft
from certifications.models import HeldCertification, RuleDraft, RuleSetVersion
from renewals.actions import simulating
from renewals.models import RuleChange, Simulation
from renewals.views.rule_changes import impact
from tests.browser.checks import assert_sound, look
from tests.browser.conftest import OpenPage
from tests.browser.walking import Walk
from tests.factories.accounts import UserFactory
from tests.factories.certifications import RuleSetVersionFactory
from tests.factories.packs import AT, load_packs
from tests.factories.rule_changes import holders, lowered
from tests.renewals.conftest import NOW

POPULATION = {"same": 184, "fewer": 23, "worse": 6, "due": 1}


@pytest.fixture
def writer(transactional_db: None, settings: Any) -> User:
    """Kim, who writes rules; version 4 is in force, and 214 people hold what it counts."""
    settings.CLOCK_AT = NOW
    settings.CELERY_TASK_ALWAYS_EAGER = True
    with transaction.atomic():
        load_packs("nicet")
        first = RuleSetVersion.objects.get(rule_set__slug="nicet-cpd", label="2010")
        fourth = RuleSetVersionFactory(
            rule_set=first.rule_set, number=4, canonical=first.canonical, in_force_from=date(2020, 1, 1)
        )
        RuleSetVersion.objects.filter(pk=first.pk).update(status="superseded", superseded_on=date(2020, 1, 1))
        holders(fourth, POPULATION)
        kim = UserFactory(name="Kim Adler", rules_admin=True)
        start_draft(rule_set=fourth.rule_set, raw=fourth.document.plain(), base=fourth, by=kim, at=AT)
    return kim


@pytest.mark.long
def test_task_10(open_page: OpenPage, writer: User) -> None:
    page = open_page(user=writer, width=1280, height=800)
    page.goto("/rules/manage/")
    walk = Walk(page, phone=False)
    _lower_the_cap(walk)
    walk.press(page.get_by_role("link", name="Examples", exact=True))
    _accept_the_changed_example(walk)
    walk.press(page.get_by_role("link", name="Impact", exact=True))
    look(page, "impact-first")
    walk.press(page.get_by_role("button", name="Count the impact"))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "If published for 1 Jan 2027: 7 of 214 people get a worse standing"
    )
    for change, number in {"same": 184, "fewer": 23, "worse": 7, "better": 0}.items():
        expect(page.locator(f'[data-hook="impact-{change}"]')).to_have_text(str(number))
    look(page, "impact")
    assert_sound(page)
    walk.press(page.get_by_role("link", name="Check before you publish"))
    walk.press(page.get_by_role("button", name="Hand in for approval"))
    expect(page.locator("main")).to_contain_text("Waiting for a second person")
    assert_sound(page)
    look(page, "publish-waiting")
    _approve(open_page)
    page.goto(page.url)
    publish = page.get_by_role("button", name="Publish version 5 from 1 Jan 2027 and email 30 people")
    look(page, "publish-approved")
    walk.press(publish)
    expect(page.locator('[data-hook="published"]')).to_have_text("Version 5 is scheduled for 1 Jan 2027")
    look(page, "published")
    assert RuleChange.objects.get().told == 30
    page.goto("/rules/manage/audit/")
    assert_sound(page)
    look(page, "audit")
    assert walk.presses <= 12, walk
    assert walk.typed <= 30, walk
    assert walk.seconds <= 150, walk
    _reads_what_changed(open_page)


def _lower_the_cap(walk: Walk) -> None:
    page = walk.page
    walk.press(page.get_by_role("link", name="Continue"))
    walk.press(page.get_by_role("link", name="Caps", exact=True).first)
    walk.press(page.get_by_role("link", name="Additional Education", exact=True))
    walk.type(page.locator('input[value="45"]'), "40")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Up to 40 points in a period")


def _accept_the_changed_example(walk: Walk) -> None:
    page = walk.page
    expect(page.get_by_role("heading", level=1)).to_have_text("12 of 13 examples hold")
    walk.press(page.get_by_role("link", name="99 points asked").first)
    walk.type(page.get_by_label("Why the new result is right"), "Cap is now 40")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("13 of 13 examples hold")


def _approve(open_page: OpenPage) -> None:
    """The second person, with the keyboard and scripts off, on a phone in the dark."""
    draft = RuleDraft.objects.get()
    page = open_page(user=UserFactory(name="Max Silva", rules_admin=True), mode="dark", scripts=False)
    page.goto(f"/rules/manage/{draft.pk}/publish/")
    look(page, "publish-390-dark")
    page.get_by_role("button", name="Approve version 5").focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-hook="second"]')).to_contain_text("Max Silva, approved 1 Oct 2026")
    page.goto(f"/rules/manage/{draft.pk}/impact/")
    look(page, "impact-390-dark")


def _reads_what_changed(open_page: OpenPage) -> None:
    """Somebody whom it hits, on a phone."""
    page = open_page(user=User.objects.get(email="holder210@example.org"))
    page.goto("/rules/nicet-cpd/v/5/changes/")
    expect(page.locator('[data-hook="change-headline"]')).to_have_text(
        "From 1 Jan 2027 your total changes from 90 to 85"
    )
    assert_sound(page)
    look(page, "changes-390")
    page.goto(f"/certs/{HeldCertification.objects.get(user__email='holder210@example.org').pk}/on/2026-10-01/")
    expect(page.locator('[data-hook="past-headline"]')).to_contain_text("On 1 Oct 2026: On track, 90 of 90 points")
    assert_sound(page)
    look(page, "past-390")


def _draft_that_hits(people: int) -> RuleDraft:
    """Kim's draft of lower caps, and so many people who get a worse standing by it."""
    with transaction.atomic():
        load_packs("nicet")
        version = RuleSetVersion.objects.get(rule_set__slug="nicet-cpd", label="2010")
        holders(version, {"worse": people})
        return lowered(version, UserFactory(name="Kim Adler", rules_admin=True), AT)


@pytest.mark.thorough
def test_the_count_is_watched(
    open_page: OpenPage, transactional_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page follows the count by itself, and leads on when it is done."""
    settings.CLOCK_AT = NOW
    monkeypatch.setattr(simulating, "SHARD", 1)
    monkeypatch.setattr(impact, "_ring", lambda simulation: None)
    draft = _draft_that_hits(2)
    page = open_page(user=draft.author, width=1280, height=800)
    page.goto(f"/rules/manage/{draft.pk}/impact/")
    page.get_by_role("button", name="Count the impact").click()
    headline = page.get_by_role("heading", level=1)
    expect(headline).to_have_text("Counting: 0 of 2 certifications")
    for number, shard_id in enumerate(simulating.shards_to_do(Simulation.objects.get()), 1):
        simulating.count_shard(shard_id=shard_id, at=AT)
        expect(headline).to_contain_text(
            "1 of 2 certifications" if number == 1 else "2 of 2 people get a worse standing"
        )
    expect(page.get_by_role("link", name="Check before you publish")).to_be_visible()


@pytest.mark.thorough
def test_the_words_of_the_mail(open_page: OpenPage, transactional_db: None, settings: Any) -> None:
    """They are written on a large screen, seen in the whole mail, and put back on a phone without scripts."""
    settings.CLOCK_AT = NOW
    settings.CELERY_TASK_ALWAYS_EAGER = True
    draft = _draft_that_hits(1)
    page = open_page(user=draft.author, width=1280, height=800)
    page.goto(f"/rules/manage/{draft.pk}/impact/")
    page.get_by_role("button", name="Count the impact").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 of 1 person gets a worse standing")
    page.goto(f"/rules/manage/{draft.pk}/publish/")
    page.get_by_role("link", name="Change the text of the mail").click()
    words = page.get_by_label("What you say about the change")
    words.fill("Dear {name}, classes count less.")
    page.get_by_role("button", name="Save the text").click()
    expect(page.locator("main")).to_contain_text('Take out "{name}"')
    assert_sound(page)
    words.fill("Classes count less.\n\nWork in the field counts as before.")
    page.get_by_role("button", name="Save the text").click()
    expect(page.locator("main")).to_contain_text("Written by hand.")
    mail = page.frame_locator("iframe")
    expect(mail.get_by_role("main")).to_contain_text("Work in the field counts as before.")
    expect(mail.get_by_role("main")).to_contain_text("Your total changes from 90 to 85 of 90.")
    look(page, "rule-mail")
    assert_sound(page)
    phone = open_page(user=UserFactory(name="Max Silva", rules_admin=True), mode="dark", scripts=False)
    phone.goto(f"/rules/manage/{draft.pk}/publish/mail/")
    look(phone, "rule-mail-390-dark")
    phone.get_by_role("button", name="Put the default text back").focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("main")).to_contain_text("This is the default text.")
    expect(phone.get_by_label("What you say about the change")).to_contain_text("From 1 Jan 2027 new rules count")
