"""The full figures: `make faults`. Thousands of mails, senders killed at the worst moments, servers that come and go.

Prints one table and ends with 1 where a target was missed, or where a broken way of sending was not found out.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cpdtracker.servers.example import example_environment
from tests.faults.database import Database
from tests.faults.stack import AT, LEASE, Broker, Nursery, Program, Reckoning, Sink, alive, due, reckon, until

GAP = ("before-dot", "after-dot", "after-250")
QUIET = 8.0  # seconds without any change after which nothing more is expected


@dataclass
class Run:
    """One line of the table."""

    name: str
    mails: int
    kills: int = 0
    gap: int = 0
    faults: int = 0
    seconds: float = 0.0
    after: float = 0.0  # from the last fault to the last mail
    found: Reckoning | None = None
    good: Callable[[Run], bool] = field(default=lambda run: False)

    def line(self) -> str:
        found = self.found
        assert found is not None
        return (
            f"{self.name:44} {self.mails:>6,} {self.kills:>6} {self.gap:>7} {self.faults:>7} {found.lost:>5}"
            f" {found.doubled:>8} {found.flagged:>8} {found.unflagged:>10} {found.open:>5} {self.seconds:>8.0f}"
            f" {self.after:>6.1f}  {'ok' if self.good(self) else 'MISSED'}"
        )


HEAD = (
    f"{'run':44} {'mails':>6} {'kills':>6} {'in gap':>7} {'faults':>7} {'lost':>5} {'doubled':>8} {'doubted':>8}"
    f" {'unflagged':>10} {'open':>5} {'seconds':>8} {'after':>6}"
)


def exact(run: Run) -> bool:
    found = run.found
    return found is not None and (found.doubled, found.states) == (0, {"sent": run.mails})


def flagged(run: Run) -> bool:
    found = run.found
    return (
        found is not None
        and (found.lost, found.unflagged) == (0, 0)
        and set(found.states) <= {"sent", "uncertain"}
        and found.doubled <= found.flagged
    )


def loses(run: Run) -> bool:
    return run.found is not None and 0 < run.found.lost < run.mails // 2


def doubles(run: Run) -> bool:
    return run.found is not None and 0 < run.found.unflagged < run.mails // 2


class Stack:
    """All servers, and the product set up on them in this process."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.database, self.broker, self.sink = Database(), Broker(keep=True), Sink()
        ours = {**example_environment(), "DATABASE_URL": self.database.url, "REDIS_URL": self.broker.url}
        os.environ.update(ours, DJANGO_SETTINGS_MODULE="cpdtracker.settings", LOG_LEVEL="ERROR")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)

    def close(self) -> None:
        from django.db import connection

        connection.close()
        self.sink.stop()
        self.broker.stop()
        self.database.remove()


def settled(ids: list[int], patience: float = QUIET) -> Iterator[bool]:
    """Whether nothing is open any more, or nothing has moved for a while. Looks twice a second at most."""
    from django.db import Error, connection
    from django.db.models import Count

    from renewals.models import Reminder

    low, high = min(ids), max(ids)
    last, since, looked = None, time.monotonic(), 0.0
    while True:
        if time.monotonic() - looked < 0.5:
            yield False
            continue
        looked = time.monotonic()
        try:
            rows = Reminder.objects.filter(pk__range=(low, high)).values_list("state").order_by("state")
            states = dict(rows.annotate(n=Count("pk")))
        except Error:
            connection.close()
            yield False
            continue
        if states != last:
            last, since = states, time.monotonic()
        moving = set(states) & {"pending", "claimed", "handing", "retry"}
        yield not moving or time.monotonic() - since > patience


def killing(stack: Stack, run: Run, *, least: int, gap: int, way: str = "", ask: bool = True) -> None:
    """Four senders. Some end themselves inside the hand-over gap, some are killed at any moment; each is replaced."""
    stack.sink.say(delay=0.004)
    ids = crowd_due(run.mails)
    nursery = Nursery(stack.database.url, stack.sink, **({} if ask else {"MAIL_LOG_URL": ""}))
    began = time.monotonic()
    planned: dict[int, bool] = {}

    def hire() -> None:
        # Two of four carry the seed of their end, while more ends in the gap are wanted.
        marked = run.gap + sum(planned.values()) < gap + 2 and sum(planned.values()) < 2
        fault = f"{stack.draw.choice(GAP)}@{stack.draw.randint(3, max(4, run.mails // 250))}" if marked else ""
        planned[nursery.sender(way=way, FAULTS=fault)] = marked

    with contextlib.closing(nursery):
        for _ in range(4):
            hire()
        last = hunt(stack, run, ids, nursery, planned, hire, least)
        run.seconds, run.after = time.monotonic() - began, time.monotonic() - last
    run.found = reckon(stack.sink, ids)
    put_away(ids)


