"""Load rule packs into the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import clock
from certifications import packs
from certifications.loading import LoadError, load_rule_packs


class Command(BaseCommand):
    help = "Load rule packs: bodies, certifications, levels, rule sets and versions. Loading twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="*", type=Path, help="a pack, or a folder of packs; the shipped ones if none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_rule_packs(packs.read(options["paths"] or [packs.SHIPPED]), at=clock.now())
        except LoadError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"Rule packs: {len(loaded.new)} new, {len(loaded.changed)} changed, {len(loaded.unchanged)} unchanged."
        )
