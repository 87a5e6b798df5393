"""Work on rule packs as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certifications import packs


class Command(BaseCommand):
    help = "Work on rule packs as files: check."
    requires_system_checks: list[str] = []  # files only: works without servers

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="validate packs and run their examples; exit 1 if anything is wrong")
        check.add_argument("paths", nargs="*", type=Path, help="a pack, a folder of packs, or one rule document")

    def handle(self, *args: Any, **options: Any) -> None:
        verbs = {"check": self.check_packs}
        verbs[options["verb"]](options)

    def check_packs(self, options: dict[str, Any]) -> None:
        """Name everything that is wrong, each with its file, line and key path."""
        reading = packs.read(options["paths"] or [packs.SHIPPED])
        for problem in reading.problems:
            self.stdout.write(str(problem))
        count = len(reading.documents)
        if reading.problems:
            raise CommandError(f"{len(reading.problems)} problems in {count} readable documents.", returncode=1)
        self.stdout.write(f"{count} documents and {reading.examples} examples hold.")
