"""The weekly digest says what the pages say."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renewals.digest import digest
from renewals.teams.board import board
from renewals.teams.filters import Filters
from tests.factories.employers import CoverageTargetFactory
from tests.factories.teams import make_team, stand

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)


def test_it_says_what_the_dashboard_says() -> None:
    team = make_team()
    for number in range(12):
        stand(team.joins(f"Person {number:02}").user)
    stand(team.joins("Fine").user, on_course=True)
    stand(team.joins("Hidden", shares="nothing").user)
    gap = CoverageTargetFactory(employer=team.employer)
    said, shown = digest(team.employer, TODAY), board(team.employer, TODAY, Filters())
    assert (
        (said.people, said.acting, said.tallies)
        == (shown.people, shown.acting, shown.tallies)
        == (14, 12, said.tallies)
    )
    assert said.headline == "12 of 14 people need action"
    assert (len(said.first), said.more) == (10, 2)
    assert [one.standing.user.name for one in said.first][:2] == ["Person 00", "Person 01"]
    assert [one.certification for one in said.gaps] == [gap.certification]
    assert said.says_something


def test_nothing_to_say() -> None:
    team = make_team()
    stand(team.joins("Fine").user, on_course=True)
    assert not digest(team.employer, TODAY).says_something


def test_as_many_queries_for_20_people_as_for_one() -> None:
    team, counts = make_team(), []
    for more in (1, 19):
        for _ in range(more):
            stand(team.joins("Person").user)
        with CaptureQueriesContext(connection) as captured:
            assert all(one.title for one in digest(team.employer, TODAY).first)
        counts.append(len(captured))
    assert counts[0] == counts[1]