def hunt(
    stack: Stack,
    run: Run,
    ids: list[int],
    nursery: Nursery,
    planned: dict[int, bool],
    hire: Callable[[], None],
    least: int,
) -> float:
    """Kill and replace until all is settled. When the last one ended."""
    last = time.monotonic()
    due_at = last + 0.5
    watch = settled(ids)
    while not next(watch):
        time.sleep(0.02)
        for pid in [pid for pid in planned if not alive(pid)]:
            run.gap += planned[pid]
            run.kills += 1
            del planned[pid]
            last = time.monotonic()
            hire()
        if time.monotonic() > due_at and run.kills < 2 * least:
            plain = [pid for pid, marked in planned.items() if not marked]
            nursery.kill(stack.draw.choice(plain or list(planned)), signal.SIGKILL)
            due_at = time.monotonic() + stack.draw.uniform(0.25, 0.75)
    return last


def crowd_due(number: int) -> list[int]:
    """So many people with a mail each, on a database that knows how large its tables are."""
    from django.db import connection

    ids = due(number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ids


def put_away(ids: list[int]) -> None:
    """What a run left open must not be sent by the next one."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE renewals_reminder DISABLE TRIGGER reminder_steps")
        cursor.execute(
            "UPDATE renewals_reminder SET state = 'dropped' WHERE id = ANY(%s)"
            " AND state IN ('pending', 'claimed', 'handing', 'retry', 'uncertain')",
            [ids],
        )
        cursor.execute("ALTER TABLE renewals_reminder ENABLE TRIGGER reminder_steps")


def servers(stack: Stack, run: Run, *, each: int) -> None:
    """Two workers of two processes and three timetables, while queue, broker and database come and go."""
    stack.sink.say(delay=0.002)
    ids = crowd_due(run.mails)
    worker = ("worker", "--concurrency", "2", "--loglevel", "ERROR", "--without-gossip", "--without-mingle")
    with contextlib.ExitStack() as undo:
        scratch = undo.enter_context(tempfile.TemporaryDirectory())
        commands = [(*worker, "-n", f"w{number}@%h") for number in range(2)]
        commands += [("beat", "--schedule", f"{scratch}/beat-{number}") for number in range(3)]
        for command in commands:
            undo.callback(Program(stack.database.url, stack.broker, stack.sink, *command).kill)
        began = time.monotonic()
        until(stack.sink.ledger, 120)
        last = coming_and_going(stack, run, ids, ["flush", "broker", "database"] * each)
        run.seconds, run.after = time.monotonic() - began, time.monotonic() - last
    run.found = reckon(stack.sink, ids)
    put_away(ids)


def coming_and_going(stack: Stack, run: Run, ids: list[int], wanted: list[str]) -> float:
    """The faults, in an order that is drawn, until all are over and all is sent. When the last of them came."""
    from django.db import connection

    stack.draw.shuffle(wanted)
    watch, last = settled(ids, 60), time.monotonic()
    next_at = last
    while not next(watch) or wanted:
        time.sleep(0.05)
        if not wanted or time.monotonic() < next_at:
            continue
        fault = wanted.pop()
        if fault == "flush":
            stack.broker.link().flushall()
        elif fault == "broker":
            stack.broker.kill()
            time.sleep(0.5)
            stack.broker.start()
        else:
            connection.close()
            stack.database.restart(at_once=stack.draw.random() < 0.5)
        run.faults += 1
        last = time.monotonic()
        next_at = last + stack.draw.uniform(0.5, 2.0)
    connection.close()
    return last


def main() -> int:
    parser = argparse.ArgumentParser(prog="make faults")
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is stopped
    most, some, few = told.mails, told.mails // 5, 50 if told.mails >= 2_500 else 10
    stack = Stack(told.seed)
    print(f"seed {told.seed}; {AT:%Y-%m-%d %H:%M} UTC; leases of {LEASE} s; four senders\n\n{HEAD}", flush=True)
    runs = [
        (Run("killed, the mail log can be asked", most, good=exact), killing, {"least": few, "gap": few // 2}),
        (
            Run("killed, nobody can be asked", most, good=flagged), killing,
            {"least": few, "gap": few // 2, "ask": False},
        ),
        (Run("queue, broker and database come and go", most, good=exact), servers, {"each": max(1, few // 5)}),
    ]  # fmt: skip
    for way, good in (("mark_first", loses), ("lock_while_sending", doubles), ("sweep_off", loses)):
        control = Run(f"control, must fail: {way.replace('_', ' ')}", some, good=good)
        runs.append((control, killing, {"least": 10, "gap": 10, "way": way}))
    try:
        for run, scenario, options in runs:
            scenario(stack, run, **options)
            print(run.line(), flush=True)
    finally:
        stack.close()
    return 0 if all(run.good(run) for run, _, _ in runs) else 1


if __name__ == "__main__":
    sys.exit(main())
