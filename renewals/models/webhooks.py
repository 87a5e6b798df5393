"""What an employer's own system is told: where to, and each message with how far it got."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Employer


class Webhook(models.Model):
    """Where an employer wants to be told. Its secret is derived from `salt`, so that no copy of this table signs."""

    employer = models.OneToOneField(Employer, on_delete=models.PROTECT, related_name="webhook")
    url = models.CharField(max_length=300)
    salt = models.CharField(max_length=64)
    is_on = models.BooleanField(default=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(url="") & Q(salt__regex=r"^.{32,}$"), name="webhook_whole"),
        ]

    def __str__(self) -> str:
        return self.url


class WebhookMessage(models.Model):
    """One message: the row is the truth. It may arrive twice, under the same key."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        CLAIMED = "claimed", "Being sent"
        SENT = "sent", "Delivered"
        FAILED = "failed", "Not delivered"
        DROPPED = "dropped", "No longer needed"

    hook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="messages")
    key = models.CharField(max_length=80)  # the same thing is told once
    body = models.TextField()  # JSON, as it is signed and sent
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()  # while claimed: when the lease of its sender ends
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["hook", "key"], name="webhook_message_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "claimed", "failed", "dropped"], sent_at=None)
                | Q(state="sent", sent_at__isnull=False),
                name="webhook_message_sent_has_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "not_before"], name="webhook_message_due")]

    def __str__(self) -> str:
        return self.key
