"""Reminders that an employer asks for: by whom, at most one for a person and day."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_employer_guards"),
        ("renewals", "0005_exports_one_at_a_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="reminder",
            name="employer",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="accounts.employer",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="asked_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage__startswith", "asked-")),
                fields=("user", "stage", "channel"),
                name="reminder_asked_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage__startswith", "asked-"), _negated=True),
                    models.Q(("asked_by__isnull", False), ("employer__isnull", False)),
                    _connector="OR",
                ),
                name="reminder_asked_by_somebody",
            ),
        ),
    ]
