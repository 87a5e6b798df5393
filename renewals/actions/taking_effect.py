"""A published version takes effect: the periods it reaches follow it, and their people are counted anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import audit
from accounts.models import User
from certifications.models import HeldCertification, RenewalPeriod, RuleSetVersion
from certifications.protections import Protections
from certifications.queries import Holding, holdings
from certifications.rules.dates import add_months

from ..impact.comparing import moved
from ..impact.population import holders_of
from ..models import RuleChange
from ..queries import stands
from .counting import recount

log = structlog.get_logger(__name__)


def still_to_follow(change: RuleChange) -> QuerySet[HeldCertification]:
    """Held certifications whose open period the version reaches and does not count yet. Asked from its day on."""
    version, starts = change.version, change.starts_on
    protections = Protections.of(version.protections)
    reached = Q(start__gte=starts)
    if protections.running:
        reached |= Q(end__gt=add_months(starts, protections.grace_months))
    periods = RenewalPeriod.objects.open().filter(reached).exclude(version=version)
    # Whoever was moved on to a still newer version stays there.
    newer = RuleSetVersion.objects.filter(rule_set=version.rule_set_id, number__gt=version.number)
    return holders_of(version.rule_set, version.document).filter(
        pk__in=periods.exclude(version__in=newer).values("held")
    )


@transaction.atomic
def begin_effect(*, change: RuleChange, at: datetime) -> bool:
    """The day of a version has come: it is the one in force now, and the one before it is history."""
    kept = RuleChange.objects.select_for_update(no_key=True, of=("self",)).select_related("version").get(pk=change.pk)
    if kept.state != RuleChange.State.SCHEDULED:
        return kept.state == RuleChange.State.APPLYING
    kept.state = RuleChange.State.APPLYING
    kept.save(update_fields=["state"])
    older = RuleSetVersion.objects.filter(
        rule_set=kept.version.rule_set_id, status=RuleSetVersion.Status.PUBLISHED, superseded_on__lte=kept.starts_on
    )
    older.exclude(pk=kept.version_id).update(status=RuleSetVersion.Status.SUPERSEDED)
    audit.record(verb="rules in force", by=None, at=at, target=kept.version, label=str(kept.version))
    return True


def follow_all(*, user_ids: list[int], change: RuleChange, at: datetime, today_of: Callable[[User], date]) -> int:
    """Let some people's periods follow, each in a transaction of their own; how many people did.

    One who cannot be counted keeps the rules there are and holds up nobody else; the next sweep tries again.
    """
    done = 0
    for user in User.objects.filter(pk__in=user_ids).order_by("pk"):
        try:
            done += follow(user=user, change=change, at=at, today=today_of(user)) > 0
        except Exception:
            log.exception("rules not followed", user=user.pk, version=change.version_id)
    return done


@transaction.atomic
def follow(*, user: User, change: RuleChange, at: datetime, today: date) -> int:
    """Let the periods of one person that the version reaches follow it, and count the person anew. How many periods."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    found = holdings(still_to_follow(change).filter(user=locked))
    for holding in found:
        _move(holding, change, at, today)
    if found:
        recount(user=locked, at=at, today=today)
    return len(found)


def _move(holding: Holding, change: RuleChange, at: datetime, today: date) -> None:
    """The very step that a simulation takes without storing it. Closed periods are not looked at."""
    before = stands([holding], today)
    keep = Protections.of(change.version.protections).keep
    if not before:
        raise ValueError(f"period {holding.period.pk} could not be counted")
    to, kept = moved(before[0], change.version, keep=keep)
    to.period.save(update_fields=["version", "earns_from", "earns_until", "carried_in"])
    was = holding.period
    audit.record(
        verb="period follows new rules", by=None, at=at, target=to.period, label=str(to.period),
        subject=holding.held.user,
        before={"version": was.version_id, "earns_from": was.earns_from, "earns_until": was.earns_until},
        after={"version": change.version_id, "kept": kept},
    )  # fmt: skip


@transaction.atomic
def finish_effect(*, change: RuleChange, at: datetime) -> bool:
    """Note that everybody whom the version reaches follows it, if that is so."""
    kept = (
        RuleChange.objects.select_for_update(no_key=True, of=("self",))
        .select_related("version__rule_set")
        .get(pk=change.pk)
    )
    if kept.state != RuleChange.State.APPLYING or still_to_follow(kept).exists():
        return False
    kept.state, kept.applied_at = RuleChange.State.APPLIED, at
    kept.save(update_fields=["state", "applied_at"])
    return True
