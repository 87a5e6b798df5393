"""A team with people who share different things, read by a coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from accounts.models import Employer, Membership, Team, User
from renewals.models import Standing
from tests.factories.accounts import UserFactory
from tests.factories.certifications import HeldCertificationFactory, RenewalPeriodFactory
from tests.factories.employers import EmployerFactory, MembershipFactory, TeamFactory
from tests.factories.renewals import StandingFactory

COUNTED = datetime(2026, 10, 1, 11, tzinfo=UTC)


@dataclass
class TeamOf:
    """An employer, who looks after it, and its crew."""

    employer: Employer
    coordinator: User
    crew: Team

    def joins(self, name: str, shares: str = "activities", user: User | None = None, **facts: object) -> Membership:
        user = user or UserFactory(name=name)
        return MembershipFactory(employer=self.employer, user=user, shares=shares, team=self.crew, **facts)


def make_team(name: str = "Ridgeline Fire and Security") -> TeamOf:
    employer = EmployerFactory(name=name)
    coordinator = UserFactory(name="Ruth Okafor")
    MembershipFactory(employer=employer, user=coordinator, coordinator=True)
    return TeamOf(employer, coordinator, TeamFactory(employer=employer, name="North crew"))


def stand(user: User, **facts: object) -> Standing:
    """A counted snapshot: At risk, 81 of 90, ends 31 Mar 2027, unless said otherwise."""
    held = HeldCertificationFactory(
        user=user, number="142207", with_level=True, certification__name="Fire Alarm Systems"
    )
    period = RenewalPeriodFactory(held=held)
    values: dict[str, object] = {
        "word": "at-risk", "on_course": False, "counted": 8100, "asked": 9900, "needed": 9000, "short": 900,
        "ends_on": date(2027, 3, 31), "window_opens": date(2026, 10, 2), "lapses_after": date(2027, 3, 31),
        "counted_at": COUNTED, "summary": {"unit": "points", "sub_line": "9 points short", "next": "Log field time."},
    }  # fmt: skip
    return StandingFactory(period=period, **{**values, **facts})
