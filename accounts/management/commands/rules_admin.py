"""Who writes rules: appointed from the server. Publishing needs two of them."""

from __future__ import annotations

from datetime import datetime

from accounts.actions.roles import appoint_rules_admin
from accounts.management.appointing import AppointingCommand
from accounts.models import User


class Command(AppointingCommand):
    help = "Let a person write rules: `rules_admin kim@example.org`. With --remove, no longer."
    does = "writes rules"

    def appoint(self, user: User, appointed: bool, at: datetime) -> None:
        appoint_rules_admin(user=user, is_rules_admin=appointed, by=None, at=at)
