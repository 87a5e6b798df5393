"""Addresses that mail does not reach."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .people import email_key


class BouncedAddressQuerySet(models.QuerySet["BouncedAddress"]):
    def unreached(self) -> BouncedAddressQuerySet:
        """Addresses that do not take mail now."""
        return self.filter(cleared_at=None)

    def about(self, email: str) -> BouncedAddressQuerySet:
        return self.filter(email_key=email_key(email))


class BouncedAddress(models.Model):
    """A mail server said for good that it does not take mail for this address."""

    email_key = models.CharField(max_length=254, unique=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)  # its owner says that it works

    objects = BouncedAddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(email_key=""), name="bounced_address_given"),
            models.CheckConstraint(condition=Q(first_at__lte=F("last_at")), name="bounced_first_before_last"),
        ]

    def __str__(self) -> str:
        return self.email_key
