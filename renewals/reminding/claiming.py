"""Taking the rows of one mail for this sender: what is due, still applies and nobody else has.

All that a person is told on a day is one mail. The person's own row is locked for the moment of claiming, so that two
senders never make two mails of it; the lock that another transaction holds on it means: not now, next sweep.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction

from accounts.models import User

from ..models import Reminder
from . import faults, zones
from .wishes import STANDARD

# Rows that may go out now, and where their reader is. `zone` comes first in every statement that uses it.
_DUE = """
FROM renewals_reminder r
JOIN accounts_user u ON u.id = r.user_id
LEFT JOIN zone z ON z.name = u.time_zone
CROSS JOIN (SELECT * FROM zone LIMIT 1) d
LEFT JOIN renewals_remindersettings own ON own.user_id = u.id
LEFT JOIN renewals_remindersettings theirs ON theirs.employer_id = r.employer_id
LEFT JOIN renewals_remindersettings site ON site.user_id IS NULL AND site.employer_id IS NULL
CROSS JOIN LATERAL (
    SELECT coalesce(z.today, d.today) AS today, coalesce(z.hour, d.hour) AS hour,
        coalesce(z.day_began, d.day_began) AS day_began,
        coalesce(own.quiet_from, theirs.quiet_from, site.quiet_from, %(quiet_from)s) AS quiet_from,
        coalesce(own.quiet_until, theirs.quiet_until, site.quiet_until, %(quiet_until)s) AS quiet_until
) here
WHERE r.state IN ('pending', 'retry') AND r.channel = 'email'
    AND r.due_on <= here.today
    AND (r.retry_at IS NULL OR r.retry_at <= clock_timestamp())
    AND (r.stage LIKE 'asked-%%' OR (
        NOT CASE
            WHEN here.quiet_from < here.quiet_until
                THEN here.hour >= here.quiet_from AND here.hour < here.quiet_until
            WHEN here.quiet_from > here.quiet_until
                THEN here.hour >= here.quiet_from OR here.hour < here.quiet_until
            ELSE false END
        AND NOT EXISTS (
            SELECT FROM renewals_reminder other
            WHERE other.user_id = r.user_id AND other.employer_id IS NOT DISTINCT FROM r.employer_id
                AND other.channel = 'email' AND other.stage NOT LIKE 'asked-%%' AND other.id <> r.id
                AND (other.state IN ('claimed', 'handing')
                    OR (other.state = 'sent' AND other.sent_at >= here.day_began))
        )
    ))
"""

# Whether a reminder still applies, by what is true now: the period is open, the standing is still the one that is
# written about, nothing later took its place, the reader still wants it, an overseer still oversees.
_OWN = """
u.is_active AND (r.stage LIKE 'told-%%' OR EXISTS (
    SELECT FROM certifications_renewalperiod p
    JOIN certifications_heldcertification h ON h.id = p.held_id
    LEFT JOIN renewals_standing s ON s.period_id = p.id
    WHERE p.id = r.period_id AND p.closed_at IS NULL AND h.removed_at IS NULL
        AND CASE
            WHEN r.stage LIKE 'on-track-%%' THEN s.on_course AND s.window_opens > here.today
                AND coalesce(own.on_track, site.on_track, '') <> 'off'
            WHEN r.stage LIKE 'at-risk-%%' THEN NOT s.on_course AND s.window_opens > here.today
                AND coalesce(own.at_risk, site.at_risk, '') <> 'off'
            WHEN r.stage LIKE 'opens-%%' OR r.stage LIKE 'due-%%' OR r.stage LIKE 'ended-%%'
                THEN s.window_opens <= here.today AND s.lapses_after >= here.today
                AND coalesce(own.action, site.action, '') <> 'never'
            WHEN r.stage LIKE 'lapsed-%%' THEN s.lapses_after < here.today
                AND coalesce(own.action, site.action, '') <> 'never'
            ELSE true END
    )) AND NOT EXISTS (
        SELECT FROM renewals_reminder later
        WHERE r.stage ~ '^(opens|due|ended|lapsed)-' AND later.stage ~ '^(opens|due|ended|lapsed)-'
            AND later.period_id = r.period_id AND later.channel = r.channel
            AND later.due_on > r.due_on AND later.due_on <= here.today
    )
"""
# The same of what those who oversee a team are told.
_TEAM = """
u.is_active AND EXISTS (
    SELECT FROM accounts_membership o
    WHERE o.user_id = r.user_id AND o.employer_id = r.employer_id AND o.role IN ('coordinator', 'owner')
        AND o.joined_on <= here.today AND (o.left_on IS NULL OR o.left_on > here.today)
    ) AND CASE
        WHEN r.stage LIKE 'digest-%%' THEN coalesce(own.team_digest, true)
        WHEN r.about_id IS NULL THEN true
        ELSE coalesce(own.team_notices, true) AND EXISTS (
            SELECT FROM certifications_renewalperiod p
            JOIN certifications_heldcertification h ON h.id = p.held_id
            JOIN renewals_standing s ON s.period_id = p.id
            JOIN accounts_membership m ON m.user_id = p.user_id AND m.employer_id = r.employer_id
                AND m.shares <> 'nothing'
                AND m.joined_on <= here.today AND (m.left_on IS NULL OR m.left_on > here.today)
            WHERE p.id = r.about_id AND p.closed_at IS NULL AND h.removed_at IS NULL
                AND s.window_opens <= here.today
        ) END
