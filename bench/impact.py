"""A rule change on many people: `python -m cpdtracker.servers exec -- python -m bench.impact [PEOPLE ...]`.

Seeds people by bulk SQL, each with one NICET certification and eight activities, then simulates a draft that lowers a
cap, piece by piece as the workers do, in this one process. Prints the seconds, the milliseconds a person, the ratio to
a bare aggregate query over the same activities (points summed by certification and kind, and nothing else), and the
memory of the process at its peak above what it had before. Pieces need nothing of each other: n workers take an n-th.
"""

from __future__ import annotations

import resource
import sys
from datetime import date, datetime
from time import perf_counter, process_time

from bench.starting import CLOCK, start

SIZES = (10_000, 100_000)

# One statement a table; each person has other days and amounts, and about every fourth is over the lowered cap.
SEED = """
WITH people AS (
    INSERT INTO accounts_user (password, is_superuser, name, email, email_key, time_zone, theme, last_kind,
        is_rules_admin, is_site_admin, is_active, is_demo, joined_at)
    SELECT '', false, 'Person ' || n, k, k, 'America/New_York', 'system', '', false, false, true, false, now()
    FROM (SELECT n, 'i' || n || '@bench.example' AS k FROM generate_series(%(first)s, %(last)s) n) x
    RETURNING id
), held AS (
    INSERT INTO certifications_heldcertification (user_id, certification_id, level_id, number, facts, added_at)
    SELECT id, %(certification)s, %(level)s, '', '{}', now() FROM people RETURNING id, user_id
), periods AS (
    INSERT INTO certifications_renewalperiod (user_id, held_id, version_id, ordinal, start, "end", earns_from,
        earns_until, never_ends, carried_in, reference, result_hash)
    SELECT user_id, id, %(version)s, 1, s, (s + interval '3 years')::date, s, (s + interval '3 years')::date, false,
        '[]', '', ''
    FROM (SELECT user_id, id, date '2024-01-05' + (id * 7919 %% 900)::int AS s FROM held) h
    RETURNING user_id, held_id, start
), done AS (
    INSERT INTO activities_activity (user_id, kind, type, title, since, "on", amount, unit, share, provider, format,
        role, reach, topics, course, link, note, keep_both, nonce, version, logged_at, changed_at)
    SELECT user_id, CASE WHEN n = 8 THEN 'field-time' WHEN n = 7 THEN 'meeting' ELSE 'class' END, '',
        'Activity ' || n, CASE WHEN n = 8 THEN start END,
        CASE WHEN n = 8 THEN (start + interval '10 months')::date ELSE start + (user_id * n * 31 %% 240)::int END,
        CASE WHEN n = 8 THEN 1000 WHEN n = 7 THEN 700 ELSE 100 * (3 + (user_id * n %% 9)) END,
        CASE WHEN n = 8 THEN 'month' WHEN n = 7 THEN 'point' ELSE 'hour' END, 100, '', '', '',
        CASE WHEN n = 7 THEN 'local' ELSE '' END, '[]', '', '', '', false, gen_random_uuid(), 1, now(), now()
    FROM periods CROSS JOIN generate_series(1, 8) n
    RETURNING id, user_id
)
INSERT INTO activities_claim (user_id, activity_id, held_id, chosen_category, relevant, asked, counted, category,
    category_name, reason, reason_text)
SELECT done.user_id, done.id, periods.held_id, '', true, 0, 0, '', '', '', ''
FROM done JOIN periods USING (user_id)
"""
BARE = """
SELECT c.held_id, a.kind, sum(a.amount) FROM activities_claim c JOIN activities_activity a ON a.id = c.activity_id
WHERE a.deleted_at IS NULL GROUP BY c.held_id, a.kind
"""


def main() -> int:
    start(CLOCK_AT=CLOCK)
    print(f"{'held':>9} {'seconds':>9} {'ms each':>8} {'cpu s':>8} {'bare s':>8} {'ratio':>8} {'+MB':>6}  found")
    before = 0
    for size in [int(one) for one in sys.argv[1:]] or SIZES:
        seed(before + 1, size)
        before = size
        measure()
    return 0


def seed(first: int, last: int) -> None:
    """People number `first` to `last`."""
    from django.db import connection

    from certifications.models import Certification, RuleSetVersion

    certification = Certification.objects.get(body__slug="nicet", slug="fire-alarm-systems")
    version = RuleSetVersion.objects.get(rule_set__slug="nicet-cpd", label="2010")
    named = {
        "first": first, "last": last, "certification": certification.pk, "version": version.pk,
        "level": certification.levels.get(code="II").pk,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SEED, named)
        cursor.execute("ANALYZE")


def measure() -> None:
    """Simulate once on everybody who is there, and print a line."""
    from django.db import connection

    from renewals.actions.simulating import count_shard, shards_to_do, start_simulation

    at, draft = datetime.fromisoformat(CLOCK), draft_of()
    with connection.cursor() as cursor:
        begun = perf_counter()
        cursor.execute(BARE)
        cursor.fetchall()
        bare = perf_counter() - begun
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, worked = perf_counter(), process_time()
    simulation = start_simulation(draft=draft, by=draft.author, at=at, today=date(2026, 10, 1))  # type: ignore[attr-defined]
    for shard_id in shards_to_do(simulation):
        count_shard(shard_id=shard_id, at=at)
    taken, cpu = perf_counter() - begun, process_time() - worked
    simulation.refresh_from_db()
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) / 1024
    print(
        f"{simulation.total:>9,} {taken:>9.1f} {taken * 1000 / simulation.total:>8.2f} {cpu:>8.1f} {bare:>8.2f}"
        f" {taken / bare:>8.0f} {peak:>6.0f}  {simulation.summary}",
        flush=True,
    )


def draft_of() -> object:
    """The draft that lowers a cap from 45 to 40, from 1 Jan 2027."""
    from accounts.models import User
    from certifications.actions.drafts import start_draft
    from certifications.models import RuleDraft, RuleSetVersion

    there = RuleDraft.objects.in_work().first()
    if there:
        return there
    at = datetime.fromisoformat(CLOCK)
    version = RuleSetVersion.objects.get(rule_set__slug="nicet-cpd", label="2010")
    writer = User.objects.create_user("writer@bench.example", name="Writer", joined_at=at, is_rules_admin=True)
    raw = version.document.plain()
    raw["caps"] = [{**one, "points": 40} if one["key"] == "additional-education" else one for one in raw["caps"]]
    raw["rules"]["in_force_from"] = "2027-01-01"
    return start_draft(rule_set=version.rule_set, raw=raw, base=version, by=writer, at=at)


if __name__ == "__main__":
    sys.exit(main())
