"""An employer's own requirement in a browser: made, seen by both sides, eased with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Membership
from tests.browser.checks import WINDOWS, assert_sound, look
from tests.browser.conftest import OpenPage
from tests.factories.activities import ActivityFactory, ClaimFactory
from tests.factories.teams import TeamOf, make_team, stand


@pytest.fixture
def team(transactional_db: None, settings: Any) -> TeamOf:
    from django.db import transaction

    from tests.renewals.conftest import NOW

    settings.CLOCK_AT = NOW
    with transaction.atomic():
        team = make_team()
        dee = team.joins("Dee Ruiz").user
        activity = ActivityFactory(user=dee, on=date(2026, 3, 12), amount=1000)
        ClaimFactory(period=stand(dee).period, activity=activity, asked=1000, counted=1000)
    return team


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_a_requirement_of_ones_own(open_page: OpenPage, team: TeamOf, width: int, mode: str) -> None:
    members = Membership.objects.filter(employer=team.employer)
    dee = members.get(user__name="Dee Ruiz")
    held = dee.user.held.get()
    page = open_page(user=members.get(role="owner").user, width=width, mode=mode)
    shots = f"{width}-{mode}"

    def sound(name: str, where: Page = page) -> None:
        assert_sound(where)
        look(where, f"{name}-{shots}")

    page.goto("/team/requirements/")
    sound("requirements-empty")
    page.get_by_role("link", name="Add a requirement").click()
    page.get_by_role("button", name="Put in force").click()
    sound("requirement-error")
    page.get_by_label("Certification", exact=True).select_option(index=1)
    page.get_by_label("Name", exact=True).fill("Two days a year")
    page.get_by_label("Points needed").fill("16")
    page.get_by_role("button", name="Put in force").click()
    sound("requirements")
    page.goto(f"/team/people/{dee.pk}/")
    expect(page.locator('[data-hook="in-house"]')).to_contain_text("10 of 16 points, 6 to go")
    sound("person-in-house")
    page.goto("/team/?view=matrix")
    sound("matrix-in-house")
    page.goto(f"/team/people/{dee.pk}/certs/{held.pk}/adjust/")
    page.get_by_text("Part time", exact=True).click()
    page.get_by_label("Percent of the requirement that still holds").fill("50")
    page.get_by_label("Reason").fill("Half days until June")
    page.get_by_role("button", name="Adjust", exact=True).click()
    expect(page.locator('[data-hook="in-house"]')).to_contain_text("10 of 8 points")
    sound("adjust")
    theirs = open_page(user=dee.user, width=width, mode=mode)
    theirs.goto(f"/certs/{held.pk}/")
    expect(theirs.locator('[data-hook="in-house"]')).to_contain_text("Half days until June")
    sound("standing-in-house", theirs)
