"""Whether mail that nobody waits for at this moment may go out: reminders, digests, invitations in bulk.

Sending is held when a person said so, and when the database is a restored copy: what it holds as unsent may have been
sent since the backup was made. A copy is known by its home, the numbers that PostgreSQL gave this cluster, this
database and this table; they are noted while all is well and differ after a restore. So a restored copy is held
before anything was run in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from accounts.models import SiteSwitch, User

RESTORED = "This is a restored copy of the database. Mails it shows as waiting may have been sent since the backup."
_HOME = """
SELECT concat_ws(':', (SELECT system_identifier FROM pg_control_system()), d.oid, 'accounts_siteswitch'::regclass::oid)
FROM pg_database d WHERE d.datname = current_database()
"""


@dataclass(frozen=True)
class Hold:
    """Why sending is held. `since` and `by` are None where the product itself noticed a restored copy."""

    reason: str
    since: datetime | None = None
    by: User | None = None


def sending_held() -> Hold | None:
    """Why nothing is sent at present, or None where sending goes on."""
    switch = SiteSwitch.objects.filter(name=SiteSwitch.HOLD_SENDING).select_related("turned_by").first()
    if switch is None:
        return None
    if switch.is_on:
        return Hold(switch.reason, switch.turned_at, switch.turned_by)
    return Hold(RESTORED) if switch.home != home() else None


def home() -> str:
    """What names this very database: the same for its whole life, another one for every copy."""
    with connection.cursor() as cursor:
        cursor.execute(_HOME)
        return str(cursor.fetchone()[0])
