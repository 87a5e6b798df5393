"""How people want to be reminded, and what was said to them in the product itself."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Employer

MOST_DAYS = 12  # most days before the end that can be chosen


class ReminderSettings(models.Model):
    """What one person, one employer or, where neither is named, the whole site has chosen.

    What is not chosen follows the site, and the site follows the product: see renewals.reminding.wishes.
    """

    class Action(models.TextChoices):
        SET_TIMES = "set-times", "At set times"
        NEVER = "never", "Never"

    class OnTrack(models.TextChoices):
        QUARTERLY = "quarterly", "Every 3 months"
        MONTHLY = "monthly", "Every month"
        OFF = "off", "Off"

    class AtRisk(models.TextChoices):
        MONTHLY = "monthly", "Every month"
        WEEKLY = "weekly", "Every week"
        OFF = "off", "Off"

    class Dates(models.TextChoices):
        ENGLISH = "en", "31 Mar 2027"
        AMERICAN = "en-us", "Mar 31, 2027"
        SPANISH = "es", "31 mar 2027 (Spanish)"
        FRENCH = "fr", "31 mars 2027 (French)"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="reminder_settings"
    )
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, null=True, blank=True, related_name="reminder_settings"
    )
    action = models.CharField(max_length=10, choices=Action, null=True, blank=True)  # none: as the site
    on_track = models.CharField(max_length=10, choices=OnTrack, null=True, blank=True)
    at_risk = models.CharField(max_length=10, choices=AtRisk, null=True, blank=True)
    days_before = ArrayField(models.PositiveSmallIntegerField(), size=MOST_DAYS, null=True, blank=True)
    quiet_from = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # full hours of the reader's day; the same twice: none
    quiet_until = models.PositiveSmallIntegerField(null=True, blank=True)
    dates = models.CharField(max_length=5, choices=Dates, null=True, blank=True)
    # Only of a person: whether mails come at all besides the notices in the product, whether employers hear at once,
    # and what an overseer gets.
    by_mail = models.BooleanField(default=True)
    tells_employer = models.BooleanField(default=True)
    team_digest = models.BooleanField(default=True)
    team_notices = models.BooleanField(default=True)
    # How often somebody used a link to unsubscribe: links of before do nothing any more.
    unsubscribed = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "employer"], nulls_distinct=False, name="reminder_settings_once_for_each"
            ),
            models.CheckConstraint(condition=Q(user=None) | Q(employer=None), name="reminder_settings_of_one_owner"),
            models.CheckConstraint(
                condition=Q(action=None) | Q(action__in=["set-times", "never"]), name="reminder_settings_action_known"
            ),
            models.CheckConstraint(
                condition=(Q(on_track=None) | Q(on_track__in=["quarterly", "monthly", "off"]))
                & (Q(at_risk=None) | Q(at_risk__in=["monthly", "weekly", "off"])),
                name="reminder_settings_pace_known",
            ),
            models.CheckConstraint(
                condition=Q(dates=None) | Q(dates__in=["en", "en-us", "es", "fr"]), name="reminder_settings_dates_known"
            ),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False, quiet_from__lte=23, quiet_until__lte=23),
                name="reminder_settings_quiet_from_until",
            ),
        ]

    def __str__(self) -> str:
        return f"Reminders of {self.user or self.employer or 'the site'}"


class InAppNoticeQuerySet(models.QuerySet["InAppNotice"]):
    def of(self, user: settings.AUTH_USER_MODEL) -> InAppNoticeQuerySet:  # type: ignore[name-defined]
        return self.filter(user=user)

    def unread(self) -> InAppNoticeQuerySet:
        return self.filter(read_at=None)


class InAppNotice(models.Model):
    """The same words as a mail, shown until they are read: no deadline hangs on one mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    key = models.CharField(max_length=80)  # the same thing is said once
    subject = models.CharField(max_length=300)
    text = models.TextField()
    url = models.CharField(max_length=200, default="/me/")
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = InAppNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notice_said_once"),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(text=""), name="notice_says_something"),
        ]
        indexes = [models.Index(fields=["user", "read_at", "-made_at"], name="notice_of_user")]

    def __str__(self) -> str:
        return f"{self.subject} to {self.user}"
