"""What somebody else did with a record is mailed: once, with the day's other mail, to who wants mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail

from accounts.models import Membership, User
from activities.actions import Facts
from activities.models import ClassSession
from certifications.models import RenewalPeriod
from renewals.actions.classes import correct_class, log_class, withdraw_class
from renewals.actions.confirming import answer, ask
from renewals.actions.wishing import choose, read_notice
from renewals.models import InAppNotice, Reminder
from renewals.reminding.sender import sweep
from renewals.reminding.told import rows_for
from renewals.reminding.upcoming import told
from tests.factories.accounts import EmailAddressFactory
from tests.factories.activities import ActivityFactory
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.renewals import ReminderFactory
from tests.renewals.conftest import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
FACTS = Facts(kind="class", title="NFPA 25 refresher", on=date(2026, 9, 12), amount=800, unit="hour")
SOON = timedelta(minutes=15)


@pytest.fixture
def coordinator() -> Membership:
    return MembershipFactory(coordinator=True, employer=EmployerFactory(name="Ridgeline"), user__confirmed=True)


@pytest.fixture
def chen(coordinator: Membership) -> User:
    return MembershipFactory(employer=coordinator.employer, user__name="Bo Chen", user__confirmed=True).user


def log(coordinator: Membership, *people: User, at: datetime = NOW, nonce: UUID | None = None) -> ClassSession:
    by = coordinator.user
    return log_class(
        employer=coordinator.employer, facts=FACTS, people=people, proof=[], nonce=nonce or uuid4(), by=by, at=at,
        today=TODAY,
    )[0]  # fmt: skip


def rows() -> list[tuple[str, str]]:
    return list(Reminder.objects.order_by("pk").values_list("stage", "state"))


def test_a_class_is_mailed_to_everybody_in_it(coordinator: Membership, chen: User) -> None:
    nobody = MembershipFactory(employer=coordinator.employer).user  # has confirmed no address
    log(coordinator, chen, nobody, coordinator.user)
    sweep(at=NOW + SOON)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([chen.email], "Ridgeline logged a class for you: NFPA 25 refresher")
    notice = InAppNotice.objects.get(user=chen)
    for part in (sent.body, sent.alternatives[0][0]):
        assert "NFPA 25 refresher, 8 hours, 12 Sep 2026. It counts as yours, confirmed by Ridgeline." in part
        assert notice.url in part
    assert [one.mail for one in told([notice])] == ["Emailed"]
    assert [one.mail for one in told(InAppNotice.objects.filter(user=nobody))] == ["Not emailed"]


def test_what_is_corrected_before_it_left_is_one_mail_and_later_ones_wait_for_the_next_day(
    coordinator: Membership, chen: User
) -> None:
    nonce = uuid4()
    session = log(coordinator, chen, nonce=nonce)
    by = coordinator.user
    correct_class(
        session=session, facts=replace(FACTS, amount=600), gone=frozenset(), version=session.version, by=by,
        at=NOW + timedelta(minutes=5),
    )  # fmt: skip
    assert rows() == [("told-2026-10-01", "pending")]
    sweep(at=NOW + SOON)
    assert mail.outbox[0].subject == "Ridgeline logged a class for you: NFPA 25 refresher and 1 more"
    assert "It says now: NFPA 25 refresher, 6 hours" in mail.outbox[0].body
    session.refresh_from_db()
    log(coordinator, chen, nonce=nonce, at=NOW + timedelta(hours=1))  # the form once more: nothing new to tell
    assert rows() == [("told-2026-10-01", "sent")]
    withdraw_class(session=session, gone=frozenset(), by=by, at=NOW + timedelta(hours=2))
    assert rows() == [("told-2026-10-01", "sent"), ("told-2026-10-02", "pending")]
    assert told(InAppNotice.objects.order_by("-pk"))[0].mail == "The email is on its way"
    sweep(at=NOW + timedelta(hours=3))
    assert len(mail.outbox) == 1
    sweep(at=NOW + timedelta(days=1))
    assert mail.outbox[1].subject == "Ridgeline withdrew a class of yours: NFPA 25 refresher"
    assert "logged a class" not in mail.outbox[1].body


def test_it_goes_with_the_days_other_mail_and_the_product_says_nothing_twice(
    coordinator: Membership, dana: User
) -> None:
    EmailAddressFactory(user=dana)
    MembershipFactory(user=dana, employer=coordinator.employer)
    period = RenewalPeriod.objects.get(user=dana)
    ReminderFactory(user=dana, period=period, stage="at-risk-2026-10-01", due_on=TODAY)
    log(coordinator, dana)
    sweep(at=NOW + SOON)
    (sent,) = mail.outbox
    assert sent.subject.startswith("At risk: Fire Alarm Systems, Level II")
    assert sent.subject.endswith(" and 1 more")
    assert "It counts as yours, confirmed by Ridgeline." in sent.body
    of_class, of_mail = InAppNotice.objects.order_by("pk")
    assert "confirmed by Ridgeline" in of_class.text
    assert "confirmed by Ridgeline" not in of_mail.text
    assert "points counted" in of_mail.text


def test_what_was_read_in_the_product_is_not_mailed(coordinator: Membership, chen: User) -> None:
    log(coordinator, chen)
    read_notice(notice=InAppNotice.objects.get(user=chen), at=NOW)
    sweep(at=NOW + SOON)
    assert (mail.outbox, rows()) == ([], [("told-2026-10-01", "dropped")])


def test_who_wants_no_mail_finds_it_in_the_product(coordinator: Membership, chen: User) -> None:
    choose(by=chen, at=NOW, chosen={"by_mail": False})
    log(coordinator, chen)
    sweep(at=NOW + SOON)
    assert (mail.outbox, [state for _, state in rows()]) == ([], ["dropped"])
    assert InAppNotice.objects.unread().filter(user=chen).count() == 1


def test_a_change_that_is_asked_for_is_mailed_with_its_note(coordinator: Membership, chen: User) -> None:
    Membership.objects.filter(user=chen).update(shares="activities")
    activity = ActivityFactory(user=chen, title="Panel class")
    ask(activity=activity, employer=coordinator.employer, by=chen, at=NOW, today=TODAY)
    asked = InAppNotice.objects.filter(user=coordinator.user)
    assert asked.count() == 1
    answer(
        activity=activity, employer=coordinator.employer, note="Hours are 6, not 8.", version=activity.version,
        seen="asked", by=coordinator.user, at=NOW, today=TODAY,
    )  # fmt: skip
    sweep(at=NOW + SOON)
    sent = {one.to[0]: one for one in mail.outbox}
    assert sent[coordinator.user.email].subject == f"{chen.name} asks Ridgeline to confirm an activity"
    assert 'Ridgeline did not confirm this activity. Their note: "Hours are 6, not 8."' in sent[chen.email].body


def test_who_no_longer_oversees_a_team_is_not_mailed_about_it(coordinator: Membership, chen: User) -> None:
    ask(activity=ActivityFactory(user=chen), employer=coordinator.employer, by=chen, at=NOW, today=TODAY)
    EmailAddressFactory(user=coordinator.employer.memberships.get(role="owner").user)
    coordinator.left_on = TODAY
    coordinator.save()
    sweep(at=NOW + SOON)
    assert coordinator.user.email not in [one.to[0] for one in mail.outbox]
    assert len(mail.outbox) == 1


def test_as_many_questions_for_many_people(coordinator: Membership, django_assert_num_queries: Any) -> None:
    few = [coordinator.user.pk]
    many = [MembershipFactory().user_id for _ in range(6)]
    with django_assert_num_queries(3):
        assert len(rows_for(few, NOW)) == 1
    with django_assert_num_queries(3):
        assert len(rows_for(many, NOW)) == 6
