"""What it adds up to: standings, plans, reminders, packets, and what employers make of them."""

from .employers import ExportRun, PeopleImport, PersonNote
from .packets import RenewalPacket
from .public_pages import PublicPage
from .reminder_settings import InAppNotice, ReminderSettings
from .reminders import Reminder
from .rule_changes import Change, RuleChange, Simulation, SimulationRow, SimulationShard
from .standing import PlannedActivity, Standing
from .webhooks import Webhook, WebhookMessage

__all__ = [
    "Change",
    "ExportRun",
    "InAppNotice",
    "PeopleImport",
    "PersonNote",
    "PlannedActivity",
    "PublicPage",
    "Reminder",
    "ReminderSettings",
    "RenewalPacket",
    "RuleChange",
    "Simulation",
    "SimulationRow",
    "SimulationShard",
    "Standing",
    "Webhook",
    "WebhookMessage",
]  # fmt: skip
