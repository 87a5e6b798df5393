"""What an employer wrote down about somebody goes into the record only if that person takes it over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from accounts.models import Invitation, User
from certifications.models import Certification, HeldCertification
from renewals.actions.joining import join
from renewals.importing.offers import offers_of
from renewals.models import Standing
from tests.factories.employers import InvitationFactory
from tests.factories.packs import give

AT = datetime(2026, 9, 20, 13, tzinfo=UTC)
TODAY = date(2026, 9, 20)


def proposed(slug: str, level: str = "II", expiry: str = "2027-03-31", number: str = "142207") -> dict[str, Any]:
    certification = Certification.objects.get(slug=slug)
    return {"certification": certification.pk, "level": level, "number": number, "expiry": expiry}


@pytest.fixture
def invited(nicet: None, technician: User) -> User:
    EmailAddress.objects.create(user=technician, email=technician.email, verified=True, primary=True)
    return technician


def invite(user: User, *offers: dict[str, Any]) -> Invitation:
    invitation: Invitation = InvitationFactory(email=user.email, proposed=list(offers))
    return invitation


def test_what_was_chosen_is_held_and_counted(invited: User) -> None:
    invitation = invite(invited, proposed("fire-alarm-systems"), proposed("inspection-testing-fire-alarm"))
    assert [str(one) for one in offers_of(invitation, invited)] == [
        "Fire Alarm Systems, Level II, number 142207, to 31 Mar 2027",
        "Inspection and Testing of Fire Alarm Systems, Level II, number 142207, to 31 Mar 2027",
    ]
    membership, left = join(invitation=invitation, shares="standing", chosen={0}, by=invited, at=AT, today=TODAY)
    assert (membership.user, left) == (invited, [])
    held = HeldCertification.objects.get(user=invited)
    assert (str(held), held.number) == ("Fire Alarm Systems, Level II", "142207")
    assert Standing.objects.get(held=held).ends_on == date(2027, 3, 31)


def test_nothing_is_taken_over_unasked(invited: User) -> None:
    join(
        invitation=invite(invited, proposed("fire-alarm-systems")), shares="nothing", chosen=[], by=invited, at=AT,
        today=TODAY,
    )  # fmt: skip
    assert not HeldCertification.objects.exists()


def test_what_the_person_holds_already_is_not_offered(invited: User) -> None:
    give(invited, "fire-alarm-systems", level="I", expiry=date(2026, 12, 1))
    invitation = invite(invited, proposed("fire-alarm-systems"))
    assert offers_of(invitation, invited) == []
    join(invitation=invitation, shares="standing", chosen={0}, by=invited, at=AT, today=TODAY)
    assert HeldCertification.objects.get(user=invited).level.code == "I"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("facts", "why"), [({"level": ""}, "its level is not given"), ({"expiry": ""}, "its expiry date is not given")]
)
def test_what_is_not_clear_is_left_to_the_person(invited: User, facts: dict[str, str], why: str) -> None:
    invitation = invite(invited, proposed("fire-alarm-systems", **facts))
    (offered,) = offers_of(invitation, invited)
    assert offered.why_not == why
    _, left = join(invitation=invitation, shares="standing", chosen={0}, by=invited, at=AT, today=TODAY)
    assert left == [offered]
    assert not HeldCertification.objects.exists()


def test_a_date_that_no_period_fits_is_left_to_the_person(invited: User) -> None:
    invitation = invite(invited, proposed("fire-alarm-systems", expiry="1950-01-01"))
    membership, left = join(invitation=invitation, shares="standing", chosen={0}, by=invited, at=AT, today=TODAY)
    assert membership.pk
    assert len(left) == 1 or HeldCertification.objects.exists()


def test_a_certification_that_is_gone_is_not_offered(invited: User) -> None:
    invitation = invite(invited, {"certification": 10**9, "level": "", "number": "", "expiry": ""})
    assert offers_of(invitation, invited) == []
