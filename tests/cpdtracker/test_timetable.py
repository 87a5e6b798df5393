"""The timetable names tasks that exist, each in words; jobs of webhooks only where those are on."""

from __future__ import annotations

from celery import current_app
from django.conf import settings

from cpdtracker.timetable import OF_WEBHOOKS, TIMETABLE
from renewals.operating.jobs import LABELS


def test_every_job_is_a_task_and_has_a_name_of_its_own() -> None:
    current_app.loader.import_default_modules()
    every = TIMETABLE | OF_WEBHOOKS
    assert [name for name, entry in every.items() if entry["task"] not in current_app.tasks] == []
    assert every.keys() == LABELS.keys()


def test_jobs_of_webhooks_are_listed_only_where_those_are_on() -> None:
    assert settings.WEBHOOKS is False
    assert settings.CELERY_BEAT_SCHEDULE == TIMETABLE
    assert not OF_WEBHOOKS.keys() & TIMETABLE.keys()
