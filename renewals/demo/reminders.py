"""The first reminders of the demo people, so that there is a mail to look at from the start."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import Employer
from renewals.models import Reminder
from renewals.reminding.planner import plan
from renewals.reminding.sender import sweep

_ZONE = ZoneInfo("America/New_York")
_NOON = time(12)
_FRIDAY = 4


def remind(*, at: datetime) -> None:
    """Plan and send what was due at the last noon, once: at night nobody of them is written to."""
    if Reminder.objects.filter(state=Reminder.State.SENT).exists():
        return
    here = at.astimezone(_ZONE)
    noon = datetime.combine(here.date(), _NOON, _ZONE)
    noon -= timedelta(days=1) if noon > here else timedelta()
    # The weekly email of the demo employer comes on that day; at a weekend on the Friday before.
    Employer.objects.filter(is_demo=True).update(digest_weekday=min(noon.weekday(), _FRIDAY))
    plan(at=noon)
    sweep(at=noon)
