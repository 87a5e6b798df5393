"""What an employer may see of whom, on which days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts.models import Membership, User
from renewals.access import overseen, owned, visible_activities, visible_evidence, visible_held, visible_standings
from tests.factories.activities import EvidenceLinkFactory
from tests.factories.teams import TeamOf, make_team, stand

pytestmark = pytest.mark.django_db
JOINED, LEFT = date(2026, 3, 1), date(2026, 9, 1)
DAY = timedelta(days=1)


@pytest.fixture
def team() -> TeamOf:
    return make_team()


def shown(membership: Membership, today: date) -> tuple[bool, bool, bool, bool]:
    """Whether the employer sees the certification, its standing, the activity and its file."""
    employer = membership.employer
    return (
        visible_held(employer, today).exists(), visible_standings(employer, today).exists(),
        visible_activities(membership, today).exists(), visible_evidence(membership, today).exists(),
    )  # fmt: skip


def recorded(user: User) -> None:
    stand(user)
    EvidenceLinkFactory(user=user)  # with an activity and a stored file


@pytest.mark.parametrize(
    ("shares", "seen"),
    [
        ("nothing", (False, False, False, False)),
        ("standing", (True, True, False, False)),
        ("activities", (True, True, True, False)),
        ("evidence", (True, True, True, True)),
    ],
)
def test_as_much_as_is_shared(team: TeamOf, shares: str, seen: tuple[bool, ...]) -> None:
    membership = team.joins("Dee Ruiz", shares=shares, joined_on=JOINED)
    recorded(membership.user)
    assert shown(membership, JOINED) == seen


def test_from_the_day_of_joining_to_the_day_before_leaving(team: TeamOf) -> None:
    membership = team.joins("Dee Ruiz", shares="evidence", joined_on=JOINED, left_on=LEFT)
    recorded(membership.user)
    for day, seen in ((JOINED - DAY, False), (JOINED, True), (LEFT - DAY, True), (LEFT, False)):
        assert shown(membership, day) == (seen,) * 4, day


def test_coordinators_look_and_owners_manage(team: TeamOf) -> None:
    technician = team.joins("Dee Ruiz").user
    owner = Membership.objects.get(employer=team.employer, role="owner").user
    today = date(2026, 10, 1)
    assert [overseen(user, today).exists() for user in (technician, team.coordinator, owner)] == [False, True, True]
    assert [owned(user, today).exists() for user in (technician, team.coordinator, owner)] == [False, False, True]
