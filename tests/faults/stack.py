"""What the fault tests stand on: the sink, the nursery of senders, people who are due, and the reckoning afterwards."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from cpdtracker.servers.places import account_for, find_programs, make_folder, throw_away_home
from cpdtracker.servers.process import free_port

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
TODAY = date(2026, 10, 1)
# Seconds. Shorter, and a busy machine holds up a sender that is alive for longer than its lease.
LEASE = 2


class Sink:
    """The mail server that can be told to misbehave (see tests.faults.sink)."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests/faults/sink.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        ports = json.loads(self._process.stdout.readline())
        self.port, self.http = ports["smtp"], f"http://127.0.0.1:{ports['http']}"
        self.log_url = f"{self.http}/taken?id={{id}}"

    def say(self, *script: tuple[str, str] | tuple[str, str, int], delay: float = 0.0, forget: bool = True) -> None:
        """Replace the script: (stage, what to do, how often). Forgets what was taken, unless told not to."""
        lines = [dict(zip(("at", "do", "times"), line, strict=False)) for line in script]
        self._ask("/say", json.dumps({"script": lines, "delay": delay, "forget": forget}).encode())

    def ledger(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        return Counter(self._ask("/ledger")["ledger"])

    def stop(self) -> None:
        self._process.communicate("")

    def _ask(self, path: str, body: bytes | None = None) -> dict[str, Any]:
        with urllib.request.urlopen(self.http + path, data=body, timeout=60) as answer:  # noqa: S310
            return json.loads(answer.read())


class Nursery:
    """Forks senders (see tests.faults.nursery)."""

    def __init__(self, database_url: str, sink: Sink, **environment: str) -> None:
        ours = {
            "DATABASE_URL": database_url, "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}", "DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "cpdtracker.settings", "LOG_LEVEL": "ERROR", "REMINDER_LEASE_SECONDS": str(LEASE),
            "MAIL_LOG_URL": sink.log_url, "PYTHONPATH": str(ROOT), "CLOCK_AT": "",
        }  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"], env={**os.environ, **ours, **environment}, cwd=ROOT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._alive: set[int] = set()

    def sender(self, **told: object) -> int:
        """The pid of a new sender. `way` names a broken way of sending, `FAULTS` where it ends."""
        self._process.stdin.write(json.dumps({"moment": AT.isoformat(), **told}) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        self._alive.add(pid)
        return pid

    def kill(self, pid: int, how: signal.Signals = signal.SIGKILL) -> None:
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            self._alive.discard(pid)

    def stop(self) -> None:
        for pid in list(self._alive):
            self.kill(pid)
        self._process.communicate("")

    close = stop


def alive(pid: int) -> bool:
    """Whether a process runs or is stopped."""
    return state_of(pid) not in ("", "Z", "X")


def state_of(pid: int) -> str:
    """R, S, T and so on, or "" where it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def until(check: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + seconds
    while not check():
        if time.monotonic() > ends:
            raise AssertionError("It did not come about in time.")
        time.sleep(0.01)


def due(number: int, *, near: bool = True) -> list[int]:
    """So many people, each with one reminder that is due: 30 days before the end, or At risk long before it."""
    from renewals.models import Reminder
    from tests.factories.crowd import Line, crowd

    ends = TODAY + timedelta(days=30 if near else 300)
    stage = f"due-30-{TODAY}" if near else f"at-risk-{TODAY}"
    periods = crowd([Line(ends, ends - timedelta(days=180), ends, on_course=near)] * number)
    users = dict(Reminder._meta.get_field("period").related_model.objects.values_list("pk", "user"))
    rows = Reminder.objects.bulk_create(
        Reminder(user_id=users[pk], period_id=pk, stage=stage, due_on=TODAY, planned_at=AT) for pk in periods
    )
    return [row.pk for row in rows]


def expire_leases() -> None:
    """As if the lease of everything that is claimed had just run out."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE renewals_reminder SET lease_until = clock_timestamp() - interval '1 second'"
            " WHERE state IN ('claimed', 'handing', 'uncertain')"
        )
        cursor.execute("UPDATE renewals_reminder SET retry_at = clock_timestamp() WHERE state = 'retry'")


@dataclass(frozen=True)
class Reckoning:
    """What came of it: rows against the ledger."""

    lost: int  # said to be sent, or forgotten, and never taken
    doubled: int  # taken more than once
    flagged: int  # rows that say that nobody knew
    unflagged: int  # doubled, and the row does not say so
    open: int  # neither sent nor failed nor held
    states: Counter[str]


def reckon(sink: Sink, ids: Iterable[int] | None = None) -> Reckoning:
    """Compare the rows with what was taken."""
    from renewals.models import Reminder

    rows = Reminder.objects.all() if ids is None else Reminder.objects.filter(pk__in=list(ids))
    ledger = sink.ledger()
    lost = doubled = flagged = unflagged = 0
    states: Counter[str] = Counter()
    for state, key, doubtful in rows.values_list("state", "message_id", "doubtful"):
        states[state] += 1
        flagged += doubtful > 0
        doubled += ledger[key] > 1
        unflagged += ledger[key] > 1 and not doubtful
        lost += not ledger[key] and state not in ("failed", "uncertain", "dropped")
    still = sum(states[name] for name in ("pending", "claimed", "handing", "retry"))
    return Reckoning(lost, doubled, flagged, unflagged, still, states)


class Broker:
    """A Valkey of our own that keeps its port when it is killed and started again."""

    def __init__(self, *, keep: bool = False) -> None:
        self._scratch = throw_away_home()
        self._account = account_for(None)
        self._valkey = find_programs(self._account, self._scratch).valkey
        self._data = make_folder(self._scratch / "valkey", self._account)
        self._keep = keep
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Start it, again or for the first time, and wait until it answers."""
        told = {"bind": "127.0.0.1", "port": self.port, "dir": self._data, "save": '""'}
        told |= {"maxmemory-policy": "noeviction", "appendonly": "yes" if self._keep else "no"}
        self._process = subprocess.Popen(
            [str(self._valkey), "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, cwd=self._data,
            **self._account.popen(),
        )  # fmt: skip
        self._process.stdin.write("".join(f"{key} {value}\n" for key, value in told.items()))
        self._process.stdin.close()
        until(self.answers)

    def answers(self) -> bool:
        try:
            return bool(self.link().ping())
        except (RedisError, OSError):
            return False

    def link(self) -> Redis:
        return Redis.from_url(self.url, retry=Retry(NoBackoff(), 0), socket_timeout=2)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        self.kill()
        shutil.rmtree(self._scratch, ignore_errors=True)


class Program:
    """A worker or a beat as in production: on this database, this broker and this sink, and started again when it ends.

    Celery's worker ends itself where a broker that is full or going away meets it at the wrong moment; Docker and
    systemd start it again, as docker-compose.yml and docs/operations.md tell them to.
    """

    def __init__(self, database_url: str, broker: Broker, sink: Sink, *command: str) -> None:
        ours = {
            "DATABASE_URL": database_url, "REDIS_URL": broker.url, "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
            "MAIL_LOG_URL": sink.log_url, "REMINDER_LEASE_SECONDS": str(LEASE), "CLOCK_AT": AT.isoformat(), "DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "cpdtracker.settings", "LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        self._command = [sys.executable, "-m", "celery", "-A", "tests.faults.worker", *command]
        self._environment = {**os.environ, **ours}
        self._log = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = self._start()
        self.ended = 0  # how often by itself
        self._over = threading.Event()
        self._keeper = threading.Thread(target=self._keep)
        self._keeper.start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._command, env=self._environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=self._log,
            stderr=self._log, start_new_session=True,
        )  # fmt: skip

    def _keep(self) -> None:
        while not self._over.wait(0.5):
            if self._process.poll() is not None:
                self.ended += 1
                self._process = self._start()

    @property
    def children(self) -> list[int]:
        """The processes of its pool."""
        listed = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]

    def said(self) -> str:
        self._log.seek(0)
        return self._log.read().decode(errors="replace")

    def kill(self) -> None:
        self._over.set()
        self._keeper.join()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._log.close()
