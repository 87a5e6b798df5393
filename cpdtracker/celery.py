"""The Celery application. Tasks use `@shared_task` and never import this module."""

import os

from celery import Celery
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cpdtracker.settings")

app = Celery("cpdtracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
# A task may arrive twice or never; the database row is the truth. Each time limit is well below the next.
app.conf.update(
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": 900,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "global_keyprefix": "cpd:",
        # A page that rings the bell does not wait for a broker that is away; the row it wrote is found later. Without
        # these four it would try for six seconds. A worker has its own, patient way back to the broker.
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "connect_retries_timeout": 1,
        "socket_connect_timeout": 2,
        "socket_timeout": 3,
    },
    task_publish_retry=False,
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_soft_time_limit=300,
    task_time_limit=360,
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_soft_shutdown_timeout=2,
    worker_hijack_root_logger=False,
    timezone="UTC",
)
app.autodiscover_tasks()
# Carries the request id of the page that rang the bell into the task's log lines.
app.steps["worker"].add(DjangoStructLogInitStep)
