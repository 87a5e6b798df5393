"""Who: people, employers and teams, and what was done by whom."""

from .employers import Employer, Invitation, Membership, Site, Team
from .people import AuditEvent, User, email_key

__all__ = ["AuditEvent", "Employer", "Invitation", "Membership", "Site", "Team", "User", "email_key"]