"""

_SHORTLIST = f"""
WITH zone(name, today, hour, day_began) AS (VALUES {{zones}})
SELECT r.user_id, r.employer_id, r.message_id, r.stage LIKE 'asked-%%', u.time_zone {_DUE}
ORDER BY r.due_on, r.id LIMIT %(most)s
"""

_CLAIM = """
WITH zone(name, today, hour, day_began) AS (VALUES {zones}),
taken AS (
    SELECT r.id, here.today, ({applies}) AS applies {due}
        AND r.user_id = %(user_id)s AND r.employer_id IS NOT DISTINCT FROM %(employer_id)s
        AND r.message_id = %(message_id)s AND (r.stage LIKE 'asked-%%') = %(asked)s
    ORDER BY r.id
)
UPDATE renewals_reminder r SET
    state = CASE WHEN taken.applies THEN 'claimed' ELSE 'dropped' END,
    error = CASE WHEN taken.applies THEN '' ELSE %(no_longer)s END,
    lease_token = %(token)s, lease_until = clock_timestamp() + make_interval(secs => %(lease)s),
    attempts = r.attempts + 1
FROM taken WHERE taken.id = r.id
RETURNING r.id, r.state, taken.today
"""

_LOCK = "SELECT 1 FROM accounts_user WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED"


NO_LONGER = "It no longer applied."  # said of a row that was dropped before anybody was told anything
_QUIET = {"quiet_from": STANDARD.quiet_from, "quiet_until": STANDARD.quiet_until}


@dataclass(frozen=True)
class Waiting:
    """The rows of one mail that may go out: of whom, for which employer's team, with which Message-ID already."""

    user_id: int
    employer_id: int | None
    message_id: str
    asked: bool
    zone: str


@dataclass(frozen=True)
class Batch:
    """The rows of one mail, claimed. `today` is the reader's day."""

    token: uuid.UUID
    user: User
    rows: tuple[Reminder, ...]
    today: date

    @property
    def ids(self) -> list[int]:
        return [row.pk for row in self.rows]


def shortlist(at: datetime, most: int) -> list[Waiting]:
    """Mails that may go out now, longest due first. Others may claim them meanwhile."""
    words, values = zones.as_values(at)
    with connection.cursor() as cursor:
        cursor.execute(_SHORTLIST.replace("{zones}", words), {**values, **_QUIET, "most": most})
        return list(dict.fromkeys(Waiting(*row) for row in cursor.fetchall()))


def claim(waiting: Waiting, at: datetime) -> tuple[Batch | None, int]:
    """Take the rows of one mail, and how many were dropped because they no longer apply.

    None where another sender has them, where there is nothing left of them, or while their reader is written to.
    """
    words, values = zones.as_values(at, only=waiting.zone)
    token = uuid.uuid4()
    named = {
        **values, **_QUIET, **asdict(waiting), "token": token, "lease": settings.REMINDER_LEASE_SECONDS,
        "no_longer": NO_LONGER,
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK, [waiting.user_id])
        if cursor.fetchone() is None:
            return None, 0
        applies = _OWN if waiting.employer_id is None or waiting.asked else _TEAM
        statement = _CLAIM.replace("{applies}", applies).replace("{due}", _DUE).replace("{zones}", words)
        cursor.execute(statement, named)
        found = cursor.fetchall()
    faults.at("claimed")
    taken = sorted(row[0] for row in found if row[1] == Reminder.State.CLAIMED)
    dropped = len(found) - len(taken)
    if not taken:
        return None, dropped
    rows = Reminder.objects.filter(pk__in=taken, lease_token=token).order_by("pk")
    kept = tuple(rows.select_related("user", "employer", "asked_by", "period"))
    return (Batch(token, kept[0].user, kept, found[0][2]), dropped) if kept else (None, dropped)


def message_id(batch: Batch, host: str) -> str:
    """The Message-ID of a mail: of its first row, so that every repeat carries the same one."""
    lead = batch.rows[0]
    if lead.message_id:
        return lead.message_id
    key = f"{lead.pk}:{lead.user_id}:{lead.period_id}:{lead.about_id}:{lead.employer_id}:{lead.stage}:{lead.channel}"
    return f"<reminder-{lead.pk}-{uuid.uuid5(uuid.NAMESPACE_URL, key).hex}@{host}>"


def fenced(batch: Batch, **facts: object) -> bool:
    """Write to the rows of a batch while they are ours alone; False where the lease ran out or was taken."""
    ours = Reminder.objects.filter(pk__in=batch.ids, lease_token=batch.token)
    return ours.filter(state=Reminder.State.CLAIMED).extra(where=["lease_until > clock_timestamp()"]).update(
        **facts
    ) == len(batch.rows)
