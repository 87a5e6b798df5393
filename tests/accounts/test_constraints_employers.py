"""What the database refuses about employers and who works for them, past the ORM."""

from datetime import date
from threading import Event

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Employer, Invitation, Membership
from tests.factories.employers import EmployerFactory, InvitationFactory, MembershipFactory, SiteFactory, TeamFactory
from tests.guards import accepted, copy, delete, drop, foreign_key, insert, refused, run, update
from tests.threads import at_once

pytestmark = pytest.mark.django_db
EMPLOYERS, MEMBERSHIPS, INVITATIONS = "accounts_employer", "accounts_membership", "accounts_invitation"


@pytest.fixture
def employer() -> Employer:
    return EmployerFactory()


@pytest.fixture
def invitation(employer: Employer) -> Invitation:
    return InvitationFactory(employer=employer)


def owner_of(employer: Employer) -> Membership:
    return Membership.objects.get(employer=employer, role="owner")


@pytest.mark.parametrize(
    ("guard", "changes"),
    [
        ("employer_named", {"name": ""}),
        ("employer_digest_on_a_weekday", {"digest_weekday": 7}),
        ("accounts_employer_digest_weekday_check", {"digest_weekday": -1}),
    ],
)
def test_an_employer_is_sane(employer: Employer, guard: str, changes: dict[str, object]) -> None:
    refused(guard, update(EMPLOYERS, employer.pk, **changes))


def test_an_employer_begins_with_an_owner(employer: Employer) -> None:
    values = {"name": "Nobody's", "time_zone": "UTC", "made_at": employer.made_at, "is_demo": False}
    refused("employer_begins_with_an_owner", insert(EMPLOYERS, **values))


@pytest.mark.parametrize("changes", [{"role": "coordinator"}, {"left_on": date(2026, 10, 1)}])
def test_an_employer_keeps_an_owner(employer: Employer, changes: dict[str, object]) -> None:
    owner = owner_of(employer)
    refused("employer_keeps_an_owner", update(MEMBERSHIPS, owner.pk, **changes))
    other = MembershipFactory(employer=employer, coordinator=True)
    follow = update(MEMBERSHIPS, other.pk, role="owner")
    accepted(update(MEMBERSHIPS, owner.pk, **changes), follow)


def test_the_last_owner_is_neither_deleted_nor_moved_away(employer: Employer) -> None:
    refused("employer_keeps_an_owner", delete(MEMBERSHIPS, owner_of(employer).pk))
    move = update(MEMBERSHIPS, owner_of(employer).pk, employer_id=EmployerFactory().pk)
    refused("employer_keeps_an_owner", move)


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_do_not_both_get_away() -> None:
    """Each still sees the other one; so the second must wait until the first is really gone."""
    with transaction.atomic():
        employer = EmployerFactory()
    first, second = owner_of(employer), MembershipFactory(employer=employer, role="owner")
    checked, also_checked = Event(), Event()

    def leave_first() -> None:
        with transaction.atomic():
            run(update(MEMBERSHIPS, first.pk, left_on=date(2026, 10, 1)))
            checked.set()
            assert not also_checked.wait(1)

    def leave_second() -> None:
        assert checked.wait(30)
        with transaction.atomic():
            run(update(MEMBERSHIPS, second.pk, left_on=date(2026, 10, 1)))
            also_checked.set()

    gone, kept = at_once(leave_first, leave_second)
    assert gone is None
    assert isinstance(kept, IntegrityError)
    assert Membership.objects.get(employer=employer, role="owner", left_on=None) == second


@pytest.mark.parametrize(
    ("joined", "left"), [(date(2025, 1, 1), None), (date(2025, 1, 1), date(2025, 6, 3)), (date(2026, 4, 30), None)]
)
def test_nobody_works_twice_for_an_employer_at_a_time(joined: date, left: date | None) -> None:
    """2 Jun 2025 up to 1 May 2026."""
    member = MembershipFactory(left=True)
    refused("membership_one_at_a_time", copy(MEMBERSHIPS, member.pk, joined_on=joined, left_on=left))


