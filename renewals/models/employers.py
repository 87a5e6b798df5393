"""What employers make of standings: exports, imports of people, notes."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Employer, Membership


class ExportRunQuerySet(models.QuerySet["ExportRun"]):
    def to_get(self, at: datetime) -> ExportRunQuerySet:
        """Those whose file can still be had."""
        return self.filter(state=ExportRun.State.DONE, expires_at__gt=at)

    def waiting(self) -> ExportRunQuerySet:
        """Those still to be made, with whom and what they are for."""
        return self.filter(state=ExportRun.State.WAITING).select_related("employer", "made_by")


class ExportRun(models.Model):
    """An export that somebody made for an employer: what, with which filters, when, and the finished file."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="exports")
    what = models.CharField(max_length=20)
    file_format = models.CharField(max_length=8)
    filters = models.JSONField(default=dict, blank=True)
    on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    file_name = models.CharField(max_length=160, blank=True, default="")
    stored_as = models.CharField(max_length=80, blank=True, default="")
    size = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField()
    error = models.CharField(max_length=300, blank=True, default="")

    objects = ExportRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(done_at__isnull=False) & ~Q(stored_as="")), name="export_done_has_file"
            ),
            models.UniqueConstraint(
                fields=["made_by"], condition=Q(state="waiting"), name="export_one_at_a_time_for_a_person"
            ),
        ]
        indexes = [models.Index(fields=["employer", "-made_at"], name="export_of_employer")]

    def __str__(self) -> str:
        return self.file_name or self.what


class PeopleImport(models.Model):
    """A list of people that was uploaded: previewed, applied as a whole, or undone."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", "Previewed"
        APPLIED = "applied", "Applied"
        UNDONE = "undone", "Undone"

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=160)
    columns = models.JSONField(default=dict, blank=True)  # headings, what each means, and how dates are written
    rows = models.JSONField(default=list)  # line and cells of each
    outcome = models.JSONField(default=dict, blank=True)  # what applying made, so that it can be undone
    state = models.CharField(max_length=9, choices=State, default=State.PREVIEWED)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="previewed") | Q(applied_at__isnull=False), name="import_applied_has_time"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class PersonNote(models.Model):
    """A note that an employer keeps on one of its people; that person can read it."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_says_something")]

    def __str__(self) -> str:
        return self.text[:60]
