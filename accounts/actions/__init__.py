"""Writes about people, employers, and who belongs to whom."""

from .employers import add_place, change_employer, found_employer, remove_place, rename_place
from .invitations import Invited, accept, decline, invite, resend, revoke
from .memberships import change_member, end_membership, leave, share
from .people import add_demo_person, change_settings, keep_birth_date

__all__ = [
    "Invited", "accept", "add_demo_person", "add_place", "change_employer", "change_member", "change_settings",
    "decline", "end_membership", "found_employer", "invite", "keep_birth_date", "leave", "remove_place",
    "rename_place", "resend", "revoke", "share",
]  # fmt: skip
