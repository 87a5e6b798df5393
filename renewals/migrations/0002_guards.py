"""What PostgreSQL itself refuses about standings, plans and reminders, whoever asks."""

from django.db import migrations

# A pair that does not exist cannot be pointed at: the owner travels with every reference.
SAME_OWNER = """
ALTER TABLE renewals_standing ADD CONSTRAINT standing_held_by_same_user
    FOREIGN KEY (held_id, user_id) REFERENCES certifications_heldcertification (id, user_id);
ALTER TABLE renewals_standing ADD CONSTRAINT standing_period_of_same_user_and_held
    FOREIGN KEY (period_id, user_id, held_id) REFERENCES certifications_renewalperiod (id, user_id, held_id);
ALTER TABLE renewals_plannedactivity ADD CONSTRAINT plan_held_by_same_user
    FOREIGN KEY (held_id, user_id) REFERENCES certifications_heldcertification (id, user_id);
ALTER TABLE renewals_reminder ADD CONSTRAINT reminder_period_of_same_user
    FOREIGN KEY (period_id, user_id) REFERENCES certifications_renewalperiod (id, user_id);
"""
SAME_OWNER_BACK = """
ALTER TABLE renewals_reminder DROP CONSTRAINT reminder_period_of_same_user;
ALTER TABLE renewals_plannedactivity DROP CONSTRAINT plan_held_by_same_user;
ALTER TABLE renewals_standing DROP CONSTRAINT standing_period_of_same_user_and_held;
ALTER TABLE renewals_standing DROP CONSTRAINT standing_held_by_same_user;
"""

# What may follow what. A claim that ran out is claimed anew: nothing was handed over yet. A handing that ran out is
# uncertain until somebody can say. What was sent, or dropped because it no longer applied, is done with. Only the
# sender that claimed a row may hand it over: the token it holds must still be there.
REMINDER_STEPS = """
CREATE FUNCTION reminder_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.state, NEW.state) NOT IN (
        ('pending', 'pending'), ('pending', 'claimed'), ('pending', 'dropped'),
        ('retry', 'retry'), ('retry', 'claimed'), ('retry', 'dropped'),
        ('claimed', 'claimed'), ('claimed', 'handing'), ('claimed', 'retry'), ('claimed', 'dropped'),
        ('claimed', 'failed'),
        ('handing', 'handing'), ('handing', 'sent'), ('handing', 'retry'), ('handing', 'failed'),
        ('handing', 'uncertain'),
        ('uncertain', 'uncertain'), ('uncertain', 'sent'), ('uncertain', 'retry'), ('uncertain', 'failed'),
        ('failed', 'failed'), ('failed', 'retry')
    ) AND NEW IS DISTINCT FROM OLD THEN
        PERFORM cpd_refuse('reminder_steps', format('A reminder cannot go from %s to %s.', OLD.state, NEW.state));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reminder_steps BEFORE UPDATE ON renewals_reminder
    FOR EACH ROW EXECUTE FUNCTION reminder_steps();

CREATE FUNCTION reminder_handed_by_its_claimer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'handing' AND NEW.lease_token IS DISTINCT FROM OLD.lease_token THEN
        PERFORM cpd_refuse('reminder_handed_by_its_claimer', 'Another sender holds this reminder.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reminder_handed_by_its_claimer BEFORE UPDATE ON renewals_reminder
    FOR EACH ROW EXECUTE FUNCTION reminder_handed_by_its_claimer();

CREATE FUNCTION reminder_is_for_one_thing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.period_id, NEW.user_id, NEW.stage, NEW.channel) <> (OLD.period_id, OLD.user_id, OLD.stage, OLD.channel) THEN
        PERFORM cpd_refuse('reminder_is_for_one_thing', 'A reminder keeps its person, period, stage and channel.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reminder_is_for_one_thing BEFORE UPDATE ON renewals_reminder
    FOR EACH ROW EXECUTE FUNCTION reminder_is_for_one_thing();
"""
REMINDER_STEPS_BACK = """
DROP TRIGGER reminder_is_for_one_thing ON renewals_reminder;
DROP FUNCTION reminder_is_for_one_thing();
DROP TRIGGER reminder_handed_by_its_claimer ON renewals_reminder;
DROP FUNCTION reminder_handed_by_its_claimer();
DROP TRIGGER reminder_steps ON renewals_reminder;
DROP FUNCTION reminder_steps();
"""


class Migration(migrations.Migration):
    dependencies = [("renewals", "0001_initial"), ("certifications", "0002_guards")]

    operations = [
        migrations.RunSQL(SAME_OWNER, SAME_OWNER_BACK),
        migrations.RunSQL(REMINDER_STEPS, REMINDER_STEPS_BACK),
    ]
