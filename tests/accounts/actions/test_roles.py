"""Roles and accounts: given and taken by somebody else, with a reason, and never the last site admin's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from accounts.actions.roles import appoint_rules_admin, appoint_site_admin, close_account, reopen_account
from accounts.models import AuditEvent, User
from accounts.problems import ClosedAccount, LastSiteAdmin, OwnAccount, OwnRole
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 1, 13, tzinfo=UTC)


@pytest.fixture
def ari() -> User:
    made: User = UserFactory(name="Ari Lund", is_site_admin=True)
    return made


def trail() -> list[tuple[str, dict[str, object]]]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", "data"))


def test_a_role_is_given_once_and_taken_once_with_before_and_after(ari: User, technician: User) -> None:
    given = [
        appoint_rules_admin(user=technician, is_rules_admin=may, by=ari, at=AT, reason="Knows NICET.")
        for may in (True, True, False, False)
    ]
    assert given == [True, False, True, False]
    assert trail() == [
        (
            "rules admin appointed",
            {"before": {"is_rules_admin": False}, "after": {"is_rules_admin": True, "reason": "Knows NICET."}},
        ),
        (
            "rules admin dismissed",
            {"before": {"is_rules_admin": True}, "after": {"is_rules_admin": False, "reason": "Knows NICET."}},
        ),
    ]


def test_nobody_changes_their_own(ari: User) -> None:
    UserFactory(is_site_admin=True)
    with pytest.raises(OwnRole):
        appoint_site_admin(user=ari, is_site_admin=False, by=ari, at=AT)
    with pytest.raises(OwnRole):
        appoint_rules_admin(user=ari, is_rules_admin=True, by=ari, at=AT)
    with pytest.raises(OwnAccount):
        close_account(user=ari, reason="I leave.", by=ari, at=AT)
    ari.refresh_from_db()
    assert (ari.is_site_admin, ari.is_rules_admin, ari.is_active) == (True, False, True)
    assert trail() == []


def test_a_site_keeps_one_admin_who_can_sign_in(ari: User, technician: User) -> None:
    UserFactory(is_site_admin=True, is_active=False)
    for refused in (
        lambda: appoint_site_admin(user=ari, is_site_admin=False, by=None, at=AT),
        lambda: close_account(user=ari, reason="Gone.", by=technician, at=AT),
    ):
        with pytest.raises(LastSiteAdmin):
            refused()
    with pytest.raises(CommandError, match="A site needs at least one site admin"):
        call_command("site_admin", ari.email, remove=True)
    call_command("site_admin", technician.email, verbosity=0)
    call_command("site_admin", ari.email, remove=True, verbosity=0)
    assert [one.email for one in User.objects.site_admins().filter(is_active=True)] == [technician.email]


def test_an_account_is_closed_and_opened_with_its_roles(ari: User) -> None:
    kim = UserFactory(is_rules_admin=True)
    assert close_account(user=kim, reason="Left.", by=ari, at=AT)
    assert not close_account(user=kim, reason="Left.", by=ari, at=AT)
    with pytest.raises(ClosedAccount):
        appoint_site_admin(user=kim, is_site_admin=True, by=ari, at=AT)
    assert reopen_account(user=kim, reason="Back.", by=ari, at=AT)
    assert not reopen_account(user=kim, reason="Back.", by=ari, at=AT)
    kim.refresh_from_db()
    assert kim.is_active
    assert kim.is_rules_admin
    assert [verb for verb, _ in trail()] == ["account closed", "account reopened"]


def test_somebody_is_let_to_write_rules_and_no_longer(technician: User) -> None:
    for removed in (False, False, True):
        call_command("rules_admin", "Dana@example.org", remove=removed, verbosity=0)
        technician.refresh_from_db()
        assert technician.is_rules_admin is not removed
    verbs = AuditEvent.objects.filter(subject=technician).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["rules admin appointed", "rules admin dismissed"]
    with pytest.raises(CommandError, match=r"Nobody signs in with no@example\.org"):
        call_command("rules_admin", "no@example.org")
