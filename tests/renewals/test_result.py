"""A frozen result read back years later, with the words of its time."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from certifications.models import RenewalPeriod
from renewals.actions import record_renewal
from renewals.result import result_of
from tests.factories.certifications import RenewalPeriodFactory
from tests.factories.packs import AT, TODAY, load_packs, make_dana

pytestmark = pytest.mark.django_db


def test_everything_that_was_counted_is_there(technician: User) -> None:
    load_packs("nicet")
    period = make_dana(technician)
    record_renewal(period=period, renewed_on=TODAY, reference="", by=technician, at=AT, today=TODAY)
    result = result_of(RenewalPeriod.objects.get(pk=period.pk))
    assert (result.asked, result.counted, result.needed, result.not_counted) == ("99", "81", "90", 1800)
    assert (result.unit, result.complete, result.carried) == ("points", False, "")
    assert dict(result.categories)["Additional Education"] == "45"
    newest, oldest = result.lines[0], result.lines[-1]
    assert (newest.title, newest.on, newest.counted, newest.lost) == (
        "Smoke control webinars", date(2026, 8, 14), "3", 800,
    )  # fmt: skip
    assert (newest.losses[0].points, newest.losses[0].label) == ("8", "Cap reached")
    assert (oldest.title, oldest.losses[0].label) == ("NFPA 72 seminar", "Before period")


def test_a_result_with_less_in_it_is_shown_as_far_as_it_goes() -> None:
    period = RenewalPeriodFactory(closed=True)
    period.result = {"counted": "1,234.5", "needed": "90", "carry_out": "-3"}
    result = result_of(period)
    assert (result.counted, result.carried, result.lines, result.categories) == ("1,234.5", "", (), ())
