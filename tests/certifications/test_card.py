"""What is asked before a period can be worked out: no more than the rules need."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from certifications.card import Asks, asks, shared_end
from certifications.models import Certification
from renewals.actions import give_up
from tests.factories.certifications import CertificationFactory
from tests.factories.packs import AT, TODAY, give, load_packs

pytestmark = pytest.mark.django_db


def asked(slug: str, user: User) -> Asks:
    return asks(Certification.objects.get(slug=slug), user, TODAY)


def test_a_card_that_shows_its_month_needs_no_day(technician: User) -> None:
    load_packs("nicet", "iicrc")
    nicet, iicrc = asked("fire-alarm-systems", technician), asked("wrt", technician)
    assert (nicet.expiry, nicet.day, nicet.month_is_out) == (True, False, True)
    assert (iicrc.expiry, iicrc.day, iicrc.month_is_out) == (True, True, False)
    assert nicet.award_because == "What was issued before 1 Jan 1999 does not lapse."
    assert iicrc.award_because == ""


def test_what_never_ends_has_no_expiry_date(technician: User) -> None:
    load_packs("micro-credentials")
    assert not asked("digital-badge", technician).expiry
    assert asked("digital-badge-dated", technician).expiry


def test_the_birth_date_is_asked_only_where_it_matters_and_only_once(technician: User) -> None:
    load_packs("california-cpa", "iicrc")
    assert asked("cpa", technician).birth
    assert not asked("wrt", technician).birth
    technician.birth_date = date(1985, 5, 14)
    assert not asked("cpa", technician).birth


def test_without_rules_only_the_dates_are_asked(technician: User) -> None:
    found = asks(CertificationFactory(), technician, TODAY)
    assert found == Asks(
        rules=False, expiry=True, day=True, month_is_out=False, award_because="", award_required=False, birth=False
    )


def test_one_end_is_shared_where_the_body_says_so(technician: User, colleague: User) -> None:
    load_packs("nicet", "iicrc")
    other = Certification.objects.get(slug="inspection-testing-fire-alarm")
    assert shared_end(other, technician) is None
    period = give(technician, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    assert shared_end(other, technician) == period
    assert shared_end(other, colleague) is None
    assert shared_end(period.held.certification, technician) is None
    give_up(held=period.held, by=technician, at=AT)
    assert shared_end(other, technician) is None
    give(technician, "wrt", expiry=date(2027, 5, 31))
    assert shared_end(Certification.objects.get(slug="asd"), technician) is None
