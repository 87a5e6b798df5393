"""A mail that came back, from the mail server's pipe."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from accounts import clock
from renewals.reminding.bounces import take

MOST_BYTES = 2_000_000


class Command(BaseCommand):
    """`manage.py take_bounce < report.eml`: for the alias of the sender's address, as a pipe of the mail server."""

    help = "Read the report of a mail that came back, and stop writing to an address that takes no mail."

    def handle(self, *args: Any, **options: Any) -> None:
        found = take(raw=sys.stdin.buffer.read(MOST_BYTES), at=clock.now())
        self.stdout.write(f"No more mail to {', '.join(found)}." if found else "Nothing to note.")
