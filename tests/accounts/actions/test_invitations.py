"""Inviting people, and their answers."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from accounts import actions
from accounts.actions.invitations import hash_of
from accounts.models import AuditEvent, Employer, Invitation, Membership, User
from accounts.problems import AlreadyMember, InvitationClosed, MailedEnough
from accounts.queries import Outcome
from tests.factories.accounts import EmailAddressFactory, UserFactory
from tests.factories.employers import EmployerFactory, MembershipFactory, TeamFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
TODAY = date(2026, 10, 1)


@pytest.fixture
def employer(db: None) -> Employer:
    return EmployerFactory(name="Ridgeline")


@pytest.fixture
def owner(employer: Employer) -> User:
    return Membership.objects.get(employer=employer).user


@pytest.fixture
def dana(db: None) -> User:
    return UserFactory(email="dana@example.org", confirmed=True)


def invite(employer: Employer, by: User, pasted: str, at: datetime = AT, **changes: object) -> actions.Invited:
    facts = {"role": "technician", "team": None, "site": None, **changes}
    return actions.invite(employer=employer, pasted=pasted, by=by, at=at, today=TODAY, **facts)


def invited(employer: Employer, by: User, address: str = "dana@example.org") -> Invitation:
    (made,) = invite(employer, by, address).made
    return made


def accept(invitation: Invitation, by: User, at: datetime = AT, shares: str = "standing") -> Membership:
    return actions.accept(invitation=invitation, shares=shares, by=by, at=at, today=TODAY)


def tokens() -> list[str]:
    return [re.search(r"/invite/(\S+)/", sent.body)[1] for sent in mail.outbox]


def test_many_are_invited_at_once(employer: Employer, owner: User, django_capture_on_commit_callbacks) -> None:
    member = MembershipFactory(employer=employer, user__email="mo@example.org")
    EmailAddressFactory(user=member.user, email="mo.private@example.org")
    invited(employer, owner, "wanda@example.org")
    pasted = """ann@example.org, "Bo Chen" <Bo@Example.org>; ann@EXAMPLE.org
        mo@example.org\tmo.private@example.org
        wanda@example.org, not an address, x@, jos\u00e9@example.org"""
    with django_capture_on_commit_callbacks(execute=True):
        found = invite(employer, owner, pasted, team=TeamFactory(employer=employer))
    assert [(one.address, one.outcome) for one in found.planned] == [
        ("ann@example.org", Outcome.INVITE),
        ("Bo@Example.org", Outcome.INVITE),
        ("ann@EXAMPLE.org", Outcome.REPEATED),
        ("mo@example.org", Outcome.MEMBER),
        ("mo.private@example.org", Outcome.MEMBER),
        ("wanda@example.org", Outcome.OPEN),
        ("not an address", Outcome.UNREADABLE),
        ("x@", Outcome.UNREADABLE),
        ("jos\u00e9@example.org", Outcome.UNREADABLE),
    ]
    assert [one.to for one in mail.outbox] == [["ann@example.org"], ["Bo@Example.org"]]
    assert {one.team.name for one in found.made} == {found.made[0].team.name}
    # The mail holds the token, the database its hash.
    assert [hash_of(token) for token in tokens()] == [one.token_hash for one in found.made]
    assert found.made[0].expires_at == AT + timedelta(days=30)


def test_nothing_is_sent_when_nothing_is_kept(employer: Employer, owner: User) -> None:
    invite(employer, owner, "ann@example.org")
    assert mail.outbox == []


def test_an_address_known_here_is_answered_as_any_other(employer: Employer, owner: User, dana: User) -> None:
    """Also where it works for somebody else."""
    MembershipFactory(user=dana)
    known, unknown = invite(employer, owner, "dana@example.org"), invite(employer, owner, "new@example.org")
    assert [one.outcome for one in (*known.planned, *unknown.planned)] == [Outcome.INVITE, Outcome.INVITE]


def test_one_that_ran_out_can_be_invited_anew(employer: Employer, owner: User, dana: User) -> None:
    first = invited(employer, owner)
    later = AT + timedelta(days=31)
    (second,) = invite(employer, owner, "dana@example.org", at=later).made
    first.refresh_from_db()
    assert first.revoked_at == later
    with pytest.raises(InvitationClosed):
        accept(first, dana, at=later)
    assert accept(second, dana, at=later).employer == employer


def test_one_address_is_asked_three_times_a_day(employer: Employer, owner: User, dana: User) -> None:
    """Inviting, taking back and sending again count alike, also from another employer of the same owner."""
    first = invited(employer, owner)
    actions.resend(invitation=first, by=owner, at=AT + timedelta(hours=1))
    actions.revoke(invitation=first, by=owner, at=AT + timedelta(hours=1))
    later, again = AT + timedelta(hours=2), AT + timedelta(days=1)
    (third,) = invite(employer, owner, "Dana@Example.org", at=later).made
    with pytest.raises(MailedEnough, match=r"and the last link works\. Send it again from 2 Oct 2026, 09:00 on\."):
        actions.resend(invitation=third, by=owner, at=later)
    third.refresh_from_db()
    assert third.mailed_at is None  # the link that was sent works on
    actions.revoke(invitation=third, by=owner, at=later)
    other = EmployerFactory()
    MembershipFactory(employer=other, user=owner, role="owner")
    for place in (employer, other):
        planned = invite(place, owner, "dana@example.org, sam@example.org", at=later).planned
        assert [(one.outcome, one.again) for one in planned] == [(Outcome.ENOUGH, again), (Outcome.INVITE, None)]
    # Of who somebody else invites nothing is told, and a day later all is open again.
    stranger = Membership.objects.get(employer=EmployerFactory())
    assert invite(stranger.employer, stranger.user, "dana@example.org", at=later).made
    assert invite(employer, owner, "dana@example.org", at=again).made


def test_accepting_makes_a_membership(employer: Employer, owner: User, dana: User) -> None:
    team = TeamFactory(employer=employer)
    (invitation,) = invite(employer, owner, "Dana@Example.org", team=team, role="coordinator").made
    membership = accept(invitation, dana, shares="activities")
    invitation.refresh_from_db()
    assert (membership.user, membership.role, membership.team) == (dana, "coordinator", team)
    assert (membership.shares, membership.joined_on) == ("activities", TODAY)
    assert (invitation.used_at, invitation.membership) == (AT, membership)
    event = AuditEvent.objects.get(verb="joined employer")
    assert (event.actor, event.subject, event.label) == (dana, dana, "Ridgeline")


@pytest.mark.parametrize(
    "way", ["another account", "unconfirmed", "twice", "revoked", "declined", "expired", "a second too late"]
)
def test_what_cannot_be_accepted(way: str, employer: Employer, owner: User, dana: User) -> None:
    invitation, by, at = invited(employer, owner), dana, AT
    if way == "another account":
        by = UserFactory(email="robin@example.org", confirmed=True)
    elif way == "unconfirmed":
        dana.emailaddress_set.update(verified=False)
    elif way == "twice":
        accept(invitation, dana)
    elif way == "revoked":
        actions.revoke(invitation=invitation, by=owner, at=AT)
    elif way == "declined":
        actions.decline(invitation=invitation, by=dana, at=AT)
    elif way == "expired":
        at = AT + timedelta(days=31)
    else:
        at = invitation.expires_at
    before = Membership.objects.count()
    for answer in (lambda: accept(invitation, by, at), lambda: actions.decline(invitation=invitation, by=by, at=at)):
        with pytest.raises(InvitationClosed):
            answer()
    assert Membership.objects.count() == before


def test_who_works_there_already_cannot_join_again(employer: Employer, owner: User, dana: User) -> None:
    invitation = invited(employer, owner)
    MembershipFactory(employer=employer, user=dana)
    with pytest.raises(AlreadyMember, match="You already work for Ridgeline"):
        accept(invitation, dana)


def test_who_left_may_come_back_the_same_day(employer: Employer, owner: User, dana: User) -> None:
    first = accept(invited(employer, owner), dana)
    actions.leave(membership=first, by=dana, at=AT)
    second = accept(invited(employer, owner), dana)
    assert list(Membership.objects.of(dana).on(TODAY)) == [second]


def test_sending_again_makes_the_old_link_useless(
    employer: Employer, owner: User, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invited(employer, owner)
        actions.resend(invitation=invitation, by=owner, at=AT + timedelta(days=40))
    old, new = tokens()
    invitation.refresh_from_db()
    assert invitation.token_hash == hash_of(new) != hash_of(old)
    assert invitation.is_open(AT + timedelta(days=69))
    actions.revoke(invitation=invitation, by=owner, at=AT)
    with pytest.raises(InvitationClosed):
        actions.resend(invitation=invitation, by=owner, at=AT)


def test_the_trail_tells_each_step_and_no_token(employer: Employer, owner: User, dana: User) -> None:
    invitation = invited(employer, owner)
    actions.resend(invitation=invitation, by=owner, at=AT)
    actions.decline(invitation=invitation, by=dana, at=AT)
    actions.revoke(invitation=invited(employer, owner), by=owner, at=AT)
    events = AuditEvent.objects.filter(target_type="accounts.invitation").order_by("pk")
    assert [(one.verb, one.actor) for one in events] == [
        ("invited", owner), ("invited again", owner), ("invitation declined", dana), ("invited", owner),
        ("invitation taken back", owner),
    ]  # fmt: skip
    assert all("token" not in str(one.data) and "example.org" not in str(one.data) for one in events)


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_holds() -> None:
    employer = Employer.objects.get(pk=_committed_employer())
    owner = Membership.objects.get(employer=employer).user
    dana = UserFactory(email="dana@example.org", confirmed=True)
    invitation = invited(employer, owner)
    results = at_once(lambda: accept(invitation, dana), lambda: accept(invitation, dana))
    assert sorted(type(one).__name__ for one in results) == ["InvitationClosed", "Membership"]
    assert Membership.objects.of(dana).count() == 1


def _committed_employer() -> int:
    from django.db import transaction

    with transaction.atomic():
        return int(EmployerFactory().pk)
