"""What day and hour it is for everybody: one row a time zone, to be joined in SQL.

Zones come from here and not from the database: both have their own zone data, pages go by this one, and a name that
only one of them knows must not stop everybody's reminders.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from accounts.models import User


@dataclass(frozen=True)
class Local:
    """One zone at one moment."""

    name: str
    today: date
    hour: int
    day_began: datetime


@lru_cache(maxsize=1)
def _zones() -> dict[str, ZoneInfo]:
    default = str(User._meta.get_field("time_zone").get_default())
    names = sorted(available_timezones() - {default, "localtime", "posixrules", "Factory"})
    return {name: ZoneInfo(name) for name in [default, *names]}


def local_times(at: datetime, only: str = "") -> list[Local]:
    """Every zone there is, or `only` one. The first is the one that stands in for names nobody knows any more."""
    first = next(iter(_zones()))
    return [_local(name, zone, at) for name, zone in _zones().items() if not only or name in (first, only)]


def _local(name: str, zone: ZoneInfo, at: datetime) -> Local:
    here = at.astimezone(zone)
    midnight = datetime.combine(here.date(), time.min, zone).astimezone(UTC)
    # Where the clocks change at midnight the day may begin an hour later than it says; never after the moment itself.
    return Local(name, here.date(), here.hour, min(midnight, at - timedelta(microseconds=1)))


def as_values(at: datetime, only: str = "") -> tuple[str, dict[str, Any]]:
    """The zones as the rows of `zone(name, today, hour, day_began)`, and the values named in them."""
    columns = (("", "name"), ("::date", "today"), ("::int", "hour"), ("::timestamptz", "day_began"))
    values: dict[str, Any] = {}
    lines = []
    for place, row in enumerate(local_times(at, only)):
        names = []
        for cast, column in columns:
            values[f"zone_{column}_{place}"] = getattr(row, column)
            names.append(f"%(zone_{column}_{place})s{cast}")
        lines.append(f"({', '.join(names)})")
    return ", ".join(lines), values
