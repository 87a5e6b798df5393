"""A class for several people in a browser, from the form to what each of them makes of it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Membership
from activities.models import ClassSession
from tests.browser.checks import WINDOWS, assert_sound, look
from tests.browser.conftest import OpenPage
from tests.factories.employers import ConfirmationFactory, EmployerFactory, MembershipFactory


@pytest.fixture
def coordinator(transactional_db: None, settings: Any) -> Membership:
    from django.db import transaction

    from tests.renewals.conftest import NOW

    settings.CLOCK_AT = NOW
    with transaction.atomic():
        employer = EmployerFactory(name="Ridgeline")
        for name in ("Abara Nneka", "Chen Wei", "Diaz Maria"):
            MembershipFactory(employer=employer, user__name=name, shares=Membership.Shares.ACTIVITIES)
        return MembershipFactory(employer=employer, user__name="Rae Okafor", role=Membership.Role.COORDINATOR)


def fill(page: Page, names: tuple[str, ...]) -> None:
    page.get_by_label("What was it?").fill("NFPA 25 refresher")
    page.get_by_label("How many hours?").fill("8")
    page.get_by_label("Date", exact=True).fill("2026-09-12")
    for name in names:
        page.get_by_text(name, exact=True).click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_class_for_three(open_page: OpenPage, coordinator: Membership, scripts: bool) -> None:
    page = open_page(user=coordinator.user, scripts=scripts)
    page.goto("/team/classes/")
    page.get_by_role("link", name="Log a class").click()
    fill(page, ("Abara Nneka", "Chen Wei"))
    page.get_by_label("Paste names or email addresses").fill("Diaz Maria")
    page.get_by_role("button", name="Log class").click()
    expect(page.get_by_text("The class is logged for 3 people.")).to_be_visible()
    expect(page.locator('[data-hook="attendance"]')).to_have_count(3)
    session = ClassSession.objects.get()
    user = coordinator.employer.memberships.get(user__name="Chen Wei").user
    theirs = open_page(user=user, scripts=scripts)
    theirs.goto(f"/activities/{session.attendances.get(user=user).activity_id}/")
    expect(theirs.get_by_text("Confirmed by Ridgeline on 1 Oct 2026")).to_be_visible()
    theirs.get_by_role("button", name="I was not there").click()
    expect(theirs.get_by_text("You declined this class. Ridgeline sees that.")).to_be_visible()
    page.goto(page.url)
    expect(page.locator('[data-state="declined"]')).to_have_text("Chen Wei Declined")


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_every_state_is_sound(open_page: OpenPage, coordinator: Membership, width: int, mode: str) -> None:
    page = open_page(user=coordinator.user, width=width, mode=mode)
    shots = f"{width}-{mode}"
    page.goto("/team/classes/")
    assert_sound(page)
    look(page, f"classes-empty-{shots}")
    page.goto("/team/classes/new/")
    assert_sound(page)
    look(page, f"class-new-{shots}")
    page.get_by_label("Paste names or email addresses").fill("who@elsewhere.org\nSomebody Else")
    page.get_by_role("button", name="Log class").click()
    assert_sound(page)
    look(page, f"class-error-{shots}")
    page.get_by_label("Paste names or email addresses").fill("")
    fill(page, ("Abara Nneka", "Chen Wei", "Rae Okafor (you)"))
    page.get_by_role("button", name="Log class").click()
    assert_sound(page)
    look(page, f"class-{shots}")
    page.get_by_role("link", name="Add or take off people").click()
    page.get_by_text("Chen Wei", exact=True).click()
    page.get_by_label("Paste names or email addresses").fill("Somebody Else")
    page.get_by_role("button", name="Save who was there").click()
    expect(page.get_by_role("alert")).to_contain_text("Nobody of Ridgeline: Somebody Else")
    assert_sound(page)
    look(page, f"class-people-error-{shots}")
    page.get_by_label("Paste names or email addresses").fill("Diaz Maria")
    page.get_by_role("button", name="Save who was there").click()
    expect(page.get_by_text("Added: Diaz Maria. Taken off: Chen Wei.")).to_be_visible()
    for name in ("Correct", "Withdraw"):
        page.get_by_role("link", name=name, exact=True).click()
        assert_sound(page)
        look(page, f"class-{name.lower()}-{shots}")
        page.go_back()
    page.goto("/team/classes/")
    assert_sound(page)
    look(page, f"classes-{shots}")


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_confirming(open_page: OpenPage, coordinator: Membership, width: int, mode: str) -> None:
    asked = ConfirmationFactory(
        employer=coordinator.employer, activity__title="Panel class",
        activity__user=coordinator.employer.memberships.get(user__name="Diaz Maria").user,
    )  # fmt: skip
    theirs = open_page(user=asked.owner, width=width, mode=mode)
    theirs.goto(f"/activities/{asked.activity_id}/")
    assert_sound(theirs)
    look(theirs, f"activity-asked-{width}-{mode}")
    page = open_page(user=coordinator.user, width=width, mode=mode)
    page.goto("/team/confirmations/")
    assert_sound(page)
    look(page, f"confirmations-{width}-{mode}")
    page.get_by_role("link", name="Review Panel class").click()
    assert_sound(page)
    page.get_by_role("button", name="Ask for a change").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter what should change")
    assert_sound(page)
    look(page, f"confirm-error-{width}-{mode}")
    page.get_by_label("What should change?").fill("Hours on the certificate are 6, not 8.")
    page.get_by_role("button", name="Ask for a change").click()
    expect(page.get_by_text("Nothing waits for confirmation")).to_be_visible()
    assert_sound(page)
    theirs.goto(theirs.url)
    assert_sound(theirs)
    expect(theirs.get_by_text("Ridgeline did not confirm it on 1 Oct 2026")).to_be_visible()
    look(theirs, f"activity-change-{width}-{mode}")
    theirs.get_by_role("button", name="Ask Ridgeline to confirm").click()
    expect(theirs.get_by_role("button", name="Ask Ridgeline to confirm")).to_have_count(0)
    page.goto("/team/confirmations/")
    page.get_by_role("link", name="Review Panel class").click()
    look(page, f"confirm-{width}-{mode}")
    page.get_by_role("button", name="Confirm activity").click()
    expect(page.get_by_text("Nothing waits for confirmation")).to_be_visible()
    theirs.goto(theirs.url)
    expect(theirs.get_by_text("Confirmed by Ridgeline on 1 Oct 2026")).to_be_visible()
