"""Doorbells: each only calls an action, with the time it is."""

from __future__ import annotations

from celery import shared_task

from accounts import clock
from accounts.models import Employer, User
from renewals.access import people_of
from renewals.actions import recount
from renewals.exports import making
from renewals.models import ExportRun
from renewals.reminding import send_asked

_BATCH = 100


@shared_task
def recount_employer(employer_id: int) -> None:
    """Count everybody who works there anew, a batch a task."""
    for employer in Employer.objects.filter(pk=employer_id):
        users = list(people_of(employer, clock.today(User())).order_by("user").values_list("user", flat=True))
        for start in range(0, len(users), _BATCH):
            recount_people.delay(users[start : start + _BATCH])


@shared_task
def recount_people(user_ids: list[int]) -> None:
    """Count some people anew, each on the day it is for them."""
    for user in User.objects.filter(pk__in=user_ids).order_by("pk"):
        recount(user=user, at=clock.now(), today=clock.today(user))


@shared_task
def make_export(run_id: int) -> None:
    """Make an export that was too large for a page."""
    for run in ExportRun.objects.waiting().filter(pk=run_id):
        making.make(run, at=clock.now(), today=clock.today(run.made_by))


@shared_task
def tend_exports() -> None:
    """Make what nobody heard of, give up what takes too long, remove files whose time is over."""
    for run in making.tend(at=clock.now()):
        make_export.delay(run.pk)


@shared_task
def send_asked_reminders() -> None:
    """Send the reminders that employers asked for."""
    send_asked(at=clock.now(), today=clock.today(User()))
