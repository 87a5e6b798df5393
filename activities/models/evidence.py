"""Files that prove activities."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from .activity import Activity


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def of(self, user: Any) -> EvidenceQuerySet:
        return self.filter(user=user, removed_at=None)

    def stored(self) -> EvidenceQuerySet:
        return self.filter(state=Evidence.State.STORED)


class Evidence(models.Model):
    """A file that proves activities. Its bytes are found by their hash and never change."""

    class State(models.TextChoices):
        STAGED = "staged", "Staged"
        STORED = "stored", "Stored"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evidence")
    state = models.CharField(max_length=6, choices=State, default=State.STAGED)
    name = models.CharField(max_length=160)  # as shown to people, cleaned
    media_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField(default=0)
    activities = models.ManyToManyField(Activity, through="EvidenceLink", related_name="evidence")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="staged") | (Q(sha256__regex=r"^[0-9a-f]{64}$") & Q(size__gt=0)),
                name="evidence_stored_has_bytes",
            ),
            models.CheckConstraint(condition=Q(state__in=["staged", "stored"]), name="evidence_state_known"),
            models.UniqueConstraint(fields=["id", "user"], name="evidence_with_user"),
        ]

    def __str__(self) -> str:
        return self.name


class EvidenceLink(models.Model):
    """This file proves this activity; both belong to the same person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="links")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="evidence_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evidence", "activity"], name="evidence_linked_once")]

    def __str__(self) -> str:
        return f"{self.evidence} for {self.activity}"
