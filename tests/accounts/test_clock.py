"""The one clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts import clock
from accounts.models import User


def test_now_is_now_and_aware(settings) -> None:
    settings.CLOCK_AT = None
    assert abs(datetime.now(UTC) - clock.now()) < timedelta(seconds=5)


def test_now_stands_where_it_was_stopped(settings) -> None:
    settings.CLOCK_AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
    assert clock.now() == clock.now() == settings.CLOCK_AT


def test_a_clock_without_a_zone_is_an_error(settings) -> None:
    settings.CLOCK_AT = datetime(2026, 10, 1, 13)  # noqa: DTZ001
    with pytest.raises(ImproperlyConfigured, match="time zone"):
        clock.now()


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Kiritimati", date(2026, 10, 1)),
        ("UTC", date(2026, 10, 1)),
        ("America/New_York", date(2026, 9, 30)),
        ("Pacific/Pago_Pago", date(2026, 9, 30)),
        ("Mars/Olympus", date(2026, 9, 30)),
        ("", date(2026, 9, 30)),
        ("../../etc/passwd", date(2026, 9, 30)),
        ("America", date(2026, 9, 30)),
    ],
)
def test_today_is_the_day_where_the_person_is(settings, zone: str, day: date) -> None:
    settings.CLOCK_AT = datetime(2026, 10, 1, 2, tzinfo=UTC)
    assert clock.today(User(time_zone=zone)) == day
