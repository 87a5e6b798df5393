"""Reminders that are due, and how far each got."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Employer
from certifications.models import RenewalPeriod


class Reminder(models.Model):
    """One reminder that is due for one person, stage and channel: the row is the truth, a queue only a hint."""

    class State(models.TextChoices):
        PENDING = "pending", "Pending"
        CLAIMED = "claimed", "Claimed"
        HANDING = "handing", "Handing over"
        RETRY = "retry", "Retry"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        UNCERTAIN = "uncertain", "Uncertain"
        DROPPED = "dropped", "Dropped"

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        IN_APP = "in-app", "In the app"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders")
    # The own period it is about; none where it is about no single one, such as a digest of a team.
    period = models.ForeignKey(RenewalPeriod, on_delete=models.PROTECT, null=True, blank=True, related_name="reminders")
    # The period of somebody else: what an employer is told about one of its people.
    about = models.ForeignKey(RenewalPeriod, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stage = models.CharField(max_length=40)  # see renewals.reminding.stages
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.EMAIL)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # How often a sender ended while it made this mail, and how often a hand-over ended without an answer: then
    # nobody knows whether the mail server took it, and a repeat may be a double.
    crashes = models.PositiveSmallIntegerField(default=0)
    doubtful = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, blank=True, default="")
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True, default="")
    planned_at = models.DateTimeField()
    # Who asked for it, at which employer; none where the product itself reminds.
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "stage", "channel", "period", "about", "employer"],
                nulls_distinct=False,
                name="reminder_once",
            ),
            models.CheckConstraint(
                condition=Q(about=None) | Q(employer__isnull=False, period=None),
                name="reminder_about_others_by_employer",
            ),
            models.UniqueConstraint(
                fields=["user", "stage", "channel"],
                condition=Q(stage__startswith="asked-"),
                name="reminder_asked_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(stage__startswith="asked-") | Q(employer__isnull=False, asked_by__isnull=False),
                name="reminder_asked_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | (Q(sent_at__isnull=False) & ~Q(message_id="")),
                name="reminder_sent_has_time_and_id",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["claimed", "handing"])
                | Q(lease_token__isnull=False, lease_until__isnull=False),
                name="reminder_claimed_has_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state="retry") | Q(retry_at__isnull=False), name="reminder_retry_has_time"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["pending", "claimed", "handing", "retry", "sent", "failed", "uncertain", "dropped"]
                ),
                name="reminder_state_known",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="reminder_due")]

    def __str__(self) -> str:
        return f"{self.stage} for {self.user}"
