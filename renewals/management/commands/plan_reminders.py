"""What is due, written down."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts import clock
from accounts.jobs import recorded
from renewals.reminding import planner


class Command(BaseCommand):
    """`manage.py plan_reminders`: what the timetable does every quarter of an hour."""

    help = "Write a row for each reminder that is due. Safe to run at any time and as often as you like."

    def handle(self, *args: Any, **options: Any) -> None:
        with recorded("plan-reminders", clock.now) as counts:
            counts |= planner.plan(at=clock.now())
        self.stdout.write(", ".join(f"{kind}: {number}" for kind, number in counts.items()))
