"""Work on rule packs as files."""

from __future__ import annotations

from argparse import REMAINDER
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certifications.rules_command import main


class Command(BaseCommand):
    help = "Work on rule packs as files: check, count, periods, diff."
    requires_system_checks: list[str] = []  # files only: works without servers

    def run_from_argv(self, argv: list[str]) -> None:
        raise SystemExit(main(argv[2:]))

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("arguments", nargs=REMAINDER)

    def handle(self, *args: Any, **options: Any) -> None:
        """The same for code that calls the command."""
        code = main([str(argument) for argument in options["arguments"]])
        if code:
            raise CommandError("See above.", returncode=code)
