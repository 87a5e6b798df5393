"""An export holds what is shared, of one moment, and its file is there once and for a day."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from accounts.models import Membership
from renewals.actions.exporting import ExportRunning, ask_for_export
from renewals.exports import files, making
from renewals.exports.making import filters_from, make, snapshot, tend
from renewals.models import ExportRun, Standing
from tests.factories.teams import TeamOf, make_team, stand

AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
TODAY = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "exports"


def ask(
    crew: TeamOf, what: str = "standing", file_format: str = "csv", *, at: datetime = AT, **filters: Any
) -> ExportRun:
    return ask_for_export(
        employer=crew.employer,
        what=what,
        file_format=file_format,
        filters=filters,
        on=TODAY,
        by=crew.coordinator,
        at=at,
    )


def made(crew: TeamOf, what: str = "standing", file_format: str = "csv", **filters: Any) -> ExportRun:
    run = ask(crew, what, file_format, **filters)
    make(run, at=AT, today=TODAY)
    run.refresh_from_db()
    return run


def rows_of(run: ExportRun) -> list[dict[str, str]]:
    with files.open_file(run.stored_as) as file:
        return list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"), newline="")))


def test_the_words_of_the_page_with_dates_twice_and_rules_in_each_row(team: TeamOf) -> None:
    run = made(team)
    assert (run.state, run.rows, run.done_at) == ("done", 2, AT)
    assert run.file_name == "Team standing Ridgeline Fire and Security 2026-10-01.csv"
    dana, sam = rows_of(run)
    standing = Standing.objects.get(user__name="Dana Reyes")
    version = standing.period.version
    assert version is not None
    seat = Membership.objects.get(employer=team.employer, user__name="Dana Reyes")
    assert dana == {
        "Person": "Dana Reyes", "Person id": str(seat.pk), "Team": "North crew", "Site": "",
        "Certification": "Fire Alarm Systems", "Level": standing.held.level.name,
        "Certifying body": standing.held.certification.body.name, "Number": "142207", "Standing": "At risk",
        "In words": "9 points short", "Counted": "81", "Needed": "90", "To go": "9", "Short": "9", "Unit": "points",
        "Ends": "2027-03-31", "Ends (in words)": "31 Mar 2027", "Days left": "181", "What is short": "",
        "Next step": "Log field time.", "Rules version": f"{version.rule_set.name}, version {version.number}",
        "Counted at": "2026-10-01T11:00:00+00:00", "As of": "2026-10-01", "Exported at": "2026-10-01T13:00:00+00:00",
    }  # fmt: skip
    assert (sam["Standing"], sam["Counted"], sam["Needed"], sam["Short"]) == ("On track", "", "", "")


def test_who_is_on_track_has_points_to_go_and_is_short_of_none(team: TeamOf) -> None:
    Standing.objects.filter(user__name="Dana Reyes").update(word="on-track", on_course=True)
    dana, _ = sorted(rows_of(made(team)), key=lambda row: row["Person"])
    assert (dana["Standing"], dana["To go"], dana["Short"]) == ("On track", "9", "0")


def test_another_employer_is_nowhere(team: TeamOf) -> None:
    for what in ("standing", "activities", "report"):
        run = made(team, what)
        with files.open_file(run.stored_as) as file:
            assert b"Secret" not in file.read()
        ExportRun.objects.all().delete()


def test_who_left_or_has_not_joined_is_not_in_it(team: TeamOf) -> None:
    stand(team.joins("Gone", joined_on=date(2026, 1, 1), left_on=TODAY).user)
    stand(team.joins("Comes", joined_on=TODAY + timedelta(days=1)).user)
    stays = team.joins("Leaves soon", joined_on=date(2026, 1, 1), left_on=TODAY + timedelta(days=1))
    stand(stays.user)
    assert {row["Person"] for row in rows_of(made(team))} == {"Dana Reyes", "Sam Okoro", "Leaves soon"}


def test_the_day_asked_for_decides_the_word_and_who_works_there_then(team: TeamOf) -> None:
    later = date(2026, 10, 2)
    stand(team.joins("Leaves", joined_on=date(2026, 1, 1), left_on=later).user)
    run = ask_for_export(
        employer=team.employer, what="standing", file_format="csv", filters={}, on=later, by=team.coordinator, at=AT
    )
    make(run, at=AT, today=TODAY)
    run.refresh_from_db()
    assert [(row["Person"], row["Standing"], row["Days left"]) for row in rows_of(run)] == [
        ("Dana Reyes", "Due", "180"),
        ("Sam Okoro", "On track", "180"),
    ]


@pytest.mark.parametrize(
    ("filters", "people"),
    [
        ({"standing": "action"}, ["Dana Reyes"]),
        ({"standing": "on-track"}, ["Sam Okoro"]),
        ({"ends": "2026-12-31"}, []),
        ({"ends": "2027-03-31"}, ["Dana Reyes", "Sam Okoro"]),
        ({"team": 10**9}, []),
    ],
)
def test_filters_choose_the_same_as_the_pages(team: TeamOf, filters: dict[str, Any], people: list[str]) -> None:
    assert [row["Person"] for row in rows_of(made(team, **filters))] == people


def test_the_excel_file_is_the_same_table(team: TeamOf) -> None:
    run = made(team, file_format="xlsx")
    with files.open_file(run.stored_as) as file:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert len(sheet) == 3
    found = dict(zip(sheet[0], sheet[1], strict=True))
    assert (found["Person"], found["Counted"], found["Ends"]) == ("Dana Reyes", 81.0, "2027-03-31")


def test_names_are_no_formulas(team: TeamOf) -> None:
    stand(team.joins("=HYPERLINK(1)").user)
    assert "'=HYPERLINK(1)" in {row["Person"] for row in rows_of(made(team))}


def test_who_no_longer_looks_after_the_team_gets_nothing(team: TeamOf) -> None:
    run = ask(team)
    Membership.objects.filter(user=team.coordinator).update(left_on=TODAY)
    make(run, at=AT, today=TODAY)
    run.refresh_from_db()
    assert (run.state, run.error) == ("failed", "You no longer look after this team.")


def test_one_at_a_time_for_a_person_until_it_is_given_up(team: TeamOf) -> None:
    first = ask(team)
    with pytest.raises(ExportRunning):
        ask(team, at=AT + timedelta(minutes=15))
    ask(team, at=AT + timedelta(minutes=16))
    first.refresh_from_db()
    assert (first.state, first.error) == ("failed", "This export did not finish. Make it again.")


def test_what_was_given_up_meanwhile_leaves_no_file(team: TeamOf, folder: Path) -> None:
    run = ask(team)
    ExportRun.objects.update(state="failed")
    make(run, at=AT, today=TODAY)
    assert list(folder.iterdir()) == []


def test_a_failure_while_writing_leaves_no_file(team: TeamOf, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(making, "write_csv", broken)
    with pytest.raises(OSError, match="disk full"):
        make(ask(team), at=AT, today=TODAY)
    assert list(folder.iterdir()) == []


def test_the_sweep_finds_what_nobody_heard_and_removes_what_is_over(team: TeamOf, folder: Path) -> None:
    done = made(team)
    waiting = ask(team)
    assert tend(at=AT + timedelta(seconds=59)) == []
    assert tend(at=AT + timedelta(seconds=61)) == [waiting]
    assert len(list(folder.iterdir())) == 1
    assert tend(at=AT + timedelta(days=1)) == []
    assert list(folder.iterdir()) == []
    done.refresh_from_db()
    waiting.refresh_from_db()
    assert (done.state, done.size, waiting.state) == ("done", 0, "failed")


@pytest.mark.parametrize("name", ["../secret.csv", "a.csv", "0" * 32, "0" * 32 + ".py", "0" * 32 + ".csv/..", ""])
def test_only_names_of_ours_are_opened(name: str) -> None:
    with pytest.raises(FileNotFoundError):
        files.open_file(name)


def test_kept_filters_are_read_back() -> None:
    filters = filters_from({"team": 3, "site": None, "ends": "2026-12-31", "standing": "action", "said": "x"})
    assert (filters.team, filters.site, filters.ends, filters.standing) == (3, None, date(2026, 12, 31), "action")
    assert not filters_from({})


def test_the_number_of_queries_does_not_grow(team: TeamOf, django_assert_num_queries: Any) -> None:
    def queries() -> int:
        with connection.execute_wrapper(count):
            seen.clear()
            make(ask(team), at=AT, today=TODAY)
        return len(seen)

    seen: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    few = queries()
    for number in range(20):
        stand(team.joins(f"Person {number}").user)
    assert queries() == few


@pytest.mark.django_db(transaction=True)
def test_everything_is_of_one_moment() -> None:
    other = connection.copy()
    with transaction.atomic():
        team = make_team()
        stand(team.joins("Dana Reyes").user)
    try:
        with snapshot():
            before = Standing.objects.get().counted
            with other.cursor() as cursor:
                cursor.execute("UPDATE renewals_standing SET counted = 1")
            assert Standing.objects.get().counted == before
        assert Standing.objects.get().counted == 1
    finally:
        other.close()
