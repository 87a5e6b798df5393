"""Who: people, employers and teams, what was done by whom, and how the site itself runs."""

from .addresses import BouncedAddress
from .employers import Employer, Invitation, Membership, Site, Team
from .operations import JobRun, SiteSwitch
from .people import AuditEvent, User, email_key

__all__ = [
    "AuditEvent", "BouncedAddress", "Employer", "Invitation", "JobRun", "Membership", "Site", "SiteSwitch", "Team",
    "User", "email_key",
]  # fmt: skip
