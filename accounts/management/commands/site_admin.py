"""Who runs this site: the first one is appointed here, from the server."""

from __future__ import annotations

from datetime import datetime

from accounts.actions.roles import appoint_site_admin
from accounts.management.appointing import AppointingCommand
from accounts.models import User


class Command(AppointingCommand):
    help = "Let a person run the site: `site_admin dana@example.org`. With --remove, no longer."
    does = "runs this site"

    def appoint(self, user: User, appointed: bool, at: datetime) -> None:
        appoint_site_admin(user=user, is_site_admin=appointed, by=None, at=at)
