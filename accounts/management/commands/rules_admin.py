"""Who writes rules: appointed from the server. Publishing needs two of them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import clock
from accounts.actions.roles import appoint_rules_admin
from accounts.models import User, email_key
from accounts.problems import RoleProblem


class Command(BaseCommand):
    help = "Let a person write rules: `rules_admin kim@example.org`. With --remove, no longer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address they sign in with")
        parser.add_argument("--remove", action="store_true", help="take it back")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email_key=email_key(options["email"])).first()
        if user is None:
            raise CommandError(f"Nobody signs in with {options['email']}.")
        try:
            appoint_rules_admin(user=user, is_rules_admin=not options["remove"], by=None, at=clock.now())
        except RoleProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{user} {'no longer writes' if options['remove'] else 'writes'} rules.")
