"""To be run after a backup was restored, before anything else is started."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts import clock
from accounts.actions.operations import hold_sending
from accounts.switches import RESTORED


class Command(BaseCommand):
    help = "Hold all sending after a restore, until a site admin has looked and releases it on the page Manage."

    def handle(self, *args: Any, **options: Any) -> None:
        hold_sending(reason=RESTORED, by=None, at=clock.now())
        self.stdout.write("Sending is held. A site admin releases it under Manage when the waiting mails are checked.")
