"""Coverage: how many of how many, today and later, and who could close a gap."""

from __future__ import annotations

from datetime import date

import pytest

from certifications.models import Certification, Level
from renewals.teams.board import board
from renewals.teams.coverage import candidates, covers, held_or_wanted
from renewals.teams.filters import Filters
from tests.factories.certifications import (
    CertificationFactory,
    HeldCertificationFactory,
    LevelFactory,
    RenewalPeriodFactory,
)
from tests.factories.employers import CoverageTargetFactory, InterestFactory
from tests.factories.renewals import StandingFactory
from tests.factories.teams import TeamOf, make_team

pytestmark = pytest.mark.django_db
TODAY, LATER = date(2026, 10, 1), date(2027, 3, 31)
STANDS = {
    "on track": {"on_course": True, "window_opens": date(2027, 1, 1), "lapses_after": date(2027, 2, 28)},
    "at risk, ends before": {"on_course": False, "window_opens": date(2027, 1, 1), "lapses_after": date(2027, 3, 30)},
    "at risk, ends that day": {"on_course": False, "window_opens": date(2027, 1, 1), "lapses_after": LATER},
    "due": {"on_course": True, "complete": True, "window_opens": TODAY, "lapses_after": date(2026, 12, 14)},
    "lapsed": {"on_course": True, "window_opens": TODAY, "lapses_after": date(2026, 9, 30)},
    "never ends": {"on_course": True, "window_opens": None, "lapses_after": None},
}


@pytest.fixture
def team() -> TeamOf:
    return make_team()


@pytest.fixture
def ladder() -> list[Level]:
    certification = CertificationFactory(name="Fire Alarm Systems")
    return [LevelFactory(certification=certification, position=number, name=f"Level {number}") for number in (1, 2, 3)]


def holder(
    team: TeamOf, level: Level | None, how: str = "on track", certification: Certification | None = None
) -> None:
    user = team.joins(f"Somebody {how}").user
    held = HeldCertificationFactory(user=user, certification=certification or level.certification, level=level)
    StandingFactory(period=RenewalPeriodFactory(held=held), **STANDS[how])


@pytest.mark.parametrize(
    ("how", "now", "then"),
    [
        ("on track", 1, 1),
        ("at risk, ends before", 1, 0),
        ("at risk, ends that day", 1, 1),
        ("due", 1, 0),
        ("lapsed", 0, 0),
        ("never ends", 1, 1),
    ],
)
def test_nobody_renews_who_is_not_on_track(team: TeamOf, ladder: list[Level], how: str, now: int, then: int) -> None:
    CoverageTargetFactory(employer=team.employer, certification=ladder[0].certification, level=ladder[0], people=1)
    holder(team, ladder[0], how)
    (cover,) = covers(team.employer, TODAY, LATER)
    assert (cover.now, cover.then) == (now, then)
    (today,) = covers(team.employer, TODAY)
    assert today.now == today.then == now


@pytest.mark.parametrize(
    ("target", "holders", "note"),
    [
        (2, 1, "one deep, short 1"),
        (1, 1, "one deep"),
        (3, 3, "no slack"),
        (3, 4, ""),
        (5, 0, "short 5"),
    ],
)
def test_notes(team: TeamOf, ladder: list[Level], target: int, holders: int, note: str) -> None:
    CoverageTargetFactory(employer=team.employer, certification=ladder[0].certification, level=ladder[0], people=target)
    for _ in range(holders):
        holder(team, ladder[0])
    (cover,) = covers(team.employer, TODAY)
    assert cover.note == note


def test_a_target_counts_its_level_or_any(team: TeamOf, ladder: list[Level]) -> None:
    certification = ladder[0].certification
    for level, people in ((None, 3), (ladder[1], 1)):
        CoverageTargetFactory(employer=team.employer, certification=certification, level=level, people=people)
    for level in (ladder[0], ladder[1], ladder[1]):
        holder(team, level)
    assert {cover.level: cover.now for cover in covers(team.employer, TODAY)} == {None: 3, ladder[1]: 2}


def test_numbers_of_today_are_those_under_the_matrix(team: TeamOf, ladder: list[Level]) -> None:
    for number, level in enumerate(ladder):
        CoverageTargetFactory(employer=team.employer, certification=level.certification, level=level, people=2)
        for how in list(STANDS)[number:]:
            holder(team, level, how)
    found = board(team.employer, TODAY, Filters())
    foot = {column.cover.level: (column.cover.now, column.cover.target) for column in found.columns}
    assert foot == {cover.level: (cover.then, cover.target) for cover in covers(team.employer, TODAY)}
    cells = [cell for row in found.rows for cell in row.cells if cell and cell.word != "lapsed"]
    assert sum(now for now, _ in foot.values()) == len(cells)


def test_held_or_wanted_is_all_that_could_have_a_target(team: TeamOf, ladder: list[Level]) -> None:
    CoverageTargetFactory(employer=team.employer, certification=ladder[2].certification, level=ladder[2])
    CoverageTargetFactory()
    holder(team, ladder[0])
    other = CertificationFactory(name="Backflow")
    holder(team, None, certification=other)
    assert [(one.certification, one.level) for one in held_or_wanted(team.employer, TODAY)] == [
        (other, None),
        (ladder[0].certification, ladder[0]),
        (ladder[0].certification, ladder[2]),
    ]


def test_candidates_are_those_who_said_so_and_those_a_level_below(team: TeamOf, ladder: list[Level]) -> None:
    CoverageTargetFactory(employer=team.employer, certification=ladder[2].certification, level=ladder[2])
    keen, quiet, private = (team.joins(name).user for name in ("Keen", "Quiet", "Private"))
    outside = make_team("Other").joins("Outside").user
    for user, shared in ((keen, True), (private, False), (outside, True)):
        InterestFactory(
            user=user, certification=ladder[2].certification, level=ladder[2], shared=shared, note="exam booked"
        )
    held = HeldCertificationFactory(user=quiet, certification=ladder[1].certification, level=ladder[1])
    StandingFactory(period=RenewalPeriodFactory(held=held), **STANDS["on track"])
    gaps = [one for one in covers(team.employer, TODAY) if one.short]
    (people,) = candidates(team.employer, TODAY, gaps).values()
    assert [(one.user.name, one.why) for one in people] == [
        ("Keen", "is interested, exam booked"),
        ("Quiet", "holds Level 2"),
    ]
