"""The dashboard: counts, matrix, filters, and the same number of queries however many people there are."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Site
from renewals.teams.board import board
from renewals.teams.filters import Filters
from tests.factories.accounts import UserFactory
from tests.factories.certifications import CertificationFactory, HeldCertificationFactory, RenewalPeriodFactory
from tests.factories.employers import CoverageTargetFactory
from tests.factories.renewals import StandingFactory
from tests.factories.teams import TeamOf, make_team, stand

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)
ON_TRACK = {"word": "on-track", "on_course": True, "window_opens": date(2027, 3, 2)}


@pytest.fixture
def team() -> TeamOf:
    return make_team()


def test_counts_are_the_sum_of_the_cells(team: TeamOf) -> None:
    one, other = team.joins("Dana Reyes").user, team.joins("Sam Okoro").user
    for facts in ({}, ON_TRACK, {"lapses_after": date(2026, 8, 31), "ends_on": date(2026, 8, 31)}):
        stand(one, **facts)
    stand(other, **ON_TRACK)
    found = board(team.employer, TODAY, Filters())
    cells = [cell for row in found.rows for cell in row.cells if cell]
    assert {tally.word: tally.number for tally in found.tallies} == {"lapsed": 1, "due": 0, "at-risk": 1, "on-track": 2}
    assert found.held == len(cells) == 4
    assert (found.acting, found.people) == (1, 2)
    assert sum(column.cover.now for column in found.columns) == 3


def test_who_shares_nothing_is_named_and_not_more(team: TeamOf) -> None:
    stand(team.joins("Lee Novak", shares="nothing").user)
    found = board(team.employer, TODAY, Filters())
    (row,) = found.rows
    assert (row.membership.user.name, row.shares_nothing, row.told) == ("Lee Novak", True, ())
    assert (found.held, found.acting, found.columns, found.counted_at) == (0, 0, (), None)


def test_who_shares_the_standing_shows_no_points(team: TeamOf) -> None:
    stand(team.joins("Lee Novak", shares="standing").user)
    (row,) = board(team.employer, TODAY, Filters()).rows
    assert (row.told[0].label, row.told[0].number, row.told[0].sub_line, row.told[0].fix) == ("At risk", "", "", "")


def test_a_former_member_and_another_employer_are_not_there(team: TeamOf) -> None:
    stand(team.joins("Gone", left_on=TODAY).user)
    stand(make_team("Other Works").joins("Elsewhere").user)
    assert board(team.employer, TODAY, Filters()).rows == ()


def test_overseers_are_listed_where_they_hold_something(team: TeamOf) -> None:
    assert board(team.employer, TODAY, Filters()).people == 0
    stand(team.coordinator, **ON_TRACK)
    assert [row.membership.user for row in board(team.employer, TODAY, Filters()).rows] == [team.coordinator]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"standing": "at-risk"}, ["Dana"]),
        ({"standing": "action"}, ["Dana", "Eve"]),
        ({"standing": "on-track"}, ["Sam"]),
        ({"ends": date(2026, 12, 31)}, ["Eve"]),
        ({"ends": date(2027, 12, 31)}, ["Dana", "Eve", "Sam"]),
        ({}, ["Dana", "Eve", "None", "Sam"]),
    ],
)
def test_filters_by_standing_and_end(team: TeamOf, asked: dict[str, object], names: list[str]) -> None:
    stand(team.joins("Dana").user)
    stand(team.joins("Eve").user, window_opens=date(2026, 6, 1), ends_on=date(2026, 11, 30))
    stand(team.joins("Sam").user, **ON_TRACK)
    team.joins("None")
    found = board(team.employer, TODAY, Filters(**asked))  # type: ignore[arg-type]
    assert [row.membership.user.name for row in found.rows] == names


def test_filters_by_team_site_and_certification(team: TeamOf) -> None:
    yard = Site.objects.create(employer=team.employer, name="Yard")
    here, there = team.joins("Dana", site=yard), team.joins("Sam")
    one = stand(here.user)
    stand(here.user)
    stand(there.user)
    assert [row.membership for row in board(team.employer, TODAY, Filters(site=yard.pk)).rows] == [here]
    assert len(board(team.employer, TODAY, Filters(team=team.crew.pk)).rows) == 2
    found = board(team.employer, TODAY, Filters(certification=one.held.certification_id))
    assert [row.membership for row in found.rows] == [here]
    assert [column.cover.certification for column in found.columns] == [one.held.certification]


def test_a_target_has_its_column_even_where_nobody_holds_it(team: TeamOf) -> None:
    team.joins("Dana")
    wanted = CoverageTargetFactory(employer=team.employer, people=2)
    (column,) = board(team.employer, TODAY, Filters()).columns
    assert (column.cover.certification, column.cover.now, column.cover.target) == (wanted.certification, 0, 2)


def test_above_25_people_are_grouped_by_site_and_a_page_has_50(team: TeamOf) -> None:
    yards = [Site.objects.create(employer=team.employer, name=name) for name in ("B yard", "A yard")]
    for number in range(52):
        team.joins(f"Person {number:02}", site=yards[number % 2] if number else None)
    found = board(team.employer, TODAY, Filters())
    assert found.grouped
    assert len(found.rows) == 50
    assert [row.membership.site.name for row in found.rows if row.membership.site] == ["A yard"] * 26 + ["B yard"] * 24
    last = board(team.employer, TODAY, Filters(), "2")
    assert [row.membership.site for row in last.rows][-1] is None
    assert board(team.employer, TODAY, Filters(), "x").page.number == 1


def test_the_oldest_count_says_how_old_the_page_is(team: TeamOf) -> None:
    user = team.joins("Dana").user
    stand(user, counted_at=datetime(2026, 9, 30, 12, tzinfo=UTC))
    assert not board(team.employer, TODAY, Filters()).stale
    stand(user, counted_at=datetime(2026, 9, 29, 12, tzinfo=UTC))
    found = board(team.employer, TODAY, Filters())
    assert (found.stale, found.days_old) == (True, 2)


def test_next_dates_come_soonest_first_and_not_from_the_past(team: TeamOf) -> None:
    user = team.joins("Dana").user
    for day in (date(2027, 3, 31), date(2026, 8, 31), date(2026, 12, 14)):
        stand(user, ends_on=day)
    dates = [one.standing.ends_on for one in board(team.employer, TODAY, Filters()).next_dates]
    assert dates == [date(2026, 12, 14), date(2027, 3, 31)]


def many(team: TeamOf, number: int) -> None:
    """People with three certifications of three kinds each."""
    kinds = [CertificationFactory() for _ in range(3)]
    for one in range(number):
        user = UserFactory(name=f"Person {one:03}")
        team.joins("", user=user)
        for kind in kinds:
            held = HeldCertificationFactory(user=user, certification=kind)
            StandingFactory(period=RenewalPeriodFactory(held=held), lapses_after=TODAY, window_opens=TODAY)


def queries(team: TeamOf) -> int:
    with CaptureQueriesContext(connection) as captured:
        found = board(team.employer, TODAY, Filters())
        assert all(cell.title and cell.number for row in found.rows for cell in row.cells if cell)
    return len(captured)


def test_as_many_queries_for_60_people_as_for_one(team: TeamOf) -> None:
    many(team, 1)
    alone = queries(team)
    many(team, 59)
    assert queries(team) == alone <= 11
