"""Reminders that are about no period of one's own: digests, and what an employer is told about its people."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("renewals", "0009_reminder_settings")]

    operations = [
        migrations.RemoveConstraint(model_name="reminder", name="reminder_once"),
        migrations.AddField(
            model_name="reminder",
            name="about",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="certifications.renewalperiod",
            ),
        ),
        migrations.AddField(
            model_name="reminder", name="crashes", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="reminder", name="doubtful", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AlterField(
            model_name="reminder",
            name="period",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reminders",
                to="certifications.renewalperiod",
            ),
        ),
        migrations.AlterField(model_name="reminder", name="stage", field=models.CharField(max_length=40)),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("user", "stage", "channel", "period", "about", "employer"),
                name="reminder_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("about", None), models.Q(("employer__isnull", False), ("period", None)), _connector="OR"
                ),
                name="reminder_about_others_by_employer",
            ),
        ),
        # What a reminder is for stays, also the new part of it; empty columns compare as equal.
        migrations.RunSQL(
            """
CREATE OR REPLACE FUNCTION reminder_is_for_one_thing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.period_id, NEW.about_id, NEW.employer_id, NEW.user_id, NEW.stage, NEW.channel)
        IS DISTINCT FROM (OLD.period_id, OLD.about_id, OLD.employer_id, OLD.user_id, OLD.stage, OLD.channel) THEN
        PERFORM cpd_refuse('reminder_is_for_one_thing', 'A reminder keeps its person, period, stage and channel.');
    END IF;
    RETURN NEW;
END $$;
""",
            """
CREATE OR REPLACE FUNCTION reminder_is_for_one_thing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.period_id, NEW.user_id, NEW.stage, NEW.channel) <> (OLD.period_id, OLD.user_id, OLD.stage, OLD.channel) THEN
        PERFORM cpd_refuse('reminder_is_for_one_thing', 'A reminder keeps its person, period, stage and channel.');
    END IF;
    RETURN NEW;
END $$;
""",
        ),
    ]
