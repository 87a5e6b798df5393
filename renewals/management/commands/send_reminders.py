"""What is due, sent."""

from __future__ import annotations

import signal
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, connection

from accounts import clock
from accounts.jobs import recorded
from renewals.reminding import sender


class Command(BaseCommand):
    """`manage.py send_reminders`: what the timetable does each minute; with `--watch`, until it is stopped."""

    help = "Send what is due and was not sent. Any number may run at once."
    _stopped = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--watch", type=float, metavar="SECONDS", help="look again after so many seconds, for ever")

    def handle(self, *args: Any, **options: Any) -> None:
        wait = options["watch"]
        if wait is None:
            self._sweep()
            return
        # A mail that was begun is finished; then we end.
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        while not self._stopped:
            try:
                self._sweep()
            except Error as error:
                # The database is away or was restarted: a new connection next time.
                self.stderr.write(f"{type(error).__name__}: {error}")
                connection.close()
            if not self._stopped:
                time.sleep(wait)

    def _sweep(self) -> None:
        with recorded("send-reminders", clock.now) as counts:
            counts |= sender.sweep(at=clock.now(), going=lambda: not self._stopped)
        self.stdout.write(", ".join(f"{kind}: {number}" for kind, number in counts.items() if number))

    def _stop(self, *_: object) -> None:
        self._stopped = True
