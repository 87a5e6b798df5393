"""The demo employer is the sample dashboard: 24 certifications, counted by the real rules."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import Employer, Membership, User
from certifications.models import CoverageTarget
from renewals.access import people_of, visible_standings
from renewals.demo import seed
from renewals.demo.people import SAMPLE_DAY
from renewals.demo.ridgeline import COORDINATOR, NAME, OWNER
from tests.factories.demo import seeded
from tests.renewals.pages import said

pytestmark = pytest.mark.django_db

SHORT_NAMES = {
    "fire-alarm-systems": "FA", "inspection-testing-fire-alarm": "IT", "special-hazards-systems": "SH",
    "inspection-testing-water-based": "WB",
}  # fmt: skip
CELLS = {
    "Adaeze Abara": {"FA-L2": "on-track 92", "SH-L1": "at-risk 81", "IT-L2": "on-track 64", "WB-L1": "on-track 77"},
    "Bo Chen": {"FA-L2": "at-risk 22", "SH-L1": "on-track 77", "IT-L2": "on-track 92"},
    "Carla Diaz": {"FA-L2": "on-track 92", "IT-L2": "on-track 77", "WB-L1": "on-track 64"},
    "Evan Ellis": {"FA-L2": "on-track 77", "IT-L2": "on-track 77", "WB-L1": "on-track 64"},
    "Kadiatu Fofana": {"FA-L3": "on-track 64", "SH-L1": "on-track 77", "WB-L1": "on-track 64"},
    "Pria Grant": {"FA-L2": "due 90", "SH-L1": "at-risk 22"},
    "Rami Haddad": {"FA-L2": "on-track 64", "SH-L1": "on-track 92", "IT-L2": "due 71", "WB-L1": "lapsed 52"},
    "Dana Reyes": {"FA-L2": "at-risk 81", "IT-L2": "on-track 94"},
}


def cells(today: date) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for one in visible_standings(Employer.objects.get(), today).select_related(
        "user", "held__certification", "held__level"
    ):
        level = {"I": 1, "II": 2, "III": 3}[one.held.level.code]
        key = f"{SHORT_NAMES[one.held.certification.slug]}-L{level}"
        found.setdefault(one.user.name, {})[key] = f"{one.today_word} {one.counted // 100}"
        assert one.counted % 100 == 0
    return found


@pytest.fixture
def ridgeline(rule_packs: None, tmp_path: Path, settings: Any) -> Employer:
    settings.MEDIA_ROOT = tmp_path
    seeded(datetime(2026, 10, 1, 13, tzinfo=UTC))
    return Employer.objects.get()


def test_every_cell_of_the_sample(ridgeline: Employer) -> None:
    assert ridgeline.name == NAME
    found = cells(SAMPLE_DAY)
    assert found == CELLS
    words = Counter(cell.split()[0] for row in found.values() for cell in row.values())
    assert words == {"lapsed": 1, "due": 2, "at-risk": 4, "on-track": 17}
    acting = [name for name, row in found.items() if any(not cell.startswith("on-track") for cell in row.values())]
    assert len(acting) == 5


def test_what_is_short_and_when_it_ends(ridgeline: Employer) -> None:
    rows = visible_standings(ridgeline, SAMPLE_DAY).worst_first().exclude(today_word="on-track")
    assert [(row.user.name, row.today_word, row.ends_on, row.short) for row in rows.select_related("user")] == [
        ("Rami Haddad", "lapsed", date(2026, 8, 31), 3800),
        ("Rami Haddad", "due", date(2026, 12, 14), 1900),
        ("Dana Reyes", "at-risk", date(2027, 3, 31), 900),
        ("Adaeze Abara", "at-risk", date(2027, 3, 31), 900),
        ("Bo Chen", "at-risk", date(2027, 5, 31), 6800),
        ("Pria Grant", "at-risk", date(2027, 5, 31), 6800),
        ("Pria Grant", "due", date(2026, 11, 30), 0),
    ]


def test_room_is_named_first_where_the_next_step_leads(ridgeline: Employer) -> None:
    for one in visible_standings(ridgeline, SAMPLE_DAY).filter(summary__next__startswith="log field time"):
        assert one.summary["room"][0][0] == "Active Practitioner"


def test_nothing_is_logged_that_does_not_count_but_what_dana_logged(ridgeline: Employer) -> None:
    for row in visible_standings(ridgeline, SAMPLE_DAY).exclude(user__name="Dana Reyes"):
        assert row.asked == row.counted


def test_people_teams_and_targets(ridgeline: Employer) -> None:
    people = people_of(ridgeline, SAMPLE_DAY)
    assert Counter(people.values_list("role", flat=True)) == {"technician": 8, "coordinator": 1, "owner": 1}
    assert people.get(user__email=COORDINATOR.email).sees_team
    assert people.get(user__email=OWNER.email).role == Membership.Role.OWNER
    assert {one.team.name for one in people if one.team} == {"Alarms", "Inspection"}
    assert {one.site.name for one in people if one.site} == {"North yard", "South yard"}
    targets = CoverageTarget.objects.filter(employer=ridgeline).select_related("certification", "level")
    assert {(SHORT_NAMES[one.certification.slug], one.level.code, one.people) for one in targets} == {
        ("FA", "II", 5), ("FA", "III", 2), ("SH", "I", 3), ("IT", "II", 4), ("WB", "I", 4),
    }  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("days", [30, 140])
def test_it_stands_the_same_on_other_days(rule_packs: None, days: int) -> None:
    today = SAMPLE_DAY + timedelta(days=days)
    seed(at=datetime(today.year, today.month, today.day, 13, tzinfo=UTC), today=today)
    assert cells(today) == CELLS


def test_two_activities_wait_to_be_confirmed(ridgeline: Employer, client: Client) -> None:
    client.force_login(User.objects.get(email=COORDINATOR.email))
    page = said(client.get("/team/confirmations/"))
    assert "Code update course" in page
    assert "Inspection task force, state chapter" in page
