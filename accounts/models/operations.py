"""How the site itself runs: switches that hold for everybody, and what each scheduled job did."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class SiteSwitch(models.Model):
    """A switch of the whole site: who turned it last, when and why. What was before stands in the audit trail."""

    HOLD_SENDING = "hold-sending"

    name = models.CharField(max_length=30)
    is_on = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True, default="")
    turned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    turned_at = models.DateTimeField()
    # Which database this row was written in (see accounts.switches): in a restored copy it is another one.
    home = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], name="switch_once"),
            models.CheckConstraint(condition=Q(is_on=False) | ~Q(reason=""), name="switch_on_for_a_reason"),
        ]

    def __str__(self) -> str:
        return self.name


class JobRun(models.Model):
    """One run of a scheduled job. It is written when the job starts, so that one that died stays without an end."""

    class Outcome(models.TextChoices):
        RUNNING = "", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    job = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=6, choices=Outcome, blank=True, default=Outcome.RUNNING)
    counts = models.JSONField(blank=True, default=dict)  # what it did, like {"sent": 112, "failed": 3}
    error = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None)
                | (Q(outcome__in=["done", "failed"], ended_at__isnull=False) & Q(ended_at__gte=F("started_at"))),
                name="job_run_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=(Q(outcome="failed") & ~Q(error="")) | (~Q(outcome="failed") & Q(error="")),
                name="job_run_failed_says_why",
            ),
        ]
        indexes = [models.Index(fields=["job", "-started_at"], name="job_run_newest")]

    def __str__(self) -> str:
        return f"{self.job} {self.started_at:%Y-%m-%d %H:%M}"
