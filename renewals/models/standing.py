"""The last count of each held certification, and what people plan to do."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When

from certifications.models import HeldCertification, RenewalPeriod, RuleSetVersion
from certifications.rules.words import STANDING_LABELS, StandingWord


class StandingQuerySet(models.QuerySet["Standing"]):
    def of(self, user: Any) -> StandingQuerySet:
        return self.filter(user=user)

    def worded(self, today: date) -> StandingQuerySet:
        """Each with `today_word` and `place`: the standing on this day, said in SQL from what the last count found.

        `place` sorts worst first: Lapsed, Due and short, At risk, Due and ready, On track.
        """
        word = Case(
            When(lapses_after__lt=today, then=Value(StandingWord.LAPSED.value)),
            When(window_opens__lte=today, then=Value(StandingWord.DUE.value)),
            When(on_course=False, then=Value(StandingWord.AT_RISK.value)),
            default=Value(StandingWord.ON_TRACK.value),
            output_field=models.CharField(),
        )
        place = Case(
            When(lapses_after__lt=today, then=Value(0)),
            When(window_opens__lte=today, complete=False, then=Value(1)),
            When(window_opens__lte=today, then=Value(3)),
            When(on_course=False, then=Value(2)),
            default=Value(4),
            output_field=models.SmallIntegerField(),
        )
        return self.annotate(today_word=word, place=place)

    def worst_first(self) -> StandingQuerySet:
        """By standing, then fewest days left, then most points short. Call `worded` before."""
        return self.order_by("place", F("ends_on").asc(nulls_last=True), "-short", "held_id")


class Standing(models.Model):
    """The last count of one held certification: a cache that can always be rebuilt.

    `word` holds for the day it was counted on; pages of the person count afresh.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="standings")
    held = models.OneToOneField(HeldCertification, on_delete=models.PROTECT, related_name="standing")
    period = models.ForeignKey(RenewalPeriod, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(RuleSetVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    word = models.CharField(max_length=10, choices=[(word.value, label) for word, label in STANDING_LABELS.items()])
    complete = models.BooleanField(default=False)
    counted = models.PositiveIntegerField()
    needed = models.PositiveIntegerField()
    asked = models.PositiveIntegerField()
    forecast = models.PositiveIntegerField(null=True, blank=True)
    short = models.PositiveIntegerField(default=0)
    ends_on = models.DateField(null=True, blank=True)  # last day; none for what never ends, as in the next two
    window_opens = models.DateField(null=True, blank=True)
    lapses_after = models.DateField(null=True, blank=True)
    on_course = models.BooleanField(default=True)  # everything needed is there or forecast
    summary = models.JSONField(default=dict)  # sub-line, next step, by category: what lists show
    counted_at = models.DateTimeField()

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(word__in=[word.value for word in StandingWord]), name="standing_word_known"
            )
        ]
        indexes = [models.Index(fields=["user", "word", "ends_on", "held"], name="standing_of_user")]

    def __str__(self) -> str:
        return f"{self.held}: {self.word}"


class PlannedActivity(models.Model):
    """Something a person means to do before the period ends; the forecast counts it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    held = models.ForeignKey(HeldCertification, on_delete=models.PROTECT, related_name="planned")
    kind = models.CharField(max_length=20)
    since = models.DateField(null=True, blank=True)
    on = models.DateField()
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=16)
    share = models.PositiveSmallIntegerField(default=100)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["held", "on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=1, amount__lte=10_000_00), name="plan_amount_sane"),
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=100), name="plan_share_percent"),
            models.CheckConstraint(condition=Q(since=None) | Q(since__lte=F("on")), name="plan_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on} for {self.held}"
