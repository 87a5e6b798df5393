"""What was done, and what each activity counts as for each certification."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from certifications.models import HeldCertification, RenewalPeriod
from certifications.rules.words import AMOUNT_UNITS, FORMATS, KINDS, REACHES, ROLES

FIRST_DAY = date(1950, 1, 1)
LAST_DAY = date(2199, 12, 31)


def choices(words: dict[str, Any], label: str | None = None) -> list[tuple[str, str]]:
    return [(key, getattr(word, label) if label else word) for key, word in words.items()]


class ActivityQuerySet(models.QuerySet["Activity"]):
    def of(self, user: Any) -> ActivityQuerySet:
        """Those of one person, which that person may see."""
        return self.filter(user=user)

    def kept(self) -> ActivityQuerySet:
        """Not deleted."""
        return self.filter(deleted_at=None)

    def newest_first(self) -> ActivityQuerySet:
        return self.order_by("-on", "-id")


class Activity(models.Model):
    """One thing done once, whatever number of certifications count it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=20, choices=choices(KINDS, "label"))
    type = models.CharField(max_length=80, blank=True, default="")
    title = models.CharField(max_length=200)
    since = models.DateField(null=True, blank=True)  # first day of work done over time
    on = models.DateField()  # the day, or the last day
    amount = models.PositiveIntegerField()  # hundredths of `unit`
    unit = models.CharField(max_length=16, choices=choices(AMOUNT_UNITS, "many"), default="hour")
    share = models.PositiveSmallIntegerField(default=100)  # percent of full time, for work over time
    provider = models.CharField(max_length=160, blank=True, default="")
    format = models.CharField(max_length=12, choices=choices(FORMATS), blank=True, default="")
    role = models.CharField(max_length=12, choices=choices(ROLES), blank=True, default="")
    reach = models.CharField(max_length=10, choices=choices(REACHES), blank=True, default="")
    topics = models.JSONField(default=list, blank=True)
    course = models.CharField(max_length=120, blank=True, default="")
    above_level = models.BooleanField(null=True, blank=True)  # training above the level held, where rules ask
    link = models.URLField(max_length=500, blank=True, default="")
    note = models.TextField(max_length=4000, blank=True, default="")
    keep_both = models.BooleanField(default=False)  # the person says: not a duplicate
    nonce = models.UUIDField()  # the form it came from, so that one form stores one activity
    version = models.PositiveIntegerField(default=1)  # counts edits; a stale edit is refused
    logged_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "nonce"], name="activity_form_stored_once"),
            models.UniqueConstraint(fields=["id", "user"], name="activity_with_user"),
            models.CheckConstraint(condition=Q(amount__gte=1, amount__lte=10_000_00), name="activity_amount_sane"),
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=100), name="activity_share_percent"),
            models.CheckConstraint(condition=Q(on__gte=FIRST_DAY, on__lte=LAST_DAY), name="activity_date_sane"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(since__lte=F("on"), since__gte=FIRST_DAY), name="activity_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="activity_kind_known"),
            models.CheckConstraint(condition=Q(unit__in=list(AMOUNT_UNITS)), name="activity_unit_known"),
            models.CheckConstraint(condition=~Q(title=""), name="activity_titled"),
        ]
        indexes = [models.Index(fields=["user", "-on", "-id"], name="activity_of_user_by_date")]

    def __str__(self) -> str:
        return self.title


class Claim(models.Model):
    """This activity, for this held certification: what it asks for, and the last count of it.

    `period` is the renewal period it counts in, if any. asked, counted, category and reason are the last count's
    words, kept so that lists need no engine; the ledger itself is counted afresh from the facts.
    A period belongs to one held certification, so one claim for each of those also means that nothing counts
    twice in one period.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="claims")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="claims")
    held = models.ForeignKey(HeldCertification, on_delete=models.PROTECT, related_name="claims")
    chosen_category = models.CharField(max_length=60, blank=True, default="")
    relevant = models.BooleanField(default=True)
    period = models.ForeignKey(RenewalPeriod, on_delete=models.PROTECT, null=True, blank=True, related_name="claims")
    asked = models.PositiveIntegerField(default=0)
    counted = models.PositiveIntegerField(default=0)
    category = models.CharField(max_length=60, blank=True, default="")
    category_name = models.CharField(max_length=160, blank=True, default="")
    reason = models.CharField(max_length=24, blank=True, default="")
    reason_text = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "held"], name="claim_once_for_a_certification"),
            models.CheckConstraint(condition=Q(counted__lte=F("asked")), name="claim_counts_at_most_what_it_asks"),
            models.CheckConstraint(condition=Q(asked__lte=1_000_000_00), name="claim_asked_sane"),
            models.CheckConstraint(condition=Q(counted=0) | Q(period__isnull=False), name="claim_counts_in_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} for {self.held}"
