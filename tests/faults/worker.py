"""The Celery application of the product, with mails that cost nothing to make and a timetable in seconds."""

from __future__ import annotations

from celery.signals import worker_init

from cpdtracker.celery import app
from tests.faults.nursery import import_late_things

app.conf.beat_schedule = {
    "plan-reminders": {"task": "renewals.tasks.plan_reminders", "schedule": 5},
    "send-reminders": {"task": "renewals.tasks.send_reminders", "schedule": 1},
}
app.conf.beat_max_loop_interval = 1


@worker_init.connect
def plainly(**_: object) -> None:
    import_late_things()


__all__ = ["app"]
