"""What PostgreSQL itself refuses about who holds what, renewal periods and rule set versions, whoever asks."""

from django.db import migrations

# A pair that does not exist cannot be pointed at: the owner travels with every reference.
SAME_OWNER = """
ALTER TABLE certifications_heldcertification ADD CONSTRAINT held_level_of_certification
    FOREIGN KEY (level_id, certification_id) REFERENCES certifications_level (id, certification_id);
ALTER TABLE certifications_renewalperiod ADD CONSTRAINT period_held_by_same_user
    FOREIGN KEY (held_id, user_id) REFERENCES certifications_heldcertification (id, user_id);
"""
SAME_OWNER_BACK = """
ALTER TABLE certifications_renewalperiod DROP CONSTRAINT period_held_by_same_user;
ALTER TABLE certifications_heldcertification DROP CONSTRAINT held_level_of_certification;
"""

# A certification somebody added for themselves is nobody else's to hold. The share lock makes a change of owner
# at the same moment wait.
OWN_ADDITION = """
CREATE FUNCTION held_from_catalogue_or_own() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner bigint;
BEGIN
    SELECT owner_id INTO owner FROM certifications_certification WHERE id = NEW.certification_id FOR SHARE;
    IF owner <> NEW.user_id THEN
        PERFORM cpd_refuse('held_from_catalogue_or_own', 'This certification was added by another person.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER held_from_catalogue_or_own BEFORE INSERT OR UPDATE OF user_id, certification_id
    ON certifications_heldcertification FOR EACH ROW EXECUTE FUNCTION held_from_catalogue_or_own();

CREATE FUNCTION certification_owner_holds_alone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM certifications_heldcertification WHERE certification_id = NEW.id AND user_id <> NEW.owner_id
    ) THEN
        PERFORM cpd_refuse('certification_owner_holds_alone', 'Other people hold this certification.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certification_owner_holds_alone BEFORE UPDATE OF owner_id ON certifications_certification
    FOR EACH ROW EXECUTE FUNCTION certification_owner_holds_alone();
"""
OWN_ADDITION_BACK = """
DROP TRIGGER certification_owner_holds_alone ON certifications_certification;
DROP FUNCTION certification_owner_holds_alone();
DROP TRIGGER held_from_catalogue_or_own ON certifications_heldcertification;
DROP FUNCTION held_from_catalogue_or_own();
"""

# The index that refuses overlapping periods lets several new ones wait for each other in a ring under load: a dead
# lock instead of a clear refusal. So new periods of one certification stand in line before they reach it.
IN_LINE = """
CREATE FUNCTION period_in_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM certifications_heldcertification WHERE id = NEW.held_id FOR NO KEY UPDATE;
    RETURN NEW;
END $$;
CREATE TRIGGER period_in_line BEFORE INSERT ON certifications_renewalperiod
    FOR EACH ROW EXECUTE FUNCTION period_in_line();
"""
IN_LINE_BACK = """
DROP TRIGGER period_in_line ON certifications_renewalperiod;
DROP FUNCTION period_in_line();
"""

# Writing back what is there already is no change: whoever saves a list of rows need not sort out the closed ones.
CLOSED_PERIOD = """
CREATE FUNCTION period_closed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.closed_at IS NOT NULL AND (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) THEN
        PERFORM cpd_refuse('period_closed_stays', 'A closed renewal period stays as it is.');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER period_closed_stays BEFORE UPDATE OR DELETE ON certifications_renewalperiod
    FOR EACH ROW EXECUTE FUNCTION period_closed_stays();
"""
CLOSED_PERIOD_BACK = """
DROP TRIGGER period_closed_stays ON certifications_renewalperiod;
DROP FUNCTION period_closed_stays();
"""

# The hash is computed here once more, so that text and hash cannot part, whatever wrote them.
VERSION = """
ALTER TABLE certifications_rulesetversion ADD CONSTRAINT version_digest_of_content
    CHECK (digest = encode(sha256(convert_to(canonical, 'UTF8')), 'hex'));

CREATE FUNCTION version_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR to_jsonb(NEW) - 'status' <> to_jsonb(OLD) - 'status') THEN
        PERFORM cpd_refuse('version_published_stays', 'A published version of a rule set stays as it is.');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER version_published_stays BEFORE UPDATE OR DELETE ON certifications_rulesetversion
    FOR EACH ROW EXECUTE FUNCTION version_published_stays();

CREATE FUNCTION version_status_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('draft', 'published'), ('draft', 'withdrawn'), ('published', 'superseded'),
        ('published', 'withdrawn'), ('superseded', 'withdrawn')
    ) THEN
        PERFORM cpd_refuse('version_status_steps', format('A version cannot go from %s to %s.', OLD.status, NEW.status));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_status_steps BEFORE UPDATE OF status ON certifications_rulesetversion
    FOR EACH ROW EXECUTE FUNCTION version_status_steps();
"""
VERSION_BACK = """
DROP TRIGGER version_status_steps ON certifications_rulesetversion;
DROP FUNCTION version_status_steps();
DROP TRIGGER version_published_stays ON certifications_rulesetversion;
DROP FUNCTION version_published_stays();
ALTER TABLE certifications_rulesetversion DROP CONSTRAINT version_digest_of_content;
"""


class Migration(migrations.Migration):
    dependencies = [("certifications", "0001_initial"), ("accounts", "0002_guards")]

    operations = [
        migrations.RunSQL(SAME_OWNER, SAME_OWNER_BACK),
        migrations.RunSQL(OWN_ADDITION, OWN_ADDITION_BACK),
        migrations.RunSQL(IN_LINE, IN_LINE_BACK),
        migrations.RunSQL(CLOSED_PERIOD, CLOSED_PERIOD_BACK),
        migrations.RunSQL(VERSION, VERSION_BACK),
    ]
