"""Who holds what, and the renewal periods of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from .catalogue import Certification, Level
from .versions import RuleSetVersion


class HeldCertificationQuerySet(models.QuerySet["HeldCertification"]):
    def of(self, user: Any) -> HeldCertificationQuerySet:
        """Those of one person, which that person may see."""
        return self.filter(user=user)

    def in_use(self) -> HeldCertificationQuerySet:
        return self.filter(removed_at=None)

    def with_certification(self) -> HeldCertificationQuerySet:
        return self.select_related("certification__body", "level")


class HeldCertification(models.Model):
    """A person holds a certification at a level."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="held")
    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="held")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, null=True, blank=True, related_name="held")
    number = models.CharField(max_length=60, blank=True, default="")
    awarded_on = models.DateField(null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True)  # answers a rule set asks for, by fact key
    plain_need = models.PositiveIntegerField(null=True, blank=True)  # hundredths; own certifications, no rules yet
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = HeldCertificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "certification"], condition=Q(removed_at=None), name="held_once_at_a_time"
            ),
            models.UniqueConstraint(fields=["id", "user"], name="held_with_user"),
            models.CheckConstraint(
                condition=Q(awarded_on=None) | Q(awarded_on__gte=date(1950, 1, 1)), name="held_award_date_sane"
            ),
            models.CheckConstraint(
                condition=Q(plain_need=None) | Q(plain_need__gte=1, plain_need__lte=100_000_00),
                name="held_plain_need_sane",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(removed_at__gte=F("added_at")), name="held_removed_after_added"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certification.name}, {self.level.name}" if self.level else self.certification.name


class RenewalPeriodQuerySet(models.QuerySet["RenewalPeriod"]):
    def open(self) -> RenewalPeriodQuerySet:
        return self.filter(closed_at=None)

    def of(self, user: Any) -> RenewalPeriodQuerySet:
        return self.filter(user=user)


class RenewalPeriod(models.Model):
    """From, to: half-open, so `end` is the first day after it. One open period a held certification.

    Days from `earns_from` up to `earns_until` count for it: usually its own days, wider where the rules know
    an early-earning window or a grace period in which points may still be earned.
    A closed period keeps its rules version and its result for ever.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="periods")
    held = models.ForeignKey(HeldCertification, on_delete=models.PROTECT, related_name="periods")
    version = models.ForeignKey(RuleSetVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="periods")
    ordinal = models.PositiveSmallIntegerField(default=1)
    start = models.DateField()
    end = models.DateField()
    earns_from = models.DateField()
    earns_until = models.DateField()
    never_ends = models.BooleanField(default=False)
    carried_in = models.JSONField(default=list, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    renewed_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=80, blank=True, default="")
    result = models.JSONField(null=True, blank=True)
    result_hash = models.CharField(max_length=64, blank=True, default="")

    objects = RenewalPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["held", "start"]
        constraints = [
            models.UniqueConstraint(fields=["held"], condition=Q(closed_at=None), name="period_one_open"),
            models.UniqueConstraint(fields=["held", "ordinal"], name="period_ordinal_once"),
            models.UniqueConstraint(fields=["id", "user", "held"], name="period_with_user_and_held"),
            models.UniqueConstraint(fields=["id", "user"], name="period_with_user"),
            ExclusionConstraint(
                name="period_never_overlaps",
                expressions=[
                    ("held", RangeOperators.EQUAL),
                    (Func("start", "end", function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="period_ends_after_start"),
            models.CheckConstraint(
                condition=Q(earns_from__lte=F("start"), earns_until__gte=F("end")), name="period_earns_at_least_itself"
            ),
            models.CheckConstraint(
                condition=Q(start__gte=date(1950, 1, 1), end__lte=date(2200, 1, 1)), name="period_dates_sane"
            ),
            models.CheckConstraint(
                condition=(Q(closed_at=None) & Q(result=None) & Q(result_hash=""))
                | (Q(closed_at__isnull=False) & Q(result__isnull=False) & Q(result_hash__regex=r"^[0-9a-f]{64}$")),
                name="period_closed_with_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held}, {self.start} to {self.last_day}"

    @property
    def last_day(self) -> date:
        """The last day of the period."""
        return self.end - timedelta(days=1)
