"""What the commands share that appoint people from the server."""

from __future__ import annotations

from abc import ABC, abstractmethod
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import clock
from accounts.models import User, email_key
from accounts.problems import RoleProblem


class AppointingCommand(ABC, BaseCommand):
    """Gives one person a role, or takes it back with --remove. `does` says what they do then, like "writes rules"."""

    does = ""

    @abstractmethod
    def appoint(self, user: User, appointed: bool, at: datetime) -> None:
        """Give the role or take it back. Raises RoleProblem."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address they sign in with")
        parser.add_argument("--remove", action="store_true", help="take it back")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email_key=email_key(options["email"])).first()
        if user is None:
            raise CommandError(f"Nobody signs in with {options['email']}.")
        try:
            self.appoint(user, not options["remove"], clock.now())
        except RoleProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{user} {'no longer ' if options['remove'] else ''}{self.does}.")
