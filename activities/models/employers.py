"""What employers do about activities: classes logged for many people, and confirmations."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Employer
from certifications.rules.words import AMOUNT_UNITS, KINDS

from .activity import FIRST_DAY, LAST_DAY, Activity, choices


class ClassSession(models.Model):
    """One class that an employer logs for many people at once; each of them gets an activity of their own."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=20, choices=choices(KINDS, "label"))
    title = models.CharField(max_length=200)
    on = models.DateField()
    amount = models.PositiveIntegerField()  # hundredths of `unit`
    unit = models.CharField(max_length=16, choices=choices(AMOUNT_UNITS, "many"), default="hour")
    provider = models.CharField(max_length=160, blank=True, default="")
    nonce = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer", "nonce"], name="session_form_stored_once"),
            models.CheckConstraint(condition=Q(amount__gte=1, amount__lte=10_000_00), name="session_amount_sane"),
            models.CheckConstraint(condition=Q(on__gte=FIRST_DAY, on__lte=LAST_DAY), name="session_date_sane"),
            models.CheckConstraint(condition=~Q(title=""), name="session_titled"),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """This person was at the class: the activity it became, and whether they changed or declined it."""

    class State(models.TextChoices):
        FOLLOWS = "follows", "As the employer logged it"
        EDITED = "edited", "Changed by the person"
        DECLINED = "declined", "Declined by the person"

    session = models.ForeignKey(ClassSession, on_delete=models.PROTECT, related_name="attendances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="attendance")
    state = models.CharField(max_length=8, choices=State, default=State.FOLLOWS)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "user"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.user} at {self.session}"


class Confirmation(models.Model):
    """What an employer says of a person's activity. Nobody confirms their own (refused by the database as well)."""

    class State(models.TextChoices):
        ASKED = "asked", "Waiting for confirmation"
        CONFIRMED = "confirmed", "Confirmed by employer"
        CHANGE = "change", "Change asked for"

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="confirmations")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True, default="")
    version = models.PositiveIntegerField()  # the activity's version that was looked at

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "employer"], name="confirmation_once_an_employer"),
            models.CheckConstraint(
                condition=Q(state="asked") | (Q(by__isnull=False) & ~Q(by=F("owner"))), name="confirmed_by_another"
            ),
            models.CheckConstraint(condition=~Q(state="change") | ~Q(note=""), name="confirmation_change_has_note"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.state}"
