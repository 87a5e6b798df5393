"""A list is imported as a whole and once; undone, nothing of it is left but who joined."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from accounts.actions.bulk import mail_invitation
from accounts.actions.invitations import hash_of
from accounts.models import AuditEvent, Employer, Invitation, Membership, Site, Team, User
from accounts.spreadsheets.reading import read_text
from renewals.actions.importing import (
    ImportChanged,
    NotToUndo,
    apply_import,
    forget_old_imports,
    name_columns,
    plan_of,
    start_import,
    to_mail,
    undo_import,
    unmailed,
)
from renewals.actions.joining import join
from renewals.models import PeopleImport
from tests.factories.accounts import UserFactory
from tests.factories.certifications import CertificationFactory
from tests.factories.employers import EmployerFactory, InvitationFactory, MembershipFactory
from tests.threads import at_once

AT = datetime(2026, 9, 20, 13, tzinfo=UTC)
TODAY = date(2026, 9, 20)
LIST = """Name,Email,Team,Site,Certification,Number,Expiry date
Dana Reyes,dana@example.org,North,Yard,Fire Alarm,142207,2027-03-31
Sam Okoro,sam@example.org,South,Yard,,,
"""


@pytest.fixture
def owner(db: None) -> User:
    CertificationFactory(name="Fire Alarm")
    return MembershipFactory(role=Membership.Role.OWNER, employer=EmployerFactory(name="Ridgeline")).user


@pytest.fixture
def employer(owner: User) -> Employer:
    return owner.memberships.get().employer


def start(employer: Employer, owner: User, text: str = LIST) -> PeopleImport:
    return start_import(employer=employer, table=read_text(text), file_name="people.csv", by=owner, at=AT)


def apply(listed: PeopleImport, owner: User, at: datetime = AT) -> PeopleImport:
    seen = plan_of(listed, at, TODAY).digest
    return apply_import(listed=listed, seen=seen, by=owner, at=at, today=TODAY)


def test_everybody_is_invited_and_what_they_hold_only_proposed(employer: Employer, owner: User) -> None:
    listed = apply(start(employer, owner), owner)
    assert (listed.state, listed.applied_at) == ("applied", AT)
    dana, sam = Invitation.objects.order_by("email")
    assert (dana.email, dana.role, dana.team, dana.site) == (
        "dana@example.org", "technician", Team.objects.get(name="North"), Site.objects.get(name="Yard"),
    )  # fmt: skip
    assert [one["number"] for one in dana.proposed] == ["142207"]
    assert sam.proposed == []
    assert not User.objects.filter(email_key="dana@example.org").exists()
    assert not Membership.objects.exclude(role="owner").exists()
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["team added", "team added", "site added", "invited", "invited", "people imported"]


def test_the_second_time_nothing_is_new(employer: Employer, owner: User) -> None:
    apply(start(employer, owner), owner)
    again = plan_of(start(employer, owner), AT, TODAY)
    assert not again.ready
    assert len(again.waiting) == 2
    assert (again.new_teams, again.new_sites) == ([], [])


def test_pressing_twice_imports_once(employer: Employer, owner: User) -> None:
    listed = start(employer, owner)
    apply(listed, owner)
    apply_import(listed=listed, seen="", by=owner, at=AT, today=TODAY)
    assert Invitation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_importing_while_somebody_undoes_it_locks_nobody_up() -> None:
    with transaction.atomic():  # an employer is stored before its owner
        owner = MembershipFactory(role=Membership.Role.OWNER, employer=EmployerFactory()).user
        listed = apply(start(owner.memberships.get().employer, owner, "Email\nsam@example.org\n"), owner)
    again, undone = at_once(
        lambda: apply_import(listed=listed, seen="", by=owner, at=AT, today=TODAY),
        lambda: undo_import(listed=listed, by=owner, at=AT),
    )
    assert (again, undone) == (listed, 0)


def test_one_wrong_row_and_nothing_is_imported(employer: Employer, owner: User) -> None:
    listed = start(employer, owner, LIST + "Lee,lee\n")
    with pytest.raises(ImportChanged):
        apply(listed, owner)
    assert (Invitation.objects.count(), Team.objects.count()) == (0, 0)


def test_what_changed_since_the_preview_is_shown_again(employer: Employer, owner: User) -> None:
    listed = start(employer, owner)
    seen = plan_of(listed, AT, TODAY).digest
    InvitationFactory(employer=employer, email="sam@example.org")
    with pytest.raises(ImportChanged):
        apply_import(listed=listed, seen=seen, by=owner, at=AT, today=TODAY)
    assert Invitation.objects.count() == 1


def test_an_invitation_that_ran_out_is_made_anew(employer: Employer, owner: User) -> None:
    old = InvitationFactory(employer=employer, email="sam@example.org", expires_at=AT - timedelta(days=1))
    apply(start(employer, owner), owner)
    old.refresh_from_db()
    assert old.revoked_at == AT
    assert Invitation.objects.filter(email="sam@example.org", revoked_at=None).count() == 1


def test_importing_and_undoing_again_and_again_mails_nobody_more_than_three_times(
    employer: Employer, owner: User
) -> None:
    for _ in range(3):
        undo_import(listed=apply(start(employer, owner), owner), by=owner, at=AT)
    fourth = plan_of(start(employer, owner), AT, TODAY)
    assert (len(fourth.enough), fourth.invited, fourth.ready) == (2, [], False)
    apply(start(employer, owner), owner, at=AT + timedelta(days=1))


def test_columns_are_named_only_before_importing(employer: Employer, owner: User) -> None:
    listed = name_columns(listed=start(employer, owner), means=["", "email", "", "", "", "", ""], order="")
    assert [one.name for one in plan_of(listed, AT, TODAY).people] == ["", ""]
    named = listed.columns
    apply(listed, owner)
    assert name_columns(listed=listed, means=[], order="").columns == named


def test_mails_leave_afterwards_each_once(
    employer: Employer, owner: User, django_capture_on_commit_callbacks: Any
) -> None:
    listed = apply(start(employer, owner), owner)
    assert to_mail(at=AT + timedelta(minutes=9)) == []
    assert to_mail(at=AT + timedelta(minutes=11)) == [listed]
    waiting = unmailed(listed)
    assert len(waiting) == 2
    assert mail.outbox == []
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            for invitation in waiting:
                mail_invitation(invitation=invitation, at=AT)
    assert sorted(one.to[0] for one in mail.outbox) == ["dana@example.org", "sam@example.org"]
    token = re.search(r"/invite/([^/]+)/", str(mail.outbox[0].body))
    assert token
    assert Invitation.objects.filter(email=mail.outbox[0].to[0], token_hash=hash_of(token[1])).exists()
    assert to_mail(at=AT + timedelta(minutes=11)) == []


def test_what_was_taken_back_is_not_mailed(
    employer: Employer, owner: User, django_capture_on_commit_callbacks: Any
) -> None:
    listed = apply(start(employer, owner), owner)
    waiting = unmailed(listed)
    undo_import(listed=listed, by=owner, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        for invitation in waiting:
            mail_invitation(invitation=invitation, at=AT)
    assert mail.outbox == []


def test_undone_nothing_is_left_but_who_joined(employer: Employer, owner: User) -> None:
    listed = apply(start(employer, owner), owner)
    sam = UserFactory(email="sam@example.org", confirmed=True)
    invitation = Invitation.objects.get(email="sam@example.org")
    join(invitation=invitation, shares="standing", chosen=[], by=sam, at=AT, today=TODAY)
    assert undo_import(listed=listed, by=owner, at=AT + timedelta(days=30)) == 1
    assert Invitation.objects.get(email="dana@example.org").revoked_at is not None
    assert sam.memberships.get().employer == employer
    assert list(Team.objects.values_list("name", flat=True)) == ["South"]
    listed.refresh_from_db()
    assert listed.state == "undone"
    with pytest.raises(NotToUndo):
        undo_import(listed=listed, by=owner, at=AT)


def test_after_thirty_days_and_before_importing_there_is_no_undo(employer: Employer, owner: User) -> None:
    listed = start(employer, owner)
    with pytest.raises(NotToUndo):
        undo_import(listed=listed, by=owner, at=AT)
    apply(listed, owner)
    with pytest.raises(NotToUndo):
        undo_import(listed=listed, by=owner, at=AT + timedelta(days=30, seconds=1))


def test_lists_that_were_never_imported_are_forgotten(employer: Employer, owner: User) -> None:
    kept, forgotten = apply(start(employer, owner), owner), start(employer, owner)
    forget_old_imports(at=AT + timedelta(days=1))
    assert PeopleImport.objects.filter(pk=forgotten.pk).exists()
    forget_old_imports(at=AT + timedelta(days=1, seconds=1))
    assert list(PeopleImport.objects.all()) == [kept]
