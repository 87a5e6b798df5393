"""What importing would do is said for each person, and what is wrong for each cell, with its line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Employer
from accounts.spreadsheets.days import DAY_FIRST, MONTH_FIRST
from renewals.importing import planning
from renewals.importing.columns import MEANINGS
from renewals.importing.planning import Plan, plan
from tests.factories.accounts import UserFactory
from tests.factories.certifications import CertificationFactory, LevelFactory
from tests.factories.employers import EmployerFactory, InvitationFactory, MembershipFactory, SiteFactory, TeamFactory

AT = datetime(2026, 9, 20, 13, tzinfo=UTC)
TODAY = date(2026, 9, 20)
MEANS = list(MEANINGS)


@pytest.fixture
def employer(db: None) -> Employer:
    employer: Employer = EmployerFactory()
    alarm = CertificationFactory(
        name="Fire Alarm Systems", short="FA", slug="fire-alarm", body__name="NICET", body__slug="nicet"
    )
    LevelFactory(certification=alarm, position=1, code="I", name="Level I")
    LevelFactory(certification=alarm, position=2, code="II", name="Level II")
    CertificationFactory(name="Water Damage", short="WRT", slug="wrt", body__name="IICRC")
    CertificationFactory(name="Twin", short="TW", body__name="Body A")
    CertificationFactory(name="Twin", short="TW", body__name="Body B")
    return employer


def planned(employer: Employer, *rows: Sequence[str], order: str = "") -> Plan:
    return plan(employer, [(line, row) for line, row in enumerate(rows, 2)], MEANS, order, AT, TODAY)


def row(email: str = "dana@example.org", **facts: str) -> list[str]:
    return [{"email": email, **facts}.get(meaning, "") for meaning in MEANS]


def problems(made: Plan) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.expected) for one in made.problems]


def test_a_name_that_is_nearly_right_is_asked_back_and_lines_with_the_same_problem_stand_together(
    employer: Employer,
) -> None:
    wrong = [row(f"p{number}@example.org", certification="Fire alarms system") for number in range(12)]
    made = planned(employer, row(certification="FA", level="V"), *wrong)
    assert [(one.where, one.column, one.expected) for one in made.repairs] == [
        ("Line 2", "Level", "One of: Level I, Level II"),
        (
            "Lines 3, 4, 5, 6, 7, 8, 9, 10 and 4 more", "Certification",
            "Fire Alarm Systems, if that is what is meant",
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("level", ["2", "level 2", "Level II", "ii"])
def test_levels_are_read_as_people_number_them(employer: Employer, level: str) -> None:
    made = planned(employer, row(certification="FA", level=level))
    assert [one.level for one in made.people[0].offers] == ["II"]


def test_one_person_with_two_certifications(employer: Employer) -> None:
    TeamFactory(employer=employer, name="North crew")
    made = planned(
        employer,
        row(name="Dana Reyes", team="north CREW", site="Yard", certification="fire alarm systems", level="ii",
            number="142207", expiry="2027-03-31"),
        row("DANA@example.org", certification="wrt", expiry="31 Mar 2027"),
    )  # fmt: skip
    assert made.problems == []
    (dana,) = made.invited
    assert (dana.name, dana.line, dana.team, dana.site) == ("Dana Reyes", 2, "north CREW", "Yard")
    assert [(one.title, one.level, one.number, one.expiry) for one in dana.offers] == [
        ("Fire Alarm Systems, Level II", "II", "142207", "2027-03-31"),
        ("Water Damage", "", "", "2027-03-31"),
    ]
    assert (made.new_teams, made.new_sites, made.offered, made.ready) == ([], ["Yard"], 2, True)


@pytest.mark.parametrize("name", ["Fire Alarm Systems", "FA", "fire-alarm", "NICET Fire Alarm Systems", "nicet fa"])
@pytest.mark.parametrize("level", ["II", "Level II", "level ii", ""])
def test_names_of_certifications_and_levels(employer: Employer, name: str, level: str) -> None:
    made = planned(employer, row(certification=name, level=level))
    assert made.problems == []
    assert made.invited[0].offers[0].level == ("II" if level else "")


@pytest.mark.parametrize(
    ("facts", "column", "expected"),
    [
        ({"email": ""}, "Email", "An email address, like name@example.org"),
        ({"email": "dana"}, "Email", "An email address, like name@example.org"),
        ({"email": "a@x.org, b@x.org"}, "Email", "An email address, like name@example.org"),
        ({"email": "d@ex\u0430mple.org"}, "Email", "An email address, like name@example.org"),
        ({"name": "x" * 121}, "Name", "120 characters or fewer"),
        ({"team": "x" * 121}, "Team", "120 characters or fewer"),
        ({"certification": "Rope access"}, "Certification", "The name of a certification as in our list"),
        ({"certification": "Twin"}, "Certification", "Which one: Body A Twin or Body B Twin"),
        ({"certification": "FA", "level": "VII"}, "Level", "One of: Level I, Level II"),
        ({"certification": "WRT", "level": "I"}, "Level", "Nothing: this certification has no levels"),
        ({"number": "142207"}, "Certification", "A certification, because there is a number"),
        ({"certification": "FA", "number": "1" * 61}, "Number", "60 characters or fewer"),
        ({"certification": "FA", "expiry": "soon"}, "Expiry date", "A real date, like 2027-03-31 or 31 Mar 2027"),
        ({"certification": "FA", "expiry": "2027-02-29"}, "Expiry date", "A real date, like 2027-03-31 or 31 Mar 2027"),
        ({"certification": "FA", "expiry": "2036-09-21"}, "Expiry date", "A date within 10 years"),
        ({"certification": "FA", "expiry": "2016-09-19"}, "Expiry date", "A date within 10 years"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(
    employer: Employer, facts: dict[str, str], column: str, expected: str
) -> None:
    made = planned(employer, row("good@example.org"), row(**facts))
    assert problems(made) == [(3, column, expected)]
    assert not made.ready


def test_too_many_cells(employer: Employer) -> None:
    assert problems(planned(employer, [*row(), "x"])) == [(2, "", "As many as there are headings: 8")]


def test_dates_that_could_be_two_are_read_as_chosen(employer: Employer) -> None:
    one = row(certification="FA", expiry="3/4/2027")
    assert planned(employer, one, order=MONTH_FIRST).people[0].offers[0].expiry == "2027-03-04"
    assert planned(employer, one, order=DAY_FIRST).people[0].offers[0].expiry == "2027-04-03"
    assert problems(planned(employer, one)) != []


def test_rows_that_repeat_and_rows_that_contradict(employer: Employer) -> None:
    one = row(team="North", certification="FA", level="I", number="1")
    made = planned(employer, one, one, row(), row(team="South"), row(certification="FA", level="II"))
    assert made.repeated == 2
    assert problems(made) == [
        (5, "Team", "North, as in line 2"),
        (6, "Certification", "The same as before for dana@example.org, or one line only"),
    ]


def test_who_is_here_already_and_who_is_invited_already(employer: Employer) -> None:
    MembershipFactory(employer=employer, user=UserFactory(email="here@example.org"))
    InvitationFactory(employer=employer, email="asked@example.org")
    made = planned(employer, row("here@example.org"), row("asked@example.org", team="Unused"), row("new@example.org"))
    assert [[one.email for one in group] for group in (made.members, made.waiting, made.invited)] == [
        ["here@example.org"], ["asked@example.org"], ["new@example.org"],
    ]  # fmt: skip
    assert made.new_teams == []


def test_another_employers_people_are_as_unknown_as_anybody(employer: Employer) -> None:
    MembershipFactory(user=UserFactory(name="Theirs", email="theirs@example.org"))
    theirs, nobody = (planned(employer, row(email)) for email in ("theirs@example.org", "nobody@example.org"))
    assert [(one.name, one.outcome, one.offers) for one in theirs.people] == [
        (one.name, one.outcome, one.offers) for one in nobody.people
    ]


def test_another_employers_places_are_new_here(employer: Employer) -> None:
    TeamFactory(name="North")
    SiteFactory(name="Yard")
    made = planned(employer, row(team="North", site="Yard"))
    assert (made.new_teams, made.new_sites) == (["North"], ["Yard"])


def test_one_bad_row_in_ten_thousand_is_found_in_a_constant_number_of_queries(employer: Employer) -> None:
    def queries(rows: list[list[str]]) -> tuple[int, Plan]:
        with CaptureQueriesContext(connection) as seen:
            made = planned(employer, *rows)
        return len(seen), made

    good = [row(f"p{n // 2}@example.org", certification=("FA", "WRT")[n % 2]) for n in range(10_000)]
    good[7_776] = row("p3888@example.org", certification="FAX")
    few, _ = queries([row()])
    many, made = queries(good)
    assert many == few
    assert problems(made) == [(7_778, "Certification", "The name of a certification as in our list")]
    assert len(made.people) == 5_000


def test_more_people_than_one_import_takes(employer: Employer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "MOST_PEOPLE", 2)
    made = planned(employer, *(row(f"p{n}@example.org") for n in range(3)))
    assert problems(made) == [(4, "", "Import at most 2 people at a time")]


def test_what_cannot_be_seen_is_no_text(employer: Employer) -> None:
    facts: dict[str, Any] = {"name": "Da\u200bna\x0b Re\u202eyes", "team": " North \n crew "}
    (dana,) = planned(employer, row("\ufeffdana@example.org", **facts)).invited
    assert (dana.email, dana.name, dana.team) == ("dana@example.org", "Dana Reyes", "North crew")
