"""Is a restored copy whole? To be run before people are let in, and in every drill."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from renewals.operating.restored import counts, findings


class Command(BaseCommand):
    help = "Check migrations, audit trail, every evidence file and that sending is held. Prints the rows of each table."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--counts-only", action="store_true", help="only print the rows of each table, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["counts_only"]:
            wrong = list(findings())
            if wrong:
                raise CommandError("\n".join(wrong))
        self.stdout.write(json.dumps(counts()))