def test_somebody_may_come_back_and_work_for_two() -> None:
    member = MembershipFactory(left=True)
    accepted(copy(MEMBERSHIPS, member.pk, joined_on=date(2026, 5, 1), left_on=None))
    accepted(copy(MEMBERSHIPS, member.pk, employer_id=EmployerFactory().pk))


def test_nobody_leaves_before_they_joined() -> None:
    member = MembershipFactory()
    drop("membership_one_at_a_time")  # it cannot make a range of such dates, which refuses them a second time
    refused("membership_left_after_joined", update(MEMBERSHIPS, member.pk, left_on=date(2025, 6, 1)))


@pytest.mark.parametrize(
    ("column", "place", "of_membership", "of_invitation"),
    [
        ("team_id", TeamFactory, "membership_team_of_employer", "invitation_team_of_employer"),
        ("site_id", SiteFactory, "membership_site_of_employer", "invitation_site_of_employer"),
    ],
)
def test_a_team_or_site_is_of_the_employer(column: str, place: type, of_membership: str, of_invitation: str) -> None:
    member, invitation, foreign = MembershipFactory(), InvitationFactory(), place().pk
    refused(of_membership, update(MEMBERSHIPS, member.pk, **{column: foreign}))
    refused(of_invitation, update(INVITATIONS, invitation.pk, **{column: foreign}))
    accepted(update(MEMBERSHIPS, member.pk, **{column: place(employer=member.employer).pk}))


@pytest.mark.parametrize(
    ("guard", "table", "place"),
    [("team_name_once", "accounts_team", TeamFactory), ("site_name_once", "accounts_site", SiteFactory)],
)
def test_a_team_or_site_is_named_once(guard: str, table: str, place: type) -> None:
    row = place()
    refused(guard, copy(table, row.pk))
    accepted(copy(table, row.pk, employer_id=EmployerFactory().pk))


@pytest.mark.parametrize(
    ("guard", "changes"),
    [
        ("invitation_expires_later", {"expires_at": "2026-09-01 00:00+00"}),
        ("invitation_token_is_hashed", {"token_hash": "token"}),
        ("invitation_used_made_a_membership", {"used_at": "2026-09-03 00:00+00"}),
    ],
)
def test_an_invitation_is_sane(invitation: Invitation, guard: str, changes: dict[str, object]) -> None:
    refused(guard, update(INVITATIONS, invitation.pk, **changes))


def test_a_membership_comes_of_an_accepted_invitation(invitation: Invitation) -> None:
    member = MembershipFactory(employer=invitation.employer)
    refused("invitation_used_made_a_membership", update(INVITATIONS, invitation.pk, membership_id=member.pk))
    accepted(update(INVITATIONS, invitation.pk, membership_id=member.pk, used_at="2026-09-03 00:00+00"))


def test_one_open_invitation_for_an_address(invitation: Invitation) -> None:
    refused("invitation_one_open", copy(INVITATIONS, invitation.pk, token_hash="b" * 64))
    accepted(copy(INVITATIONS, invitation.pk, token_hash="b" * 64, revoked_at="2026-09-02 00:00+00"))


@pytest.mark.parametrize("answer", ["declined_at", "revoked_at", "used_at"])
@pytest.mark.parametrize(
    "changes", [{"expires_at": "2027-01-01 00:00+00"}, {"role": "owner"}, {"email": "x@example.org"}]
)
def test_an_invitation_is_answered_once(employer: Employer, answer: str, changes: dict[str, str]) -> None:
    given = {"used": True} if answer == "used_at" else {answer: employer.made_at}
    row = InvitationFactory(employer=employer, **given)
    refused("invitation_answer_stays", update(INVITATIONS, row.pk, **changes))


def test_an_answer_is_not_taken_back(employer: Employer) -> None:
    row = InvitationFactory(employer=employer, revoked_at=employer.made_at)
    refused("invitation_answer_stays", update(INVITATIONS, row.pk, revoked_at=None))


def test_an_employer_of_somebody_stays() -> None:
    gone = delete(EMPLOYERS, MembershipFactory().employer_id)
    refused(foreign_key(MEMBERSHIPS, "employer_id"), gone)
