"""The exports page: made at once or in the background, and had only by who looks after that team today."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from kombu.exceptions import OperationalError

from accounts import clock
from accounts.models import AuditEvent, Membership, User
from renewals import tasks
from renewals.exports import making
from renewals.models import ExportRun
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, ExportRunFactory, MembershipFactory, SiteFactory
from tests.factories.teams import TeamOf, make_team, stand

PAGE = "/team/exports/"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, stopped_clock: None) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "exports"


@pytest.fixture
def team(db: None) -> TeamOf:
    team = make_team()
    stand(team.joins("Dana Reyes").user)
    stand(team.joins("Sam Okoro", shares="standing").user, word="on-track", on_course=True, window_opens=None)
    team.joins("Lee Novak", shares="nothing")
    return team


@pytest.fixture
def ruth(team: TeamOf, client: Client) -> Client:
    client.force_login(team.coordinator)
    return client


def wish(**facts: object) -> dict[str, object]:
    return {"what": "standing", "on": "2026-10-01", "format": "csv", **facts}


def file_of(client: Client, run: ExportRun) -> Any:
    return client.get(reverse("team:export_file", args=[run.pk]))


def rows_of(response: Any) -> list[dict[str, str]]:
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_nothing_exported_yet(ruth: Client) -> None:
    page = ruth.get(PAGE)
    assert page.status_code == 200
    assert "No exports yet" in page.text
    assert ExportRun.objects.count() == 0


def test_a_small_export_is_there_at_once(ruth: Client, team: TeamOf) -> None:
    page = ruth.post(PAGE, wish(standing="action"), follow=True)
    run = ExportRun.objects.get()
    assert "Team standing Ridgeline Fire and Security 2026-10-01.csv is ready: 1 row." in page.text
    assert "Last export: Team standing, 1 Oct 2026, 1 row" in page.text
    assert "Needs action, on 1 Oct 2026" in page.text
    response = file_of(ruth, run)
    assert response.status_code == 200
    assert 'filename="Team standing Ridgeline Fire and Security 2026-10-01.csv"' in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert [row["Person"] for row in rows_of(response)] == ["Dana Reyes"]
    assert AuditEvent.objects.get(verb="export asked for").actor == team.coordinator


def test_a_button_of_a_list_gets_the_file_itself(ruth: Client) -> None:
    response = ruth.post(PAGE, wish(at_once="1"), follow=True)
    assert len(rows_of(response)) == 2


@pytest.mark.parametrize(
    ("what", "ending", "start"), [("activities", "xlsx", b"PK"), ("report", "pdf", b"%PDF"), ("report", "xlsx", b"PK")]
)
def test_other_formats(ruth: Client, what: str, ending: str, start: bytes) -> None:
    response = ruth.post(PAGE, wish(what=what, format=ending, at_once="1"), follow=True)
    assert b"".join(response.streaming_content).startswith(start)


def test_the_form_takes_up_what_a_list_was_filtered_by(ruth: Client, team: TeamOf) -> None:
    page = ruth.get(
        PAGE, {"standing": "action", "team": team.crew.pk, "ends": "1999-01-01", "site": "<b>", "what": "x"}
    )
    form = page.context["form"]
    assert (form["standing"].value(), form["team"].value()) == ("action", str(team.crew.pk))
    assert (form["ends"].value(), form["site"].value(), form["what"].value()) == (None, None, "standing")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"what": ""}, "Choose what"),
        ({"what": "payroll"}, "Choose what to export"),
        ({"format": "doc"}, "Choose a format"),
        ({"format": "pdf"}, "PDF is for the certification report. Choose CSV or Excel"),
        ({"on": ""}, "Enter on"),
        ({"on": "01/02/2027"}, "Day must be a real date, like 2026-10-01"),
        ({"on": "2026-09-30"}, "Choose today or a later day: what counted on an earlier day is not kept"),
        ({"on": "2031-10-15"}, "Choose a day within 5 years"),
        ({"team": "999999999999999999999999"}, "Choose from the list"),
        ({"site": "-1"}, "Choose from the list"),
        ({"standing": "__class__"}, "Choose from the list"),
    ],
)
def test_what_cannot_be_exported_is_said_and_changes_nothing(ruth: Client, facts: dict[str, str], said: str) -> None:
    page = ruth.post(PAGE, wish(**facts))
    assert page.status_code == 422
    assert said in page.text
    assert "<title>Error: Exports" in page.text
    assert ExportRun.objects.count() == 0


def test_another_employers_team_or_site_is_no_choice(ruth: Client) -> None:
    other = SiteFactory()
    assert ruth.post(PAGE, wish(site=other.pk)).status_code == 422


def test_fields_nobody_asked_for_are_left_alone(ruth: Client, team: TeamOf) -> None:
    other = EmployerFactory()
    ruth.post(PAGE, wish(employer=other.pk, made_by=1, state="done", stored_as="../x", rows=5))
    run = ExportRun.objects.get()
    assert (run.employer, run.made_by, run.rows) == (team.employer, team.coordinator, 2)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Everything is large; the bells that were rung."""
    rung: list[int] = []
    monkeypatch.setattr(making, "SMALL", {"csv": 1, "xlsx": 1, "pdf": 1})
    monkeypatch.setattr(tasks.make_export, "delay", rung.append)
    return rung


def test_a_large_export_is_made_in_the_background(ruth: Client, large: list[int]) -> None:
    page = ruth.post(PAGE, wish(), follow=True)
    run = ExportRun.objects.get()
    assert run.state == "waiting"
    assert "The export is being made. Look again in a minute." in page.text
    assert "Being made. Look again" in page.text
    assert file_of(ruth, run).status_code == 404
    assert large == [run.pk]
    assert "Your last export is still being made" in ruth.post(PAGE, wish()).text
    tasks.make_export(run.pk)
    tasks.make_export(run.pk)
    assert len(rows_of(file_of(ruth, run))) == 2


