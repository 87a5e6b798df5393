"""What the site's admin decides about people is told to them, once, by mail and as a notice."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import AuditEvent, Membership, User
from accounts.problems import NotAMember, OwnRole
from renewals.actions import appointing
from renewals.models import InAppNotice
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.renewals.conftest import NOW

pytestmark = pytest.mark.django_db
WHY = "The owner left."


@pytest.fixture
def ari() -> User:
    made: User = UserFactory(name="Ari Lund", is_site_admin=True)
    return made


@pytest.fixture
def nina() -> Membership:
    employer = EmployerFactory(name="Ridgeline & Co", owner__user__name="Gail Ortiz")
    made: Membership = MembershipFactory(employer=employer, user__name="Nina Diaz", user__email="nina@example.org")
    return made


def notices() -> list[tuple[str, str]]:
    return list(InAppNotice.objects.order_by("pk").values_list("user__name", "subject"))


def test_a_new_owner_and_the_others_are_told_once(
    nina: Membership, ari: User, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    MembershipFactory(employer=nina.employer, role="owner", user__is_active=False)
    MembershipFactory(employer=nina.employer, role="owner", left=True)
    facts = {"membership": nina, "reason": WHY, "by": ari, "at": NOW, "today": NOW.date()}
    with django_capture_on_commit_callbacks(execute=True):
        assert [appointing.appoint_owner(**facts) for _ in range(2)] == [True, False]
    nina.refresh_from_db()
    assert nina.role == "owner"
    assert notices() == [
        ("Nina Diaz", "You are now an owner of Ridgeline & Co"),
        ("Gail Ortiz", "Nina Diaz is now an owner of Ridgeline & Co"),
    ]
    assert [one.subject for one in mailoutbox] == [subject for _, subject in notices()]
    assert mailoutbox[0].to == ["nina@example.org"]
    assert "Ari Lund, who runs this site, says why: The owner left." in mailoutbox[0].body
    assert f"/team/members/?employer={nina.employer_id}" in mailoutbox[0].body
    event = AuditEvent.objects.get()
    assert (event.verb, event.label, event.data) == (
        "owner named", "Ridgeline & Co", {"before": {"role": "technician"}, "after": {"role": "owner", "reason": WHY}},
    )  # fmt: skip


def test_who_left_or_cannot_sign_in_is_no_owner(nina: Membership, ari: User) -> None:
    gone = MembershipFactory(employer=nina.employer, left=True)
    closed = MembershipFactory(employer=nina.employer, user__is_active=False)
    for one in (gone, closed):
        with pytest.raises(NotAMember):
            appointing.appoint_owner(membership=one, reason=WHY, by=ari, at=NOW, today=NOW.date())
    assert notices() == []


def test_each_decision_is_told(
    ari: User, technician: User, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    facts = {"user": technician, "reason": "Asked for.", "by": ari, "at": NOW}
    with django_capture_on_commit_callbacks(execute=True):
        for act in (appointing.write_rules, appointing.run_site):
            assert [act(may=may, **facts) for may in (True, True, False)] == [True, False, True]
        assert [act(**facts) for act in (appointing.close, appointing.close, appointing.reopen)] == [True, False, True]
    subjects = [one.subject for one in mailoutbox]
    assert subjects == [
        "You can write rules now", "You no longer write rules", "You can run this site now",
        "You no longer run this site", "Your account is closed", "Your account is open again",
    ]  # fmt: skip
    assert [subject for _, subject in notices()] == subjects


def test_what_is_refused_is_not_told(ari: User, mailoutbox: list[Any]) -> None:
    with pytest.raises(OwnRole):
        appointing.write_rules(user=ari, may=True, reason="I want to.", by=ari, at=NOW)
    assert (notices(), mailoutbox) == ([], [])
