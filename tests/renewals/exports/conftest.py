"""A team that shares different things."""

from __future__ import annotations

import pytest

from tests.factories.teams import TeamOf, make_team, stand


@pytest.fixture
def team(db: None) -> TeamOf:
    """Dana shares points, Sam the standing only, Lee nothing; Dana also works elsewhere."""
    team = make_team()
    dana = team.joins("Dana Reyes").user
    stand(dana)
    stand(team.joins("Sam Okoro", shares="standing").user, word="on-track", on_course=True, window_opens=None)
    stand(team.joins("Lee Novak", shares="nothing").user)
    make_team("Secret Second Employer").joins("", user=dana)
    return team
