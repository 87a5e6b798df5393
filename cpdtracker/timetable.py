"""The one timetable of the scheduled jobs, in UTC.

Each entry asks the database what is due, so a missed or doubled tick does no harm.
"""

from celery.schedules import crontab

TIMETABLE: dict[str, dict[str, object]] = {
    "sweep-evidence": {"task": "activities.tasks.sweep_evidence", "schedule": 60 * 60},
    "tend-exports": {"task": "renewals.tasks.tend_exports", "schedule": 60},
    "tend-imports": {"task": "renewals.tasks.tend_imports", "schedule": 5 * 60},
    "plan-reminders": {"task": "renewals.tasks.plan_reminders", "schedule": 15 * 60},
    "send-reminders": {"task": "renewals.tasks.send_reminders", "schedule": 60},
    # Nothing depends on this one tick: pages of a person count afresh, and the words of lists come from dates.
    "recount-everybody": {"task": "renewals.tasks.recount_everybody", "schedule": crontab(minute=0, hour=2)},
    "tend-rules": {"task": "renewals.tasks.tend_rules", "schedule": 60},
    "keep-house": {"task": "accounts.tasks.keep_house", "schedule": 60 * 60},
}

# Only where webhooks are on: what cannot do anything is not listed either.
OF_WEBHOOKS: dict[str, dict[str, object]] = {
    "plan-webhooks": {"task": "renewals.tasks.plan_webhooks", "schedule": 60 * 60},
    "send-webhooks": {"task": "renewals.tasks.send_webhooks", "schedule": 60},
}
