"""Opening employers, their settings, teams and sites."""

from datetime import UTC, date, datetime

import pytest

from accounts import actions
from accounts.models import AuditEvent, Employer, Invitation, Membership, Site, Team
from accounts.problems import NameTaken, PlaceGone, StillUsed
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, InvitationFactory, MembershipFactory, SiteFactory, TeamFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
TODAY = date(2026, 10, 1)


def test_whoever_opens_an_employer_owns_it() -> None:
    ana, bo = UserFactory(time_zone="America/Denver"), UserFactory()
    first = actions.found_employer(by=ana, name="Ridgeline", at=AT, today=TODAY)
    assert (first.name, first.time_zone) == ("Ridgeline", "America/Denver")
    assert Membership.objects.get(employer=first, user=ana).role == "owner"
    # The same form again is the same employer; somebody else's of that name is another one.
    assert actions.found_employer(by=ana, name="Ridgeline", at=AT, today=TODAY) == first
    assert actions.found_employer(by=bo, name="Ridgeline", at=AT, today=TODAY) != first
    assert AuditEvent.objects.filter(verb="employer founded").count() == 2


def test_settings_are_written_when_they_differ() -> None:
    employer, by = EmployerFactory(name="Ridgeline"), UserFactory()
    actions.change_employer(employer=employer, by=by, at=AT, name="Ridgeline", digest_weekday=0)
    assert not AuditEvent.objects.exists()
    actions.change_employer(employer=employer, by=by, at=AT, name="Ridge", digest_weekday=None)
    employer.refresh_from_db()
    assert (employer.name, employer.digest_weekday) == ("Ridge", None)
    assert AuditEvent.objects.get().data["before"] == {"name": "Ridgeline", "digest_weekday": 0}
    with pytest.raises(ValueError, match="made_at"):
        actions.change_employer(employer=employer, by=by, at=AT, made_at=AT)


@pytest.mark.parametrize(("kind", "make"), [(Team, TeamFactory), (Site, SiteFactory)])
def test_teams_and_sites(kind: type, make: type) -> None:
    employer, by = EmployerFactory(), UserFactory()
    place = actions.add_place(kind=kind, employer=employer, name="Alarms", by=by, at=AT)
    other = make(employer=employer)
    with pytest.raises(NameTaken, match="ALARMS"):
        actions.add_place(kind=kind, employer=employer, name="ALARMS", by=by, at=AT)
    with pytest.raises(NameTaken):
        actions.rename_place(place=other, name="alarms", by=by, at=AT)
    assert actions.rename_place(place=place, name="ALARMS", by=by, at=AT).name == "ALARMS"
    actions.add_place(kind=kind, employer=EmployerFactory(), name="Alarms", by=by, at=AT)
    actions.remove_place(place=place, by=by, at=AT)
    assert list(kind.objects.filter(employer=employer)) == [other]
    word = kind.__name__.lower()
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [f"{word} added", f"{word} renamed", f"{word} added", f"{word} removed"]


@pytest.mark.parametrize("user", ["member", "past member", "invitation"])
def test_what_people_are_or_were_in_is_not_removed(user: str) -> None:
    team = TeamFactory()
    if user == "invitation":
        InvitationFactory(employer=team.employer, team=team)
    else:
        MembershipFactory(employer=team.employer, team=team, left=user == "past member")
    with pytest.raises(StillUsed):
        actions.remove_place(place=team, by=UserFactory(), at=AT)
    assert Team.objects.filter(pk=team.pk).exists()
    assert Employer.objects.filter(pk=team.employer_id).exists()


@pytest.mark.django_db
def test_what_another_owner_removed_meanwhile_takes_nobody_in() -> None:
    """Two owners at once: one removes a team while the other has it chosen in a form."""
    employer = EmployerFactory()
    team, member = TeamFactory(employer=employer, name="North"), MembershipFactory(employer=employer)
    chosen = Team.objects.get(pk=team.pk)
    who = {"by": member.user, "at": AT}
    actions.remove_place(place=team, **who)
    for act in (
        lambda: actions.rename_place(place=chosen, name="South", **who),
        lambda: actions.change_member(membership=member, role="technician", team=chosen, site=None, **who),
        lambda: actions.invite(
            employer=employer, pasted="a@example.org", role="technician", team=chosen, site=None, today=AT.date(), **who
        ),
    ):
        with pytest.raises(PlaceGone, match="North was removed a moment ago"):
            act()
    assert not Invitation.objects.exists()
