"""What it adds up to: standings, plans, reminders, packets, and what employers make of them."""

from .employers import ExportRun, PeopleImport, PersonNote
from .packets import RenewalPacket
from .reminder_settings import InAppNotice, ReminderSettings
from .reminders import Reminder
from .standing import PlannedActivity, Standing

__all__ = [
    "ExportRun", "InAppNotice", "PeopleImport", "PersonNote", "PlannedActivity", "Reminder", "ReminderSettings",
    "RenewalPacket", "Standing",
]  # fmt: skip
