"""Activities leave the product only with those who share them, and never with a private note."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from accounts.spreadsheets.writing import write_csv
from activities.models import Activity, Claim
from certifications.models import HeldCertification
from renewals.exports.activities import ACTIVITY, PERSON, of_team, team_rows
from renewals.exports.own import write_own
from renewals.models import Standing
from renewals.teams.filters import Filters
from tests.factories.activities import ActivityFactory
from tests.factories.employers import ConfirmationFactory, EmployerFactory
from tests.factories.teams import TeamOf, stand

TODAY = date(2026, 10, 1)


@pytest.fixture
def dana(team: TeamOf) -> User:
    return User.objects.get(name="Dana Reyes")


def did(user: User, title: str = "Panel class", *, claimed: bool = True, **facts: object) -> Activity:
    activity = ActivityFactory(user=user, title=title, note="canary", link="https://canary.example", **facts)
    if claimed:
        one = Standing.objects.get(user=user)
        Claim.objects.create(
            user=user, activity=activity, held=one.held, period=one.period, asked=1100, counted=300,
            category_name="Learning", reason="over category cap",
        )  # fmt: skip
    return activity


def team_table(team: TeamOf, on: date = TODAY, **filters: object) -> list[dict[str, str]]:
    file = io.BytesIO()
    found = of_team(team.employer, TODAY, on, Filters(**filters))  # type: ignore[arg-type]
    assert write_csv(file, [*PERSON, *ACTIVITY], team_rows(found)) == found.count()
    return list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"))))


def own_table(user: User) -> list[dict[str, str]]:
    file = io.BytesIO()
    number = write_own(file, user)
    found = list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
    assert number == len(found)
    return found


def test_each_claim_is_a_row_with_what_counted_and_why_not(team: TeamOf, dana: User) -> None:
    did(dana, kind="class", on=date(2026, 8, 14), amount=1150, provider="=Maker")
    standing = Standing.objects.get(user=dana)
    version = standing.period.version
    assert version is not None
    (row,) = team_table(team)
    seat = dana.memberships.get(employer=team.employer)
    assert row == {
        "Person": "Dana Reyes", "Person id": str(seat.pk), "Team": "North crew", "Site": "", "First day": "",
        "Date": "2026-08-14", "Date (in words)": "14 Aug 2026", "Kind": "Class or training", "Title": "Panel class",
        "Amount": "11.5", "Unit": "hours", "Provider": "'=Maker", "Certification": "Fire Alarm Systems",
        "Level": standing.held.level.name, "Category": "Learning", "Asked": "11", "Counted": "3",
        "Not counted because": "Cap reached", "Provenance": "Self-reported",
        "Rules version": f"{version.rule_set.name}, version {version.number}",
        "Counted at": "2026-10-01T11:00:00+00:00",
    }  # fmt: skip


def test_only_who_shares_activities_is_in_it(team: TeamOf) -> None:
    for user in User.objects.filter(standings__isnull=False):
        did(user)
    assert [row["Person"] for row in team_table(team)] == ["Dana Reyes"]


def test_deleted_and_later_activities_are_not_in_it(team: TeamOf, dana: User) -> None:
    did(dana, "Kept", on=TODAY)
    did(dana, "Later", on=date(2026, 10, 2))
    did(dana, "Deleted", deleted_at=datetime(2026, 9, 1, tzinfo=UTC))
    assert [row["Title"] for row in team_table(team)] == ["Kept"]
    assert [row["Title"] for row in team_table(team, date(2026, 10, 2))] == ["Later", "Kept"]


def test_an_activity_that_no_certification_claims_is_a_row_of_its_own(team: TeamOf, dana: User) -> None:
    did(dana, claimed=False)
    (row,) = team_table(team)
    assert (row["Title"], row["Certification"], row["Asked"], row["Counted"]) == ("Panel class", "", "", "")
    assert team_table(team, standing="action") == []


def test_a_certification_that_was_given_up_is_not_told(team: TeamOf, dana: User) -> None:
    did(dana)
    HeldCertification.objects.filter(user=dana).update(removed_at=datetime(2026, 9, 1, tzinfo=UTC))
    (row,) = team_table(team)
    assert (row["Title"], row["Certification"]) == ("Panel class", "")


def test_filters_by_standing_choose_the_certifications(team: TeamOf, dana: User) -> None:
    activity = did(dana)
    other = stand(dana, word="on-track", on_course=True)
    Claim.objects.create(user=dana, activity=activity, held=other.held, period=other.period, asked=100, counted=100)
    assert len(team_table(team)) == 2
    (row,) = team_table(team, standing="action")
    assert row["Counted"] == "3"
    (row,) = team_table(team, certification=other.held.certification_id)
    assert row["Counted"] == "1"


def test_only_this_employers_confirmations_of_what_still_stands(team: TeamOf, dana: User) -> None:
    other = EmployerFactory(name="Secret Second Employer")
    for title, employer, version in (("a", team.employer, 1), ("b", other, 1), ("c", team.employer, 0)):
        activity = did(dana, title, version=1)
        ConfirmationFactory(
            activity=activity, employer=employer, state="confirmed", by=team.coordinator, version=version
        )
    said = {row["Title"]: row["Provenance"] for row in team_table(team)}
    assert said == {"a": f"Confirmed by {team.employer}", "b": "Self-reported", "c": "Self-reported"}
    mine = {row["Title"]: row["Provenance"] for row in own_table(dana)}
    assert mine["b"] == "Confirmed by Secret Second Employer"


def test_no_note_and_no_link_leaves(team: TeamOf, dana: User) -> None:
    did(dana)
    assert "canary" not in str(team_table(team))


def test_ones_own_record_is_whole_and_only_ones_own(team: TeamOf, dana: User, stranger: User) -> None:
    did(dana)
    did(dana, "Unclaimed", claimed=False, on=TODAY)
    ActivityFactory(user=stranger, title="Not mine")
    assert [row["Title"] for row in own_table(dana)] == ["Unclaimed", "Panel class"]
    assert "Person" not in own_table(dana)[0]
    assert own_table(User.objects.get(name="Lee Novak")) == []
