"""The page that a person shows to anybody who has its address."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class PublicPageQuerySet(models.QuerySet["PublicPage"]):
    def of(self, user: Any) -> PublicPageQuerySet:
        return self.filter(user=user)

    def open(self) -> PublicPageQuerySet:
        """Those whose address still works."""
        return self.filter(ended_at=None, user__is_active=True)


class PublicPage(models.Model):
    """An address that says which certifications are current. Ended, it never works again; the next has another.

    `shown` names held certifications; who reads them takes only those of the owner.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="public_pages")
    token = models.CharField(max_length=43, unique=True)
    shown = ArrayField(models.BigIntegerField(), size=100)
    shows_level = models.BooleanField(default=True)
    shows_end = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PublicPageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="public_page_once"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("made_at")), name="public_page_ends"),
        ]

    def __str__(self) -> str:
        return f"Public page of {self.user}"