def test_a_bell_that_is_not_heard_loses_nothing(
    ruth: Client, large: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(run_id: int) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.make_export, "delay", away)
    assert ruth.post(PAGE, wish()).status_code == 302
    run = ExportRun.objects.get()
    ExportRun.objects.update(made_at=clock.now() - timedelta(minutes=2))
    monkeypatch.setattr(tasks.make_export, "delay", tasks.make_export)
    tasks.tend_exports()
    assert len(rows_of(file_of(ruth, run))) == 2


@pytest.fixture
def done(ruth: Client) -> ExportRun:
    ruth.post(PAGE, wish())
    return ExportRun.objects.get()


def is_missing(client: Client, run: ExportRun) -> bool:
    """Whether the answer is the same as for an export that never was, but for tokens and the address."""
    paths = [reverse("team:export_file", args=[pk]) for pk in (run.pk, 999_999_999)]
    answers = [client.get(path) for path in paths]
    bodies = [re.sub(rf'value="(\w{{64}}|{path})"', "", one.text) for path, one in zip(paths, answers, strict=True)]
    return [one.status_code for one in answers] == [404, 404] and bodies[0] == bodies[1]


def test_another_coordinator_of_the_same_employer_can_have_it(done: ExportRun, client: Client) -> None:
    other = MembershipFactory(employer=done.employer, coordinator=True)
    client.force_login(other.user)
    assert len(rows_of(file_of(client, done))) == 2


@pytest.mark.parametrize("who", ["technician", "elsewhere", "left", "nobody"])
def test_a_forwarded_link_is_as_good_as_none(done: ExportRun, client: Client, who: str, stranger: User) -> None:
    user = stranger if who == "nobody" else UserFactory()
    if who == "technician":
        MembershipFactory(employer=done.employer, user=user)
    elif who == "left":
        MembershipFactory(employer=done.employer, user=user, coordinator=True, left=True)
    elif who == "elsewhere":
        MembershipFactory(employer=EmployerFactory(), user=user, coordinator=True)
    client.force_login(user)
    assert is_missing(client, done)


def test_who_leaves_loses_it_with_the_next_request(done: ExportRun, ruth: Client, team: TeamOf) -> None:
    Membership.objects.filter(user=team.coordinator).update(left_on=clock.today(team.coordinator))
    assert is_missing(ruth, done)
    assert ruth.get(PAGE).status_code == 404


def test_after_a_day_it_is_gone(done: ExportRun, ruth: Client, settings: Any) -> None:
    settings.CLOCK_AT = clock.now() + timedelta(hours=23, minutes=59)
    assert len(rows_of(file_of(ruth, done))) == 2
    settings.CLOCK_AT = clock.now() + timedelta(minutes=1)
    assert is_missing(ruth, done)
    assert "No longer kept" in ruth.get(PAGE).text


def test_a_file_that_was_lost_is_missing(done: ExportRun, ruth: Client, folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    assert file_of(ruth, done).status_code == 404


def test_a_list_of_one_team_shows_nothing_of_another(ruth: Client) -> None:
    ExportRunFactory(file_name="canary.csv", what="canary")
    assert "canary" not in ruth.get(PAGE).text


def test_who_looks_after_two_teams_exports_the_one_that_is_open(ruth: Client, team: TeamOf) -> None:
    second = make_team("Second")
    MembershipFactory(employer=second.employer, user=team.coordinator, coordinator=True)
    ruth.post(f"{PAGE}?employer={second.employer.pk}", wish())
    assert ExportRun.objects.get().employer == second.employer
    assert ruth.get(f"{PAGE}?employer={EmployerFactory().pk}").status_code == 404
    assert ruth.post(f"{PAGE}?employer={EmployerFactory().pk}", wish()).status_code == 404


@pytest.mark.parametrize("path", ["0", "-1", "1" + "0" * 25, "abc", "1.0", "%31", "٣", "1" * 5000])
def test_odd_numbers_are_missing(ruth: Client, path: str) -> None:
    assert ruth.get(f"/team/exports/{path}/file/").status_code == 404


def test_the_report_as_a_page(ruth: Client, team: TeamOf) -> None:
    page = ruth.get("/team/exports/report/")
    assert page.status_code == 200
    for text in (
        "Certification report: Ridgeline Fire and Security",
        "2 people, 2 certifications, as of 1 Oct 2026.",
        "Not in this report: 1 person who shares nothing.",
        *("142207", "31 Mar 2027", "Self-reported"),
    ):
        assert text in page.text
    assert "Nobody shares a certification" in ruth.get("/team/exports/report/?standing=lapsed").text
    assert ruth.get("/team/exports/report/?standing=x").status_code == 302


def test_a_report_too_long_for_a_page_or_a_pdf(ruth: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MOST_LINES", 1)
    assert ruth.get("/team/exports/report/").status_code == 302
    page = ruth.post(PAGE, wish(what="report", format="pdf"))
    assert page.status_code == 422
    assert "A PDF holds up to 2,000 certifications. Choose a team, or Excel" in page.text


def test_the_page_costs_the_same_for_one_and_many(ruth: Client, team: TeamOf) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            ruth.get("/team/exports/report/")
            ruth.get(PAGE)
        return len(seen)

    ruth.post(PAGE, wish())
    few = queries()
    for number in range(10):
        stand(team.joins(f"Person {number}").user)
        ruth.post(PAGE, wish())
    assert queries() == few


def test_files_are_not_taken(ruth: Client) -> None:
    assert ruth.post(PAGE, wish(what=SimpleUploadedFile("a.csv", b"x"))).status_code == 422
