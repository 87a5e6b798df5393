"""What was done: activities, what each counts as for each certification, and the evidence."""

from .activity import FIRST_DAY, LAST_DAY, Activity, Claim
from .employers import Attendance, ClassSession, Confirmation
from .evidence import Evidence, EvidenceLink

__all__ = [
    "FIRST_DAY", "LAST_DAY", "Activity", "Attendance", "Claim", "ClassSession", "Confirmation", "Evidence",
    "EvidenceLink",
]  # fmt: skip
