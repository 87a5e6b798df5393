"""Changing, sharing, leaving."""

from datetime import UTC, date, datetime

import pytest

from accounts import actions
from accounts.actions.memberships import first_day_away
from accounts.models import AuditEvent, Employer, Membership
from accounts.problems import LastOwner
from tests.factories.employers import EmployerFactory, MembershipFactory, SiteFactory, TeamFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 1, 13, tzinfo=UTC)


@pytest.fixture
def employer(db: None) -> Employer:
    return EmployerFactory(name="Ridgeline")


@pytest.fixture
def owner(employer: Employer) -> Membership:
    return Membership.objects.get(employer=employer)


def test_role_team_and_site(employer: Employer, owner: Membership) -> None:
    member, team, site = (
        MembershipFactory(employer=employer),
        TeamFactory(employer=employer),
        SiteFactory(employer=employer),
    )
    actions.change_member(membership=member, role="coordinator", team=team, site=site, by=owner.user, at=AT)
    member.refresh_from_db()
    assert (member.role, member.team, member.site) == ("coordinator", team, site)
    event = AuditEvent.objects.get(verb="membership changed")
    assert (event.actor, event.subject) == (owner.user, member.user)
    assert event.data["after"] == {"role": "coordinator", "team": team.name, "site": site.name}
    actions.change_member(membership=member, role="coordinator", team=team, site=site, by=owner.user, at=AT)
    assert AuditEvent.objects.filter(verb="membership changed").count() == 1


def test_the_last_owner_stays(employer: Employer, owner: Membership) -> None:
    for act in (
        lambda: actions.leave(membership=owner, by=owner.user, at=AT),
        lambda: actions.end_membership(membership=owner, by=owner.user, at=AT),
        lambda: actions.change_member(membership=owner, role="technician", team=None, site=None, by=owner.user, at=AT),
    ):
        with pytest.raises(LastOwner):
            act()
    other = MembershipFactory(employer=employer, role="owner")
    actions.leave(membership=owner, by=owner.user, at=AT)
    with pytest.raises(LastOwner):
        actions.leave(membership=other, by=other.user, at=AT)


def test_leaving_is_done_once_and_told(employer: Employer) -> None:
    member = MembershipFactory(employer=employer)
    actions.leave(membership=member, by=member.user, at=AT)
    actions.end_membership(membership=member, by=member.user, at=AT)
    member.refresh_from_db()
    assert member.left_on == date(2026, 10, 1)
    event = AuditEvent.objects.get(subject=member.user, verb="left employer")
    assert event.data["after"] == {"left_on": "2026-10-01"}
    assert not AuditEvent.objects.filter(verb="membership ended").exists()


@pytest.mark.parametrize(
    ("joined", "at", "away"),
    [
        (date(2025, 6, 2), datetime(2026, 10, 1, 13, tzinfo=UTC), date(2026, 10, 1)),
        # Somewhere it is still the day before, and who looks from there must see nothing either.
        (date(2025, 6, 2), datetime(2026, 10, 1, 11, 59, tzinfo=UTC), date(2026, 9, 30)),
        (date(2026, 10, 1), datetime(2026, 10, 1, 11, 59, tzinfo=UTC), date(2026, 10, 1)),
        (date(2026, 10, 2), datetime(2026, 10, 1, 13, tzinfo=UTC), date(2026, 10, 2)),
    ],
)
def test_the_first_day_away_is_the_earliest_anywhere(joined: date, at: datetime, away: date) -> None:
    assert first_day_away(joined, at) == away


def test_sharing_is_the_person_s_own_choice(employer: Employer, owner: Membership) -> None:
    member = MembershipFactory(employer=employer, shares="evidence")
    actions.share(membership=member, shares="standing", by=member.user, at=AT)
    member.refresh_from_db()
    assert (member.shares, member.shares_changed_at) == ("standing", AT)
    event = AuditEvent.objects.get(verb="sharing changed")
    assert event.data == {"before": {"shares": "evidence"}, "after": {"shares": "standing"}}
    for shares, by in (("evidence", owner.user), ("everything", member.user)):
        with pytest.raises(ValueError, match="Only the person"):
            actions.share(membership=member, shares=shares, by=by, at=AT)
