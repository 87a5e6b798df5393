"""What day it is for everybody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from renewals.reminding.zones import local_times


@pytest.mark.parametrize(("at", "zone", "today", "hour"), [
    (datetime(2026, 3, 8, 6, 59, tzinfo=UTC), "America/New_York", date(2026, 3, 8), 1),
    (datetime(2026, 3, 8, 7, tzinfo=UTC), "America/New_York", date(2026, 3, 8), 3),
    (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "America/New_York", date(2026, 11, 1), 1),
    (datetime(2028, 2, 29, 11, tzinfo=UTC), "Pacific/Kiritimati", date(2028, 3, 1), 1),
    (datetime(2011, 12, 30, 9, 59, tzinfo=UTC), "Pacific/Apia", date(2011, 12, 29), 23),
    (datetime(2011, 12, 30, 10, tzinfo=UTC), "Pacific/Apia", date(2011, 12, 31), 0),  # the day that never was
])  # fmt: skip
def test_days_and_hours_are_those_of_the_zone(at: datetime, zone: str, today: date, hour: int) -> None:
    found = next(one for one in local_times(at) if one.name == zone)
    assert (found.today, found.hour) == (today, hour)


def test_a_day_never_begins_after_now_whatever_the_clocks_do() -> None:
    # Every half hour of the days on which clocks change somewhere, at midnight too.
    for first in (datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 9, 5, 12, tzinfo=UTC)):
        for ahead in range(0, 72, 6):
            at = first + timedelta(minutes=30 * ahead)
            assert all(at - timedelta(hours=25) < one.day_began < at for one in local_times(at))


def test_the_first_stands_in_for_what_nobody_knows() -> None:
    at = datetime(2026, 10, 1, tzinfo=UTC)
    assert local_times(at)[0].name == "America/New_York"
    assert [one.name for one in local_times(at, only="Nowhere/Left")] == ["America/New_York"]
    assert [one.name for one in local_times(at, only="Europe/London")] == ["America/New_York", "Europe/London"]
