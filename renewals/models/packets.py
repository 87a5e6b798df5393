"""What was sent to a certifying body, kept as it was."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from certifications.models import RenewalPeriod


class RenewalPacketQuerySet(models.QuerySet["RenewalPacket"]):
    def of(self, user: Any) -> RenewalPacketQuerySet:
        return self.filter(user=user)

    def without_file(self) -> RenewalPacketQuerySet:
        """Without the bytes of the PDF, which pages do not need."""
        return self.defer("pdf")


class RenewalPacket(models.Model):
    """The packet of a closed period: what it says and the very PDF. It never changes; the database refuses it.

    The files it names are found by their fingerprints; their bytes never change either.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    period = models.OneToOneField(RenewalPeriod, on_delete=models.PROTECT, related_name="packet")
    canonical = models.TextField()  # what it says, as JSON with sorted keys: the truth, hashed
    digest = models.CharField(max_length=64)
    pdf = models.BinaryField()
    pdf_digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    objects = RenewalPacketQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Packet of {self.period}"
