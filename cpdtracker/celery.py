"""The Celery application. Tasks use `@shared_task` and never import this module."""

import os

from celery import Celery
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cpdtracker.settings")

app = Celery("cpdtracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Carries the request id of the page that rang the bell into the task's log lines.
app.steps["worker"].add(DjangoStructLogInitStep)
