"""Which period somebody is in when a certification is added."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from certifications.models import Certification
from tests.factories.packs import give, load_packs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("awarded", "number"), [(date(2026, 3, 10), 1), (date(2025, 3, 10), 2), (None, 1)])
def test_a_shorter_first_period_is_a_period_of_its_own(technician: User, awarded: date | None, number: int) -> None:
    load_packs("new-york-cpa")
    slug = Certification.objects.get(body__slug="new-york-cpa").slug
    period = give(technician, slug, expiry=date(2026, 12, 31), awarded_on=awarded)
    assert (period.ordinal, period.earns_from) == (number, date(2026, 1, 1))
