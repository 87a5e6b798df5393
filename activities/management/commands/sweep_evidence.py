"""Files that nobody used, out of the way."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts import clock
from activities.actions import STAGED_FOR, sweep_staged


class Command(BaseCommand):
    """`manage.py sweep_evidence`: what the timetable does every hour."""

    help = "Remove files that were sent with a form nobody saved within a day, and what crashes left behind."

    def handle(self, *args: Any, **options: Any) -> None:
        gone = sweep_staged(before=clock.now() - STAGED_FOR)
        self.stdout.write(f"{gone} unused {'file' if gone == 1 else 'files'} removed.")
