"""What time it is. Views and tasks ask here and pass the answer on; nothing below them looks at a clock."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from accounts.models import User


def now() -> datetime:
    """This moment, aware. In tests and demos `settings.CLOCK_AT`, an aware datetime, stops the clock there."""
    stopped: datetime | None = getattr(settings, "CLOCK_AT", None)
    if stopped is None:
        return timezone.now()
    if timezone.is_naive(stopped):
        raise ImproperlyConfigured("CLOCK_AT needs a time zone, like 2026-10-01T09:00:00-04:00.")
    return stopped


def today(user: User) -> date:
    """The date it is for this person, in their time zone."""
    return now().astimezone(zone_of(user)).date()


def local(moment: datetime, user: User) -> datetime:
    """A moment as the clock on this person's wall shows it."""
    return moment.astimezone(zone_of(user))


def written(moment: datetime, user: User) -> str:
    """A moment on this person's clock, as people read it: 1 Oct 2026, 09:00."""
    there = local(moment, user)
    return f"{there.day} {there:%b %Y, %H:%M}"


def zone_of(user: User) -> ZoneInfo:
    """The time zone a person lives by."""
    try:
        return ZoneInfo(user.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # Zones are renamed and dropped between releases of the zone data. A day that may start some hours early
        # or late is better than a person who cannot open a single page.
        return ZoneInfo(User._meta.get_field("time_zone").get_default())
