"""Many people at once, each with one held certification and a counted standing: one statement, no factories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime

from django.db import connection

from tests.factories.certifications import CertificationFactory

_SEED = """
WITH line AS (
    SELECT nextval(pg_get_serial_sequence('accounts_user', 'id')) AS id, x.*
    FROM unnest(%(ends_on)s::date[], %(window_opens)s::date[], %(lapses_after)s::date[], %(on_course)s::boolean[],
        %(zone)s::text[], %(added_at)s::timestamptz[]) WITH ORDINALITY
        AS x(ends_on, window_opens, lapses_after, on_course, zone, added_at, n)
), people AS (
    INSERT INTO accounts_user (id, password, is_superuser, name, email, email_key, time_zone, theme, last_kind,
        is_rules_admin, is_site_admin, is_active, is_demo, joined_at)
    SELECT id, '', false, 'Person ' || id, k, k, zone, 'system', '', false, false, true, false, added_at
    FROM (SELECT *, 'p' || id || '@crowd.example' AS k FROM line) x
    RETURNING id, email
), addresses AS (
    INSERT INTO account_emailaddress (user_id, email, verified, "primary") SELECT id, email, true, true FROM people
), held AS (
    INSERT INTO certifications_heldcertification (user_id, certification_id, number, facts, added_at)
    SELECT people.id, %(certification)s, '', '{}', line.added_at FROM people JOIN line USING (id) ORDER BY line.n
    RETURNING id, user_id
), periods AS (
    INSERT INTO certifications_renewalperiod (user_id, held_id, ordinal, start, "end", earns_from, earns_until,
        never_ends, carried_in, reference, result_hash)
    SELECT user_id, held.id, 1, ends_on - 1095, ends_on + 1, ends_on - 1095, ends_on + 1, false, '[]', '', ''
    FROM held JOIN line ON line.id = held.user_id ORDER BY n
    RETURNING id, user_id, held_id
)
INSERT INTO renewals_standing (user_id, held_id, period_id, word, complete, counted, needed, asked, short,
    ends_on, window_opens, lapses_after, on_course, summary, counted_at)
SELECT user_id, held_id, periods.id, 'on-track', false, 8100, 9000, 8100, 900, ends_on, window_opens, lapses_after,
    on_course, '{"sub_line": "9 points short", "next": "log field time.", "unit": "points"}', added_at
FROM periods JOIN line ON line.id = user_id ORDER BY n
RETURNING period_id
"""


@dataclass(frozen=True)
class Line:
    """One person with one certification."""

    ends_on: date
    window_opens: date
    lapses_after: date
    on_course: bool = True
    zone: str = "America/New_York"
    added_at: datetime = datetime(2025, 1, 1, 12, tzinfo=UTC)


def crowd(lines: Sequence[Line]) -> list[int]:
    """Everybody, in this order. The ids of their open periods."""
    columns = [list(column) for column in zip(*(astuple(line) for line in lines), strict=True)]
    names = ("ends_on", "window_opens", "lapses_after", "on_course", "zone", "added_at")
    with connection.cursor() as cursor:
        values = {**dict(zip(names, columns, strict=True)), "certification": CertificationFactory().pk}
        cursor.execute(_SEED, values)
        return sorted(row[0] for row in cursor.fetchall())
