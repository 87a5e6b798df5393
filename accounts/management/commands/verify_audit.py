"""Check that the audit trail is whole."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.audit import GENESIS, verify_chain
from accounts.models import AuditEvent


class Command(BaseCommand):
    help = "Check that no audit event was changed, removed or slipped in. Prints the last number and hash to note down."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--expect",
            metavar="NUMBER:HASH",
            help="what an earlier run printed; shows whether events were cut off at the end since",
        )

    def handle(self, *args: Any, expect: str | None = None, **options: Any) -> None:
        if expect:
            self._compare(expect)
        bad = verify_chain()
        if bad is not None:
            raise CommandError(f"The audit trail is broken: event {bad} is missing or not as it was written.")
        sealed = AuditEvent.objects.exclude(seq=None)
        last = sealed.order_by("-seq").values_list("seq", "hash").first() or (0, GENESIS)
        self.stdout.write(f"The audit trail is whole. Last event {last[0]}:{last[1]}")

    def _compare(self, expect: str) -> None:
        noted = re.fullmatch(r"([0-9]{1,18}):([0-9a-f]{64})", expect)
        if not noted:
            raise CommandError("--expect takes what an earlier run printed, like 120:9f86d0...")
        seq, noted_hash = int(noted[1]), noted[2]
        if seq and not AuditEvent.objects.filter(seq=seq, hash=noted_hash).exists():
            raise CommandError(f"The audit trail is broken: event {seq} is gone or another one.")
