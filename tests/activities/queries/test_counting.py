"""Rows as the engine reads them."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from activities.queries import entry_of
from renewals.queries import stands_of
from tests.factories.packs import do, give, load_packs

pytestmark = pytest.mark.django_db


def test_a_class_over_several_days_counts_on_each_where_a_day_has_a_limit(technician: User) -> None:
    load_packs("louisiana-pe")
    give(technician, "pe", expiry=date(2026, 12, 31))
    class_ = do(technician, title="Bridges", since=date(2026, 6, 1), on=date(2026, 6, 3), amount=2400)
    assert entry_of(class_, "1").since == date(2026, 6, 1)
    [stand] = stands_of(technician, date(2026, 10, 1))
    assert stand.counted.outcome.counted == 2400
    do(technician, title="Tunnels", on=date(2026, 6, 2), amount=100)
    [stand] = stands_of(technician, date(2026, 10, 1))
    assert stand.counted.outcome.counted == 2400
