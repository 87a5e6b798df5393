"""How people want to be reminded, and what is said to them in the product itself."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

DAYS = """
ALTER TABLE renewals_remindersettings ADD CONSTRAINT reminder_settings_days_within_a_year
    CHECK (cardinality(days_before) <= 12 AND 1 <= ALL (days_before) AND 365 >= ALL (days_before));
"""
DAYS_BACK = "ALTER TABLE renewals_remindersettings DROP CONSTRAINT reminder_settings_days_within_a_year;"
CHOICES = {
    "action": [("set-times", "At set times"), ("never", "Never")],
    "on_track": [("quarterly", "Every 3 months"), ("monthly", "Every month"), ("off", "Off")],
    "at_risk": [("monthly", "Every month"), ("weekly", "Every week"), ("off", "Off")],
}
DATES = [
    ("en", "31 Mar 2027"),
    ("en-us", "Mar 31, 2027"),
    ("es", "31 mar 2027 (Spanish)"),
    ("fr", "31 mars 2027 (French)"),
]


def owner(to: str, name: str) -> "models.ForeignKey[object]":
    return models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_operations"),
        ("renewals", "0008_packets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InAppNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("url", models.CharField(default="/me/", max_length=200)),
                ("made_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "indexes": [models.Index(fields=["user", "read_at", "-made_at"], name="notice_of_user")],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "key"), name="notice_said_once"),
                    models.CheckConstraint(condition=~Q(subject="") & ~Q(text=""), name="notice_says_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                *(
                    (name, models.CharField(blank=True, choices=choices, max_length=10, null=True))
                    for name, choices in CHOICES.items()
                ),
                (
                    "days_before",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, null=True, size=12
                    ),
                ),
                ("quiet_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("quiet_until", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("dates", models.CharField(blank=True, choices=DATES, max_length=5, null=True)),
                ("by_mail", models.BooleanField(default=True)),
                ("tells_employer", models.BooleanField(default=True)),
                ("team_digest", models.BooleanField(default=True)),
                ("team_notices", models.BooleanField(default=True)),
                ("unsubscribed", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("employer", owner("accounts.employer", "reminder_settings")),
                ("user", owner(settings.AUTH_USER_MODEL, "reminder_settings")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "employer"), name="reminder_settings_once_for_each", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=Q(user=None) | Q(employer=None), name="reminder_settings_of_one_owner"
                    ),
                    models.CheckConstraint(
                        condition=Q(action=None) | Q(action__in=["set-times", "never"]),
                        name="reminder_settings_action_known",
                    ),
                    models.CheckConstraint(
                        condition=(Q(on_track=None) | Q(on_track__in=["quarterly", "monthly", "off"]))
                        & (Q(at_risk=None) | Q(at_risk__in=["monthly", "weekly", "off"])),
                        name="reminder_settings_pace_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(dates=None) | Q(dates__in=["en", "en-us", "es", "fr"]),
                        name="reminder_settings_dates_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(quiet_from=None, quiet_until=None)
                        | Q(
                            quiet_from__isnull=False, quiet_until__isnull=False, quiet_from__lte=23, quiet_until__lte=23
                        ),
                        name="reminder_settings_quiet_from_until",
                    ),
                ],
            },
        ),
        migrations.RunSQL(DAYS, DAYS_BACK),
    ]
