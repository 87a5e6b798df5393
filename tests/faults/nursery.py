"""Senders by the dozen: one process that has read the whole product and forks a sender whenever it is told to.

Told one JSON object a line, it answers with the pid of a new child that sweeps until it is ended. A fork costs
milliseconds where a new Python costs a second, so a test can afford to kill fifty of them.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime


def main() -> None:
    import django

    django.setup()
    import_late_things()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    for line in sys.stdin:
        told = json.loads(line)
        pid = os.fork()
        if pid == 0:
            sys.stdin = open(os.devnull)  # noqa: SIM115, PTH123
            sweep(**told)
            os._exit(0)
        print(pid, flush=True)


def import_late_things() -> None:
    """Once here, not in each child. And a mail that costs nothing: how it is made is tested elsewhere."""
    from django.core.mail import get_connection

    from renewals.reminding import mails, sender, zones

    get_connection()
    zones.local_times(datetime.fromisoformat("2026-10-01T13:00:00+00:00"))
    mails.compose = plain
    assert sender


def plain(user: object, rows: Sequence[object], today: date) -> object:
    """A mail about nothing much."""
    from renewals.reminding.mails import Mail

    return Mail("Due: Fire Alarm Systems", f"{user}: {len(rows)}", f"<p>{user}</p>")


def sweep(*, moment: str, wait: float = 0.05, rounds: int = 0, way: str = "", **changed: object) -> None:
    """Sweep, and again after `wait` seconds; `rounds` times, or until ended."""
    from django.conf import settings
    from django.db import Error, connection

    from renewals.reminding import sender
    from tests.faults import broken

    stopped: list[int] = []
    parent = os.getppid()  # who is left behind by a run that broke off ends too
    signal.signal(signal.SIGTERM, lambda number, _: stopped.append(number))
    for name, value in changed.items():
        setattr(settings, name, value)
    if way:
        getattr(broken, way)()
    done = 0
    while not stopped and os.getppid() == parent and (not rounds or done < rounds):
        try:
            sender.sweep(at=datetime.fromisoformat(moment), going=lambda: not stopped)
        except Error as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            connection.close()
        done += 1
        time.sleep(wait)


if __name__ == "__main__":
    main()
