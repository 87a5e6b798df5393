"""Everybody's standing, counted anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts import clock
from accounts.jobs import recorded
from accounts.models import User
from renewals.actions import recount
from renewals.queries import holders

_BATCH = 500


class Command(BaseCommand):
    """`manage.py recount`: what the timetable does once a day."""

    help = "Count everybody who holds a certification anew, so that lists show today's figures."

    def handle(self, *args: Any, **options: Any) -> None:
        with recorded("recount-everybody", clock.now) as counts:
            done = counts["people"] = self._recount_all()
        self.stdout.write(f"{done} {'person' if done == 1 else 'people'} counted.")

    def _recount_all(self) -> int:
        done = 0
        for user_ids in holders(_BATCH):
            for user in User.objects.filter(pk__in=user_ids).order_by("pk"):
                recount(user=user, at=clock.now(), today=clock.today(user))
                done += 1
        return done
