"""The Celery application of the product, with mails that cost nothing to make."""

from __future__ import annotations

from celery.signals import worker_init

from cpdtracker.celery import app
from tests.faults.nursery import import_late_things


@worker_init.connect
def plainly(**_: object) -> None:
    import_late_things()


__all__ = ["app"]
