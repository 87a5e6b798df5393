"""A technician's pages with 300 activities: `python -m cpdtracker.servers exec -- python -m bench.pages`.

One person holds a NICET certification (caps in a tree) and one a California licence (caps that cross), each with 300
activities. Prints the median and the 95th percentile of the time the server takes, the number of queries, and the
size as sent, beside the budgets: home 300 ms, standing 400 ms, 25 KB. Exit code 1 if one is exceeded.
"""

from __future__ import annotations

import gzip
import random
import statistics
import sys
from datetime import date, datetime, timedelta
from time import perf_counter
from uuid import uuid4

from bench.starting import CLOCK, start

ACTIVITIES = 300
ROUNDS = 40
BUDGET = {"home": 300, "standing": 400, "with a plan": 400, "rules": 400}
LARGEST = 25_000
PLAN = "?plan=field-time_2026-10-01_2027-03-31_100&plan=class_8_hour_2026-11-20&plan=class_8_hour_2026-12-20"
PEOPLE = (
    ("nicet", "fire-alarm-systems", "nicet-cpd", ("class", "webinar", "workshop", "meeting"), ()),
    ("california-cpa", "cpa", "california-cpa", ("class", "teaching", "authoring"), ("ethics", "tax", "non-technical")),
)


def main() -> int:
    """Seed, measure, print."""
    start(CLOCK_AT=CLOCK)
    too_much = False
    print(f"{'':40} {'median':>8} {'p95':>8} {'budget':>8} {'queries':>8} {'bytes':>8}")
    for pack, slug, rules, kinds, topics in PEOPLE:
        client, held = _person(pack, slug, kinds, topics)
        pages = {
            "home": "/me/", "standing": f"/certs/{held}/", "with a plan": f"/certs/{held}/{PLAN}",
            "rules": f"/rules/{rules}/v/1/",
        }  # fmt: skip
        for name, address in pages.items():
            too_much |= _measure(client, f"{slug}: {name}", address, BUDGET[name])
    return int(too_much)


def _person(pack: str, slug: str, kinds: tuple[str, ...], topics: tuple[str, ...]) -> tuple[object, int]:
    """A person with one certification and 300 activities, signed in; and the id of what they hold."""
    from django.test import Client

    from accounts.models import User
    from activities.models import Activity, Claim
    from certifications.actions import hold
    from certifications.models import Certification
    from certifications.rules.dates import Span
    from renewals.actions import recount

    at, today = datetime.fromisoformat(CLOCK), date(2026, 10, 1)
    user = User.objects.create_user(f"{pack}@bench.example", name=pack, joined_at=at)
    certification = Certification.objects.get(body__slug=pack, slug=slug)
    span = Span(date(2024, 4, 1), date(2027, 4, 1)) if pack == "nicet" else Span(date(2025, 6, 1), date(2027, 6, 1))
    level = certification.levels.filter(code="II").first()
    period = hold(certification=certification, level=level, span=span, by=user, at=at, today=today)
    rnd = random.Random(pack)
    made = Activity.objects.bulk_create(
        Activity(
            user=user, kind=rnd.choice(kinds), title=f"{rnd.choice(('Panel', 'Code', 'Voice', 'Tax'))} class {number}",
            on=span.start + timedelta(days=rnd.randrange((today - span.start).days)),
            amount=rnd.randrange(1, 9) * 50, topics=rnd.sample(topics, rnd.randrange(2)) if topics else [],
            nonce=uuid4(), logged_at=at, changed_at=at,
        )
        for number in range(ACTIVITIES)
    )  # fmt: skip
    Claim.objects.bulk_create(Claim(user=user, activity=activity, held_id=period.held_id) for activity in made)
    recount(user=user, at=at, today=today)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client, period.held_id


def _measure(client: object, name: str, address: str, budget: int) -> bool:
    """Ask so many times; whether a budget was exceeded."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)  # type: ignore[attr-defined]
    questions = len(asked)
    if page.status_code != 200:
        raise SystemExit(f"{address} answered {page.status_code}")
    times = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        client.get(address)  # type: ignore[attr-defined]
        times.append((perf_counter() - begun) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    size = len(gzip.compress(page.content, 6))
    print(f"{name:40} {statistics.median(times):8.0f} {p95:8.0f} {budget:8} {questions:8} {size:8,}")
    return p95 > budget or size > LARGEST


if __name__ == "__main__":
    sys.exit(main())
