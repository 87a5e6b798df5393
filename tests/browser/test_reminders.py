"""Reminders in a browser: settings, preview, what was said, the way out without a sign-in, and the mails."""

from __future__ import annotations

from datetime import UTC, date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.actions.addresses import bounced
from accounts.mail import Letter, message
from accounts.models import User
from renewals.models import InAppNotice, Reminder, ReminderSettings
from renewals.reminding import mails
from renewals.reminding.asked import letter_to
from renewals.reminding.unsubscribing import Mails, token_for
from renewals.teams.at_risk import recipients
from tests.browser.checks import OPTIONS, SIDEWAYS, assert_sound, look, violations
from tests.browser.conftest import OpenPage
from tests.factories.accounts import UserFactory
from tests.factories.employers import CoverageTargetFactory, InvitationFactory
from tests.factories.packs import load_packs, make_dana
from tests.factories.teams import TeamOf, make_team, stand
from tests.renewals.conftest import NOW

TODAY = NOW.date()


@pytest.fixture
def team(transactional_db: None, settings: Any) -> TeamOf:
    """Dana of the worked example with a notice to read, and a team that somebody looks after."""
    settings.CLOCK_AT = NOW
    with transaction.atomic():
        load_packs("nicet")
        user = UserFactory(name="Dana Reyes", email="dana@example.org", confirmed=True)
        make_dana(user)
        mail = mails.sample(user, TODAY)
        assert mail
        InAppNotice.objects.create(user=user, key="1", subject=mail.subject, text=mail.body, made_at=NOW)
        team = make_team()
        team.joins("Dana Reyes", user=user)
        stand(team.joins("Sam Okoro").user)
        stand(team.joins("Ana Duarte").user, window_opens=TODAY, ends_on=date(2026, 10, 31), lapses_after=TODAY)
        CoverageTargetFactory(employer=team.employer, people=7)
    return team


@pytest.fixture
def dana(team: TeamOf) -> User:
    return User.objects.get(name="Dana Reyes")


@pytest.mark.parametrize(("width", "mode"), [(390, "light"), (1280, "dark")])
def test_pages_of_reminders_are_sound(open_page: OpenPage, team: TeamOf, dana: User, width: int, mode: str) -> None:
    page = open_page(user=dana, width=width, mode=mode)
    for path in ("/settings/reminders/next/", "/settings/reminders/told/", "/me/", "/settings/reminders/"):
        _sound(page, path, f"{width}-{mode}")
    for box in page.get_by_role("group", name="Days before the end").get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("button", name="Save reminders").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert_sound(page)
    look(page, f"reminders-wrong-{width}-{mode}")
    team.employer.memberships.filter(user=dana).update(role="owner")
    _sound(page, "/team/settings/reminders/", f"{width}-{mode}")
    User.objects.filter(pk=dana.pk).update(is_site_admin=True)
    _sound(page, "/manage/reminders/", f"{width}-{mode}")


def test_what_somebody_chooses_reads_and_ends(open_page: OpenPage, dana: User) -> None:
    page = open_page(user=dana)
    page.goto("/me/")
    page.get_by_text("Read it").click()
    expect(page.get_by_text("9 points short on the current forecast.")).to_be_visible()
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_role("heading", name="New for you")).to_have_count(0)
    with transaction.atomic():
        bounced(email=dana.email, reason="550 no such user", at=NOW.astimezone(UTC))
    page.goto("/me/")
    page.get_by_role("link", name="Change it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("We cannot reach dana@example.org")
    assert_sound(page)
    page.get_by_role("button", name="It works again").click()
    expect(page.get_by_role("status")).to_contain_text("We write to dana@example.org again.")
    page.get_by_label("Every week").check()
    page.get_by_label("How dates are written").select_option("en-us")
    page.get_by_role("button", name="Save reminders").click()
    expect(page.get_by_role("status")).to_contain_text("Your reminders are saved.")
    page.goto("/settings/reminders/next/")
    expect(page.get_by_role("heading", level=2)).to_contain_text("ends Mar 31, 2027")


def test_unsubscribing_is_one_button_without_a_sign_in(open_page: OpenPage, dana: User) -> None:
    path = f"/unsubscribe/{token_for(dana, Mails.OWN, 0)}/"
    scripted, page = open_page(), open_page(scripts=False)
    _sound(scripted, path, "390-light")
    page.goto(path)
    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Unsubscribed")
    assert ReminderSettings.objects.get(user=dana).by_mail is False
    _sound(scripted, path, "used-390-light")
    expect(scripted.get_by_role("heading", level=1)).to_have_text("This link was used before")


@pytest.mark.thorough
def test_mails_are_sound_in_both_modes(open_page: OpenPage, team: TeamOf, dana: User, tmp_path: Path) -> None:
    page = open_page(width=390)
    for name, html in _mails(team, dana).items():
        assert len(html.encode()) < 75_000
        (tmp_path / "mail.html").write_text(html)
        page.goto(f"file://{tmp_path}/mail.html")
        for mode in ("light", "dark"):
            page.emulate_media(color_scheme=mode)  # type: ignore[arg-type]
            assert violations(page, OPTIONS) == [], name
            assert page.evaluate(SIDEWAYS) == []
            look(page, f"mail-{name}-{mode}")


def _mails(team: TeamOf, dana: User) -> dict[str, str]:
    """At risk, Due and short, Lapsed, for a team, and an invitation: everything that mails are made of."""
    ana = team.employer.memberships.get(user__name="Ana Duarte").user
    period = ana.standings.get().period
    rows = [
        Reminder(user=team.coordinator, employer=team.employer, stage="digest-2026-10-01", due_on=TODAY),
        Reminder(
            user=team.coordinator, employer=team.employer, about=period, stage="employer-due-30-2026-10-01",
            due_on=TODAY,
        ),
    ]  # fmt: skip
    made = {"team": mails.compose(team.coordinator, rows, TODAY)}
    asked = recipients([team.employer.memberships.get(user=dana)], TODAY)[0]
    invited = InvitationFactory(employer=team.employer)
    letters = {
        "asked": letter_to(asked, team.coordinator),
        "invitation": Letter("invitation", "new@example.org", {"invitation": invited, "link": "https://example.org/"}),
    }
    html = {name: str(message(letter).alternatives[0][0]) for name, letter in letters.items()}
    for name, day in {"risk": TODAY, "due": date(2027, 3, 1), "lapsed": date(2027, 4, 7)}.items():
        made[name] = mails.sample(dana, day)
    return {**html, **{name: mail.html for name, mail in made.items() if mail}}


def _sound(page: Page, path: str, name: str) -> None:
    page.goto(path)
    assert_sound(page)
    look(page, f"reminders-{path.strip('/').split('/')[0]}-{path.strip('/').split('/')[-1][:12]}-{name}")
