"""Addresses that mail does not reach."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_operations")]

    operations = [
        migrations.CreateModel(
            name="BouncedAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email_key", models.CharField(max_length=254, unique=True)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("times", models.PositiveIntegerField(default=1)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=~Q(email_key=""), name="bounced_address_given"),
                    models.CheckConstraint(condition=Q(first_at__lte=F("last_at")), name="bounced_first_before_last"),
                ],
            },
        ),
    ]
