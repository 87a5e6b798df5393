"""Doorbells: each only calls an action, with the time it is."""

from __future__ import annotations

from celery import shared_task

from accounts import clock
from accounts.actions.bulk import mail_invitation
from accounts.jobs import recorded
from accounts.models import Employer, User
from renewals.access import people_of
from renewals.actions import importing, recount
from renewals.actions.simulating import count_shard, lost_shards
from renewals.actions.taking_effect import begin_effect, finish_effect, follow_all, still_to_follow
from renewals.exports import making
from renewals.models import ExportRun, PeopleImport, RuleChange
from renewals.queries import holders
from renewals.reminding import planner, sender
from renewals.webhooks import planning, sending

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
def recount_everybody() -> None:
    """Count everybody who holds something anew, a batch a task: forecasts move on although nobody logs anything."""
    with recorded("recount-everybody", clock.now) as counts:
        counts["people"] = 0
        for user_ids in holders(_BATCH):
            recount_people.delay(user_ids)
            counts["people"] += len(user_ids)


@shared_task
def make_export(run_id: int) -> None:
    """Make an export that was too large for a page."""
    for run in ExportRun.objects.waiting().filter(pk=run_id):
        making.make(run, at=clock.now(), today=clock.today(run.made_by))


@shared_task
def tend_exports() -> None:
    """Make what nobody heard of, give up what takes too long, remove files whose time is over."""
    with recorded("tend-exports", clock.now) as counts:
        lost = making.tend(at=clock.now())
        counts["made_again"] = len(lost)
        for run in lost:
            make_export.delay(run.pk)


@shared_task
def plan_reminders() -> None:
    """Write down what is due."""
    with recorded("plan-reminders", clock.now) as counts:
        counts |= planner.plan(at=clock.now())


@shared_task
def send_reminders() -> None:
    """Send what is due and was not sent."""
    with recorded("send-reminders", clock.now) as counts:
        counts |= sender.sweep(at=clock.now())


@shared_task
def mail_import(import_id: int) -> None:
    """Mail the invitations of a list that was imported."""
    for listed in PeopleImport.objects.filter(pk=import_id):
        for invitation in importing.unmailed(listed):
            mail_invitation(invitation=invitation, at=clock.now())


@shared_task
def tend_imports() -> None:
    """Send what nobody heard of; forget lists that were never imported."""
    with recorded("tend-imports", clock.now) as counts:
        importing.forget_old_imports(at=clock.now())
        unmailed = importing.to_mail(at=clock.now())
        counts["mailed"] = len(unmailed)
        for listed in unmailed:
            mail_import.delay(listed.pk)


@shared_task
def simulate_shard(shard_id: int) -> None:
    """Count one piece of a simulation."""
    count_shard(shard_id=shard_id, at=clock.now())


@shared_task
def follow_rules(change_id: int, user_ids: list[int]) -> None:
    """Let some people's periods follow new rules."""
    for change in RuleChange.objects.filter(pk=change_id).select_related("version__rule_set"):
        follow_all(user_ids=user_ids, change=change, at=clock.now(), today_of=clock.today)


@shared_task
def tend_rules() -> None:
    """Count pieces of simulations that nobody heard of; bring versions into effect whose day has come."""
    with recorded("tend-rules", clock.now) as counts:
        lost = lost_shards(at=clock.now())
        counts["pieces"] = len(lost)
        for shard_id in lost:
            simulate_shard.delay(shard_id)
        for change in RuleChange.objects.due(clock.today(User())).select_related("version__rule_set"):
            bring_into_effect.delay(change.pk)


@shared_task
def bring_into_effect(change_id: int) -> None:
    """Begin, or go on, with a version whose day has come: everybody it still has to reach, a batch a task."""
    for change in RuleChange.objects.filter(pk=change_id).select_related("version__rule_set"):
        if begin_effect(change=change, at=clock.now()):
            users = list(still_to_follow(change).order_by("user").values_list("user", flat=True).distinct())
            for start in range(0, len(users), _BATCH):
                follow_rules.delay(change.pk, users[start : start + _BATCH])
            finish_effect(change=change, at=clock.now())


@shared_task
def plan_webhooks() -> None:
    """Write down what employers' own systems are to be told."""
    with recorded("plan-webhooks", clock.now) as counts:
        counts["planned"] = planning.plan(at=clock.now())


@shared_task
def send_webhooks() -> None:
    """Tell them."""
    with recorded("send-webhooks", clock.now) as counts:
        counts |= sending.sweep(at=clock.now())
