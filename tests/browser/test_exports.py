"""Exports in a browser: what is on the list is what is in the file."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.checks import WINDOWS, assert_sound, look
from tests.browser.conftest import OpenPage
from tests.factories.teams import TeamOf, make_team, stand


@pytest.fixture
def team(transactional_db: None, settings: Any, tmp_path: Path) -> TeamOf:
    from django.db import transaction

    from tests.renewals.conftest import NOW

    settings.CLOCK_AT, settings.MEDIA_ROOT = NOW, tmp_path
    with transaction.atomic():
        team = make_team()
        stand(team.joins("Dana Reyes").user)
        stand(team.joins("Sam Okoro").user, word="on-track", on_course=True, window_opens=None)
        team.joins("Lee Novak", shares="nothing")
    return team


@pytest.mark.parametrize(("width", "mode"), WINDOWS)
def test_every_state_is_sound(open_page: OpenPage, team: TeamOf, width: int, mode: str) -> None:
    page = open_page(user=team.coordinator, width=width, mode=mode)
    page.goto("/team/exports/")
    assert_sound(page)
    look(page, f"exports-empty-{width}-{mode}")
    page.get_by_label("As", exact=True).select_option("pdf")
    page.get_by_role("button", name="Make export").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    assert_sound(page)
    look(page, f"exports-error-{width}-{mode}")
    page.get_by_label("As", exact=True).select_option("xlsx")
    page.get_by_role("button", name="Make export").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Last export: Team standing, 1 Oct 2026, 2 rows")
    assert_sound(page)
    look(page, f"exports-{width}-{mode}")
    page.get_by_role("link", name="Certification report to print").click()
    assert_sound(page)
    look(page, f"report-{width}-{mode}")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_asked_for_is_what_is_in_the_file(open_page: OpenPage, team: TeamOf, scripts: bool) -> None:
    page = open_page(user=team.coordinator, width=1280, height=800, scripts=scripts)
    page.goto("/team/exports/?standing=action")
    page.get_by_role("button", name="Make export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Get the file").click()
    assert download.value.suggested_filename == "Team standing Ridgeline Fire and Security 2026-10-01.csv"
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    assert [(row["Person"], row["Standing"]) for row in csv.DictReader(io.StringIO(text))] == [
        ("Dana Reyes", "At risk")
    ]
    page.goto("/team/exports/report/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Get PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
