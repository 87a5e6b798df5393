"""The team pages with 100,000 held certifications: `python -m cpdtracker.servers exec -- python -m bench.dashboard`.

Seeds four employers by bulk SQL, of 1, 100, 5,000 and 28,233 people with three certifications each. Then asks for the
dashboard, the at-risk list, people and coverage and prints the median and the 95th percentile, the number of queries
and the size; at last the most memory that an export of the largest team takes above what was in use before.
"""

from __future__ import annotations

import os
import statistics
import sys
import tracemalloc
from datetime import date
from time import perf_counter

from bench.starting import CLOCK, start

ROUNDS = 20
TEAMS = (1, 100, 5_000, 28_233)  # people; each holds three certifications
PAGES = ("/team/", "/team/?standing=action", "/team/at-risk/", "/team/people/", "/team/coverage/?on=2027-03-31")

# One statement a table; numbers run on from what is there, so each team is a block of its own.
SEED = """
WITH people AS (
    INSERT INTO accounts_user (password, is_superuser, name, email, email_key, time_zone, theme, last_kind,
        is_rules_admin, is_active, is_demo, joined_at)
    SELECT '', false, 'Person ' || md5(n::text), k, k, 'America/New_York', 'system', '', false, true, false, now()
    FROM (SELECT n, 'p' || n || '-%(team)s@bench.example' AS k FROM generate_series(1, %(people)s) n) x
    RETURNING id
), members AS (
    INSERT INTO accounts_membership (user_id, employer_id, role, shares, shares_changed_at, joined_on)
    SELECT id, %(employer)s, 'technician', 'activities', now(), '2025-06-02' FROM people RETURNING user_id
), held AS (
    INSERT INTO certifications_heldcertification (user_id, certification_id, level_id, number, facts, added_at)
    SELECT user_id, c.id, NULL, '', '{}', now()
    FROM members CROSS JOIN (
        SELECT id, row_number() OVER (ORDER BY id) AS place FROM certifications_certification
        WHERE owner_id IS NULL ORDER BY id LIMIT 12
    ) c
    WHERE (user_id + c.place) %% 4 < 1 ORDER BY user_id
    RETURNING id, user_id
), periods AS (
    INSERT INTO certifications_renewalperiod (user_id, held_id, ordinal, start, "end", earns_from, earns_until,
        never_ends, carried_in, reference, result_hash)
    SELECT user_id, id, 1, s, s + 1096, s, s + 1096, false, '[]', '', ''
    FROM (SELECT user_id, id, date '2023-08-01' + (id * 7919 %% 1100)::int AS s FROM held) h
    RETURNING id, user_id, held_id, "end"
)
INSERT INTO renewals_standing (user_id, held_id, period_id, word, complete, counted, needed, asked, forecast, short,
    ends_on, window_opens, lapses_after, on_course, summary, counted_at)
SELECT user_id, held_id, id, 'on-track', id %% 5 = 0, (id * 37 %% 91) * 100, 9000, 9900, NULL,
    greatest(0, 9000 - (id * 37 %% 91) * 100), "end" - 1, "end" - 181, "end" - 1, id %% 6 > 0,
    '{"sub_line": "9 points short", "next": "log field time.", "unit": "points", "room": [["Field", 3600]]}',
    '2026-10-01 11:00+00'
FROM periods
"""


def main() -> int:
    start(CLOCK_AT=CLOCK)
    teams = [seed(number, people) for number, people in enumerate(TEAMS)]
    report(teams)
    return 0


def seed(number: int, people: int) -> tuple[object, object, int]:
    """One employer with its people; the employer, its owner, and how many certifications they hold."""
    from django.db import connection, transaction

    from accounts.actions import found_employer
    from accounts.clock import now
    from accounts.models import User
    from renewals.models import Standing

    with transaction.atomic():
        owner = User.objects.create_user(f"owner{number}@bench.example", name="Owner", joined_at=now())
        employer = found_employer(by=owner, at=now(), today=date(2026, 1, 1), name=f"Bench {number}")
        before = Standing.objects.count()
        with connection.cursor() as cursor:
            cursor.execute(SEED, {"team": number, "people": people, "employer": employer.pk})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return employer, owner, Standing.objects.count() - before


def report(teams: list[tuple[object, object, int]]) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    held = sum(number for _, _, number in teams)
    print(f"{held:,} held certifications in {len(teams)} teams; {ROUNDS} requests each, milliseconds")
    print(f"{'people':>8} {'page':32} {'p50':>7} {'p95':>7} {'queries':>8} {'KB':>6}")
    for people, (_, owner, _) in zip(TEAMS, teams, strict=True):
        client = Client(SERVER_NAME="localhost")
        client.force_login(owner)
        for page in PAGES:
            with CaptureQueriesContext(connection) as captured:
                size = len(client.get(page).content)
            asked = len(captured)  # now: the next request forgets them
            taken = sorted(timed(client, page) for _ in range(ROUNDS))
            print(
                f"{people:>8,} {page:32} {statistics.median(taken):>7.1f} {taken[int(ROUNDS * 0.95)]:>7.1f}"
                f" {asked:>8} {size // 1000:>6}"
            )
    exported(teams[-1][0])


def timed(client: object, page: str) -> float:
    begun = perf_counter()
    answer = client.get(page)  # type: ignore[attr-defined]
    if answer.status_code != 200:
        raise SystemExit(f"{page} answered {answer.status_code}.")
    return (perf_counter() - begun) * 1000


def exported(employer: object) -> None:
    """The memory that the export of a team takes."""
    from accounts.spreadsheets.writing import write_csv
    from renewals.exports.making import snapshot
    from renewals.exports.standing import STANDING, lines
    from renewals.teams.filters import Filters

    today, file = date(2026, 10, 1), open(os.devnull, "wb")  # noqa: PTH123, SIM115
    tracemalloc.start()
    begun = perf_counter()
    with file, snapshot():
        found = lines(employer, today, today, Filters())  # type: ignore[arg-type]
        rows = write_csv(file, [name for name, _ in STANDING], ([read(one) for _, read in STANDING] for one in found))
    _, peak = tracemalloc.get_traced_memory()
    print(f"export of {rows:,} rows as CSV: {perf_counter() - begun:.1f} s traced, peak {peak / 1e6:.1f} MB")


if __name__ == "__main__":
    sys.exit(main())
