"""What people whom a change of rules affects read first: written with a draft, approved with it, kept with the version."""

import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

# A second person reads all of it: once handed in, none of it changes under them.
STAYS = """
CREATE FUNCTION draft_handed_in_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'open' AND NEW.state <> 'open'
        AND (NEW.raw, NEW.starts_on, NEW.protections, NEW.explanation)
            IS DISTINCT FROM (OLD.raw, OLD.starts_on, OLD.protections, OLD.explanation)
    THEN
        PERFORM cpd_refuse('draft_handed_in_stays', 'What was handed in for approval stays as it is.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER draft_handed_in_stays BEFORE UPDATE ON certifications_ruledraft
    FOR EACH ROW EXECUTE FUNCTION draft_handed_in_stays();
"""
STAYS_BACK = """
DROP TRIGGER draft_handed_in_stays ON certifications_ruledraft;
DROP FUNCTION draft_handed_in_stays();
"""


def fits() -> django.db.models.lookups.LessThanOrEqual:
    """At most a thousand characters."""
    return django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length("explanation"), 1000)


class Migration(migrations.Migration):
    dependencies = [("certifications", "0006_drafts")]

    operations = [
        migrations.AddField(
            model_name="ruledraft",
            name="explained_digest",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="ruledraft",
            name="explanation",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="explanation",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddConstraint(
            model_name="ruledraft",
            constraint=models.CheckConstraint(condition=fits(), name="draft_explanation_fits"),
        ),
        migrations.AddConstraint(
            model_name="ruledraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("explained_digest", ""), ("explanation", "")),
                    models.Q(
                        models.Q(("explanation", ""), _negated=True), models.Q(("explained_digest", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="draft_explains_a_content",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetversion",
            constraint=models.CheckConstraint(condition=fits(), name="version_explanation_fits"),
        ),
        migrations.RunSQL(STAYS, STAYS_BACK),
    ]
