"""What it adds up to: standings, plans, reminders, and what employers make of them."""

from .employers import ExportRun, PeopleImport, PersonNote
from .reminders import Reminder
from .standing import PlannedActivity, Standing

__all__ = ["ExportRun", "PeopleImport", "PersonNote", "PlannedActivity", "Reminder", "Standing"]
