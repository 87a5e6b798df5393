"""Versions of rule sets: approved by a second person, one in force at a time, softened for people by protections."""

import django.contrib.postgres.constraints
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Of a published version only its status may change, and, until it is superseded, the day on which that happens.
STAYS = """
CREATE OR REPLACE FUNCTION version_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := CASE OLD.status WHEN 'published' THEN ARRAY['status', 'superseded_on'] ELSE ARRAY['status'] END;
BEGIN
    IF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR to_jsonb(NEW) - free <> to_jsonb(OLD) - free) THEN
        PERFORM cpd_refuse('version_published_stays', 'A published version of a rule set stays as it is.');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
STAYS_BACK = """
CREATE OR REPLACE FUNCTION version_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR to_jsonb(NEW) - 'status' <> to_jsonb(OLD) - 'status') THEN
        PERFORM cpd_refuse('version_published_stays', 'A published version of a rule set stays as it is.');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

# What a body asks for is decided by two people; rule packs are read by two before they ship, and what an employer
# asks of its own people is its own affair.
SECOND_PERSON = """
CREATE FUNCTION version_second_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'published' AND NOT NEW.from_pack
        AND (NEW.author_id IS NULL OR NEW.approved_by_id IS NULL OR NEW.approved_by_id = NEW.author_id)
        AND EXISTS (SELECT FROM certifications_ruleset WHERE id = NEW.rule_set_id AND employer_id IS NULL)
    THEN
        PERFORM cpd_refuse('version_second_person', 'A second person approves rules before they are published.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_second_person BEFORE INSERT OR UPDATE OF status ON certifications_rulesetversion
    FOR EACH ROW EXECUTE FUNCTION version_second_person();
"""
SECOND_PERSON_BACK = """
DROP TRIGGER version_second_person ON certifications_rulesetversion;
DROP FUNCTION version_second_person();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("certifications", "0004_employer_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="rulesetversion",
            name="approved_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="protections",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="superseded_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="rulesetversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("superseded_on", None), ("superseded_on__gte", models.F("in_force_from")), _connector="OR"
                ),
                name="version_superseded_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at", None), ("approved_by", None)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="version_approved_with_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("status", "published")),
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                expressions=[
                    ("rule_set", "="),
                    (models.Func("in_force_from", "superseded_on", function="daterange"), "&&"),
                ],
                name="version_one_in_force",
            ),
        ),
        migrations.RunSQL(STAYS, STAYS_BACK),
        migrations.RunSQL(SECOND_PERSON, SECOND_PERSON_BACK),
    ]
