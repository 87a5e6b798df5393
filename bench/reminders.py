"""Reminders for 1,000,000 held certifications: `python -m cpdtracker.servers exec -- python -m bench.reminders`.

Seeds people with one certification each, their ends spread over four years. Prints how long the planner takes on the
first day, again at once, and a day later; how that compares with merely asking who is due; the most memory this
process used; and how many mails a second one sender and four senders hand to a mail server on the same machine.
`--held 100000` is a smaller crowd.
"""

from __future__ import annotations

import argparse
import resource
import sys
from datetime import datetime, timedelta
from time import perf_counter

from bench.starting import start

HELD = 1_000_000
MAILS = 2_000

# Numbers run on from what is there. Ends lie from two months ago to four years ahead; one in six is not on course.
SEED = """
WITH people AS (
    INSERT INTO accounts_user (password, is_superuser, name, email, email_key, time_zone, theme, last_kind,
        is_rules_admin, is_site_admin, is_active, is_demo, joined_at)
    SELECT '', false, 'Person ' || n, k, k,
        (ARRAY['America/New_York', 'America/Chicago', 'America/Denver', 'Europe/London'])[1 + n %% 4],
        'system', '', false, false, true, false, '2024-01-01'
    FROM (SELECT n, 'p' || n || '@bench.example' AS k FROM generate_series(%(first)s, %(last)s) n) x
    RETURNING id, email
), addresses AS (
    INSERT INTO account_emailaddress (user_id, email, verified, "primary") SELECT id, email, true, true FROM people
), held AS (
    INSERT INTO certifications_heldcertification (user_id, certification_id, number, facts, added_at)
    SELECT id, %(certification)s, '', '{}', '2024-01-01' FROM people ORDER BY id RETURNING id, user_id
), periods AS (
    INSERT INTO certifications_renewalperiod (user_id, held_id, ordinal, start, "end", earns_from, earns_until,
        never_ends, carried_in, reference, result_hash)
    SELECT user_id, id, 1, e - 1096, e, e - 1096, e, false, '[]', '', ''
    FROM (SELECT user_id, id, date '2026-08-01' + (id * 7919 %% 1460)::int AS e FROM held) h ORDER BY id
    RETURNING id, user_id, held_id, "end"
)
INSERT INTO renewals_standing (user_id, held_id, period_id, word, complete, counted, needed, asked, short,
    ends_on, window_opens, lapses_after, on_course, summary, counted_at)
SELECT user_id, held_id, id, 'on-track', false, 8100, 9000, 8100, 900, "end" - 1, "end" - 181, "end" - 1, id %% 6 > 0,
    '{"sub_line": "9 points short", "next": "log field time.", "unit": "points"}', '2026-10-01 11:00+00'
FROM periods ORDER BY id
"""
# Merely who is due: no zones, no wishes, nothing of what was said before, nothing written.
BARE = """
SELECT count(*) FROM renewals_standing s
JOIN certifications_renewalperiod p ON p.id = s.period_id AND p.closed_at IS NULL
JOIN certifications_heldcertification h ON h.id = s.held_id AND h.removed_at IS NULL
JOIN accounts_user u ON u.id = s.user_id AND u.is_active
WHERE s.window_opens <= %s OR NOT s.on_course OR h.added_at < %s
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.reminders")
    parser.add_argument("--held", type=int, default=HELD)
    parser.add_argument("--mails", type=int, default=MAILS)
    told = parser.parse_args()
    start(LOG_LEVEL="ERROR")
    seed(told.held)
    planning(told.held)
    sending(told.mails)
    return 0


def seed(held: int) -> None:
    from django.db import connection

    from tests.factories.certifications import CertificationFactory

    certification = CertificationFactory().pk
    began, step = perf_counter(), 50_000
    with connection.cursor() as cursor:
        for first in range(1, held + 1, step):
            last = min(first + step - 1, held)
            cursor.execute(SEED, {"first": first, "last": last, "certification": certification})
        cursor.execute("VACUUM ANALYZE")
    print(f"{held:,} held certifications of as many people, seeded in {perf_counter() - began:.0f} s\n")


def planning(held: int) -> None:
    from django.db import connection

    from renewals.reminding.planner import plan
    from tests.faults.stack import AT

    def bare() -> tuple[float, int]:
        began = perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(BARE, [AT.date(), AT - timedelta(days=90)])
            return perf_counter() - began, int(cursor.fetchone()[0])

    bare()
    least = min(bare()[0] for _ in range(3))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{'planning':34} {'rows':>9} {'seconds':>8} {'of bare':>8}")
    print(f"{'who is due, merely asked':34} {'':>9} {least:>8.2f} {1:>7.1f}x")
    moments: list[tuple[str, datetime]] = [
        ("the first day, all of it new", AT), ("again at once", AT), ("a day later", AT + timedelta(days=1)),
        ("a week later", AT + timedelta(days=8)),
    ]  # fmt: skip
    for name, at in moments:
        began = perf_counter()
        rows = sum(plan(at=at).values())
        taken = perf_counter() - began
        print(f"{name:34} {rows:>9,} {taken:>8.2f} {taken / least:>7.1f}x")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE renewals_reminder")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"\nmost memory of this process: {most / 1024:.0f} MB, {(most - before) / 1024:.1f} MB of it for planning\n")


def sending(mails: int) -> None:
    from django.conf import settings
    from django.db import connection

    from renewals.models import Reminder
    from renewals.reminding.sender import sweep
    from tests.faults.nursery import import_late_things
    from tests.faults.stack import AT, Nursery, Sink, due, until

    sink = Sink()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    import_late_things()
    with connection.cursor() as cursor:
        # What was planned above is not what is measured here.
        cursor.execute("UPDATE renewals_reminder SET state = 'dropped' WHERE state = 'pending'")
    due(mails)
    began = perf_counter()
    sent = sweep(at=AT, seconds=60)["mails"]
    print(f"one sender:   {sent / (perf_counter() - began):>6.0f} mails a second")
    nursery = Nursery(settings.DATABASE_URL, sink)
    nursery.sender(rounds=1)
    due(mails)
    began = perf_counter()
    for _ in range(4):
        nursery.sender()
    until(lambda: not Reminder.objects.filter(state__in=["pending", "claimed", "handing"]).exists(), 600)
    print(f"four senders: {mails / (perf_counter() - began):>6.0f} mails a second")
    nursery.stop()
    sink.stop()


if __name__ == "__main__":
    sys.exit(main())
