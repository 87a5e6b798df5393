"""What the rules are told about a holder."""

from __future__ import annotations

from datetime import date

import pytest

from certifications.packs import SHIPPED
from certifications.queries import Holding
from certifications.rules.parsing import parse_text
from tests.factories.certifications import HeldCertificationFactory, RenewalPeriodFactory


@pytest.mark.parametrize(("awarded", "first"), [(date(2026, 3, 10), True), (date(2025, 3, 10), False), (None, False)])
def test_a_first_period_that_begins_before_the_award_is_still_the_first(awarded: date | None, first: bool) -> None:
    document = parse_text((SHIPPED / "new-york-cpa/2012.toml").read_text(encoding="utf-8"))
    held = HeldCertificationFactory.build(awarded_on=awarded)
    period = RenewalPeriodFactory.build(
        held=held, ordinal=1, start=date(2026, 1, 1), end=date(2027, 1, 1), version=None
    )
    assert Holding(held, period, None, document).facts["first-period"] is first
