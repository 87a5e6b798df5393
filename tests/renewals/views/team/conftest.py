"""A team with one technician, its owner at the desk, and a coordinator of another one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import Membership
from certifications.models import HeldCertification
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory, ClaimFactory
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.teams import TeamOf, make_team, stand


@pytest.fixture
def team(stopped_clock: Any) -> TeamOf:
    return make_team()


@pytest.fixture
def dee(team: TeamOf) -> Membership:
    return team.joins("Dee Ruiz")


@pytest.fixture
def held(dee: Membership) -> HeldCertification:
    """Ten hours of classes this year."""
    period = stand(dee.user).period
    activity = ActivityFactory(user=dee.user, on=date(2026, 3, 12), amount=1000)
    ClaimFactory(period=period, activity=activity, asked=1000, counted=1000)
    return period.held


@pytest.fixture
def owner(client: Client, team: TeamOf) -> Client:
    client.force_login(Membership.objects.get(employer=team.employer, role="owner").user)
    return client


@pytest.fixture
def coordinator(stopped_clock: Any) -> Membership:
    user = UserFactory(name="Rae Okafor", email="rae@example.org")
    return MembershipFactory(user=user, role=Membership.Role.COORDINATOR, employer=EmployerFactory(name="Ridgeline"))
