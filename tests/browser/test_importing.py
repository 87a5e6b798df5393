"""A list of people, from the file to the invited person's record, in a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import expect

from accounts.models import Invitation, Membership, User
from certifications.models import HeldCertification
from renewals import tasks
from tests.browser.checks import assert_sound, look
from tests.browser.conftest import OpenPage
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.packs import load_packs

WINDOWS = [(390, "light", False), (1280, "dark", True)]
LIST = """Name,Email,Crew,Certification,Level,Cert no,Expires,Notes
Dana Reyes,dana@example.org,North,Fire Alarm Systems,II,142207,3/4/2027,on leave
Dana Reyes,dana@example.org,,Special Hazards Systems,I,142207,3/4/2027,
Sam Okoro,sam@example.org,North,,,,,
"""


@pytest.fixture
def owner(transactional_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> User:
    from tests.renewals.conftest import NOW

    settings.CLOCK_AT = NOW
    monkeypatch.setattr(tasks.mail_import, "delay", lambda import_id: None)
    load_packs("nicet")
    with transaction.atomic():
        employer = EmployerFactory(name="Ridgeline Fire and Security", owner=None)
        user: User = MembershipFactory(role=Membership.Role.OWNER, employer=employer, user__name="Ruth Okafor").user
    return user


@pytest.mark.parametrize(("width", "mode", "scripts"), WINDOWS)
def test_from_the_list_to_the_record(
    open_page: OpenPage, owner: User, tmp_path: Path, width: int, mode: str, scripts: bool
) -> None:
    sound = assert_sound if scripts else (lambda page: None)
    page = open_page(user=owner, width=width, mode=mode, scripts=scripts)
    page.goto("/team/import/")
    sound(page)
    page.get_by_role("button", name="Read the list").click()
    expect(page).to_have_title(re.compile("^Error: "))
    sound(page)
    look(page, f"import-1-error-{width}-{mode}")
    file = tmp_path / "people.csv"
    file.write_text(LIST)
    page.get_by_label("CSV or Excel file").set_input_files(file)
    page.get_by_role("button", name="Read the list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the columns mean")
    sound(page)
    page.get_by_role("button", name="See the preview").click()
    expect(page).to_have_title(re.compile("^Error: "))
    look(page, f"import-2-error-{width}-{mode}")
    page.get_by_label("Month first: 3/31/2027").check()
    page.get_by_role("button", name="See the preview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 people will be invited")
    expect(page.get_by_text("Fire Alarm Systems, Level II, number 142207, to 4 Mar 2027")).to_be_visible()
    sound(page)
    look(page, f"import-3-{width}-{mode}")
    page.get_by_role("button", name="Invite 2 people").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 people invited")
    sound(page)
    look(page, f"import-4-{width}-{mode}")

    dana = UserFactory(name="Dana Reyes", email="dana@example.org", confirmed=True)
    page = open_page(user=dana, width=width, mode=mode, scripts=scripts)
    page.goto(f"/sharing/invitations/{Invitation.objects.get(email='dana@example.org').pk}/")
    sound(page)
    look(page, f"import-5-{width}-{mode}")
    page.get_by_label("Special Hazards Systems, Level I").uncheck()
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("status")).to_contain_text("You joined Ridgeline Fire and Security.")
    held = HeldCertification.objects.get(user=dana)
    assert (str(held), held.number) == ("Fire Alarm Systems, Level II", "142207")


@pytest.mark.parametrize(("width", "mode"), [(390, "light"), (1280, "dark")])
def test_problems_lead_back_to_the_file(open_page: OpenPage, owner: User, width: int, mode: str) -> None:
    page = open_page(user=owner, width=width, mode=mode)
    page.goto("/team/import/")
    page.get_by_label("Or paste rows, headings first").fill(
        "Email\tCertification\tExpires\nno address\tFire Alarm Systems\t31 Mar 2027\nsam@example.org\tRope access\tsoon"
    )
    page.get_by_role("button", name="Read the list").click()
    page.get_by_role("button", name="See the preview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 problems to fix, nothing is imported")
    expect(page.locator("[data-hook=problem]").first).to_contain_text("Line 2, Email: no address")
    assert_sound(page)
    look(page, f"import-problems-{width}-{mode}")
    assert page.get_by_role("button", name="Invite").count() == 0
