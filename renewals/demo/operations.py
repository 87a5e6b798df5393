"""Who runs the demo site."""

from __future__ import annotations

from datetime import datetime

from accounts.actions import add_demo_person
from accounts.actions.operations import settle
from accounts.actions.roles import appoint_site_admin
from accounts.models import User, email_key

EMAIL = "ari@demo.example"
ABOUT = "Runs the site: jobs, mails that did not leave, the audit log"


def appoint_ari(*, password: str, at: datetime) -> None:
    """Ari Lund runs this site. Once made, Ari stays as is."""
    settle(at=at)
    if not User.objects.filter(email_key=email_key(EMAIL)).exists():
        ari = add_demo_person(name="Ari Lund", email=EMAIL, password=password, at=at)
        appoint_site_admin(user=ari, is_site_admin=True, by=None, at=at)
