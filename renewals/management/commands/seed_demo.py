"""The demo people into the database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts import clock
from accounts.models import User
from certifications.models import Certification
from renewals.demo import seed
from renewals.demo.reminders import remind


class Command(BaseCommand):
    """`manage.py seed_demo [--json]`: makes the demo people once and tells how to sign in as each."""

    help = "Make the demo people and print their sign-ins. Only where DEMO or DEBUG is on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the sign-ins as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        # Everybody knows their password.
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("Demo people have a known password. Turn DEMO or DEBUG on to add them.")
        if not Certification.objects.catalogue().exists():
            raise CommandError("There are no certifications yet. Run load_rule_packs first.")
        logins = [asdict(login) for login in seed(at=clock.now(), today=clock.today(User()))]
        remind(at=clock.now())
        if options["json"]:
            self.stdout.write(json.dumps(logins))
            return
        for login in logins:
            self.stdout.write(f"{login['email']}  {login['password']}  {login['about']}")
