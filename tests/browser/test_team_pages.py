"""The team pages on the demo employer: what a coordinator does, and every state at every width."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import expect

from accounts.models import Employer, User
from certifications.models import HeldCertification
from renewals.models import Standing
from tests.browser.checks import SIDEWAYS, WINDOWS, assert_sound, look
from tests.browser.conftest import OpenPage
from tests.browser.walking import Walk
from tests.factories.demo import seeded
from tests.factories.packs import load_packs
from tests.factories.teams import TeamOf, make_team, stand
from tests.renewals.conftest import NOW

PATHS = ["/team/", "/team/?view=list", "/team/?view=matrix", "/team/?standing=due", "/team/at-risk/", "/team/people/",
         "/team/coverage/", "/team/coverage/?on=2027-03-31", "/team/coverage/targets/",
         "/career-interest/"]  # fmt: skip
WRONG = ["/team/?standing=x", "/team/at-risk/?ends=x", "/team/coverage/?on=2037-01-01"]


@pytest.fixture
def rosa(transactional_db: None, settings: Any, tmp_path: Path) -> User:
    """Who looks after the demo employer."""
    settings.CLOCK_AT, settings.MEDIA_ROOT = NOW, tmp_path
    load_packs("nicet", "iicrc", "california-cpa", "micro-credentials")
    seeded(NOW.astimezone(UTC))
    return User.objects.get(memberships__role="coordinator", memberships__employer__is_demo=True)


@pytest.fixture
def small(transactional_db: None, settings: Any) -> TeamOf:
    """A team in which people share less than everything, counted some days ago."""
    settings.CLOCK_AT = NOW
    with transaction.atomic():
        team = make_team()
        stand(team.joins("Dana Reyes").user, counted_at=datetime(2026, 9, 28, 12, tzinfo=UTC))
        stand(team.joins("Sam Okoro", shares="standing").user)
        team.joins("Lee Novak", shares="nothing")
        team.joins("Ana Duarte")
    return team


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_every_page_is_sound(open_page: OpenPage, rosa: User, width: int, mode: str) -> None:
    page = open_page(user=rosa, width=width, mode=mode)
    dana = Employer.objects.get().memberships.get(user__name="Dana Reyes")
    held = Standing.objects.get(user=dana.user, word="at-risk").held_id
    remind = f"/team/at-risk/remind/?person={dana.pk}"
    for path in [*PATHS, f"/team/people/{dana.pk}/", f"/team/certs/{held}/", remind]:
        page.goto(path)
        assert_sound(page)
        look(page, f"{path.strip('/').translate(str.maketrans('/?=&', '----'))}-{width}-{mode}")
    for path in WRONG:
        page.goto(path)
        assert page.title().startswith("Error: ")
        expect(page.get_by_role("alert")).to_be_focused()
        assert_sound(page)


@pytest.mark.parametrize(("width", "mode"), [(390, "light"), (1280, "dark")])
def test_partly_shared_old_and_empty_are_sound(open_page: OpenPage, small: TeamOf, width: int, mode: str) -> None:
    page = open_page(user=small.coordinator, width=width, mode=mode)
    people = list(small.employer.memberships.values_list("pk", flat=True))
    for path in ["/team/", "/team/at-risk/", "/team/coverage/", *(f"/team/people/{pk}/" for pk in people)]:
        page.goto(path)
        assert_sound(page)
        look(page, f"small-{path.strip('/').replace('/', '-')}-{width}-{mode}")
    page.goto("/team/")
    expect(page.get_by_text("Not shared").locator("visible=true")).to_have_count(1)
    expect(page.get_by_text("Counted 3 days ago.")).to_be_visible()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(SIDEWAYS) == []
    with transaction.atomic():
        empty = make_team("Empty Works")
    page = open_page(user=empty.employer.memberships.get(role="owner").user, width=width, mode=mode)
    page.goto("/team/")
    expect(page.get_by_role("heading", name="What you will see here")).to_be_visible()
    assert_sound(page)
    look(page, f"empty-{width}-{mode}")


@pytest.mark.parametrize("scripts", [True, False])
def test_who_ends_this_year_and_is_short_why_and_the_list_as_a_file(
    open_page: OpenPage, rosa: User, scripts: bool
) -> None:
    page = open_page(user=rosa, width=1280, height=800, scripts=scripts)
    walk = Walk(page, phone=False)

    def press(name: str, role: str = "link") -> None:
        walk.press(page.locator("main").get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]

    page.goto("/team/")
    press("At risk")
    press("3 end by 31 Dec 2026, 1 of them already ended")
    rows = page.locator(".risk")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Ended 31 Aug 2026")
    expect(rows.nth(1)).to_contain_text("Rami Haddad")
    expect(rows.nth(1)).to_contain_text("19 points short")
    expect(rows.nth(1)).to_contain_text("Next: log field time")
    listed = [row.split("\n")[0] for row in rows.locator(".told").all_inner_texts()]
    press("Inspection and Testing of Fire Alarm Systems, Level II")
    expect(page.locator("[data-hook=to-go]")).to_have_text("19 points short")
    expect(page.locator("[data-hook=next-step]")).to_be_visible()
    page.go_back()
    walk.presses += 1
    with page.expect_download() as download:
        press("Export CSV", "button")
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    found = [row["Person"] for row in csv.DictReader(io.StringIO(text))]
    assert sorted(found) == sorted(name.split(",")[0] for name in listed)
    assert (walk.presses <= 5, walk.typed, walk.seconds <= 30) == (True, 0, True), walk


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_cell_to_the_reason(open_page: OpenPage, rosa: User, scripts: bool) -> None:
    page = open_page(user=rosa, width=1280, height=800, scripts=scripts)
    page.goto("/team/")
    cell = page.get_by_role("link", name="Dana Reyes, Fire Alarm Systems, Level II: At risk 81")
    expect(cell).to_be_visible()
    cell.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dana Reyes: Fire Alarm Systems, Level II")
    reason = page.locator("[data-hook=reason]").filter(has_text="Smoke control webinars").first
    expect(reason).to_contain_text("Cap reached")
    expect(reason).to_contain_text("45")


def test_the_matrix_is_walked_by_keyboard_and_scrolls_by_itself(open_page: OpenPage, rosa: User) -> None:
    page = open_page(user=rosa, width=768)
    page.goto("/team/?view=matrix")
    region = page.get_by_role("region", name="Matrix of people and certifications")
    region.focus()
    expect(region).to_be_focused()
    page.keyboard.press("ArrowRight")
    # Asked from outside: the policy of the page refuses a predicate that the page itself would have to evaluate.
    for _ in range(600):
        if region.evaluate("box => box.scrollLeft > 0"):
            break
        page.wait_for_timeout(50)
    assert region.evaluate("box => box.scrollLeft > 0")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Adaeze Abara", exact=True)).to_be_focused()
    table = region.get_by_role("table")
    assert table.locator("caption").count() == 1
    assert table.locator("tbody th[scope=row]").count() == 8
    assert table.locator("thead th[scope=col]").count() == 1 + 5
    held = HeldCertification.objects.in_use().filter(user__memberships__employer=Employer.objects.get()).count()
    assert table.locator("tbody td a.cell").count() == held == 24


@pytest.mark.parametrize("scripts", [True, False])
def test_reminding_shows_the_mail_first(open_page: OpenPage, rosa: User, scripts: bool) -> None:
    page = open_page(user=rosa, scripts=scripts)
    page.goto("/team/at-risk/")
    page.get_by_role("checkbox", name="Select Dana Reyes").check()
    page.get_by_role("button", name="Remind selected people").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 person gets a reminder")
    expect(page.get_by_text("asks you to look at")).to_be_visible()
    page.get_by_role("button", name="Send 1 reminder").click()
    expect(page.get_by_role("status")).to_contain_text("1 reminder is on its way.")
