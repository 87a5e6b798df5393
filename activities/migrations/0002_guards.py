"""What PostgreSQL itself refuses about activities, claims and evidence, whoever asks."""

from django.db import migrations

# A pair that does not exist cannot be pointed at: the owner travels with every reference.
SAME_OWNER = """
ALTER TABLE activities_claim ADD CONSTRAINT claim_activity_of_same_user
    FOREIGN KEY (activity_id, user_id) REFERENCES activities_activity (id, user_id);
ALTER TABLE activities_claim ADD CONSTRAINT claim_held_by_same_user
    FOREIGN KEY (held_id, user_id) REFERENCES certifications_heldcertification (id, user_id);
ALTER TABLE activities_claim ADD CONSTRAINT claim_period_of_same_user_and_held
    FOREIGN KEY (period_id, user_id, held_id) REFERENCES certifications_renewalperiod (id, user_id, held_id);
ALTER TABLE activities_evidencelink ADD CONSTRAINT link_evidence_of_same_user
    FOREIGN KEY (evidence_id, user_id) REFERENCES activities_evidence (id, user_id);
ALTER TABLE activities_evidencelink ADD CONSTRAINT link_activity_of_same_user
    FOREIGN KEY (activity_id, user_id) REFERENCES activities_activity (id, user_id);
"""
SAME_OWNER_BACK = """
ALTER TABLE activities_evidencelink DROP CONSTRAINT link_activity_of_same_user;
ALTER TABLE activities_evidencelink DROP CONSTRAINT link_evidence_of_same_user;
ALTER TABLE activities_claim DROP CONSTRAINT claim_period_of_same_user_and_held;
ALTER TABLE activities_claim DROP CONSTRAINT claim_held_by_same_user;
ALTER TABLE activities_claim DROP CONSTRAINT claim_activity_of_same_user;
"""

# Checked at the end of the transaction, so that an activity may move and its claim follow in either order. The rows
# are locked before they are compared: two transactions that are each right alone must not be wrong together.
CLAIM_FITS = """
CREATE FUNCTION claims_fit(guard text, of_claim bigint, of_activity bigint, of_period bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    pair record;
BEGIN
    FOR pair IN
        SELECT a.since, a."on", p.earns_from, p.earns_until
        FROM activities_claim c
        JOIN activities_activity a ON a.id = c.activity_id
        JOIN certifications_renewalperiod p ON p.id = c.period_id
        WHERE c.id = of_claim OR c.activity_id = of_activity OR c.period_id = of_period
        ORDER BY a.id, p.id
        FOR SHARE OF a, p
    LOOP
        IF NOT daterange(coalesce(pair.since, pair."on"), pair."on", '[]')
            && daterange(pair.earns_from, pair.earns_until) THEN
            PERFORM cpd_refuse(guard, 'An activity counts only in a renewal period that takes its date.');
        END IF;
    END LOOP;
END $$;

CREATE FUNCTION claim_fits_its_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_fit('claim_fits_its_period', NEW.id, NULL, NULL);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claim_fits_its_period AFTER INSERT OR UPDATE OF activity_id, period_id
    ON activities_claim DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.period_id IS NOT NULL) EXECUTE FUNCTION claim_fits_its_period();

CREATE FUNCTION activity_fits_its_periods() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_fit('activity_fits_its_periods', NULL, NEW.id, NULL);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER activity_fits_its_periods AFTER UPDATE OF since, "on"
    ON activities_activity DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.since, OLD."on") IS DISTINCT FROM (NEW.since, NEW."on"))
    EXECUTE FUNCTION activity_fits_its_periods();

CREATE FUNCTION period_fits_its_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_fit('period_fits_its_claims', NULL, NULL, NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER period_fits_its_claims AFTER UPDATE OF earns_from, earns_until
    ON certifications_renewalperiod DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.earns_from, OLD.earns_until) IS DISTINCT FROM (NEW.earns_from, NEW.earns_until))
    EXECUTE FUNCTION period_fits_its_claims();
"""
CLAIM_FITS_BACK = """
DROP TRIGGER period_fits_its_claims ON certifications_renewalperiod;
DROP FUNCTION period_fits_its_claims();
DROP TRIGGER activity_fits_its_periods ON activities_activity;
DROP FUNCTION activity_fits_its_periods();
DROP TRIGGER claim_fits_its_period ON activities_claim;
DROP FUNCTION claim_fits_its_period();
DROP FUNCTION claims_fit(text, bigint, bigint, bigint);
"""

# A period that is being closed at this moment is waited for: first the lock, then the look. Writing back what is
# there already is no change. More proof may be added to what was closed; none may be taken away.
CLOSED = """
CREATE FUNCTION claim_in_closed_period_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed timestamptz;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    FOR closed IN
        SELECT p.closed_at FROM certifications_renewalperiod p WHERE p.id IN (OLD.period_id, NEW.period_id)
        ORDER BY p.id FOR SHARE
    LOOP
        IF closed IS NOT NULL THEN
            PERFORM cpd_refuse('claim_in_closed_period_stays', 'What counts in a closed renewal period stays.');
        END IF;
    END LOOP;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER claim_in_closed_period_stays BEFORE INSERT OR UPDATE OR DELETE ON activities_claim
    FOR EACH ROW EXECUTE FUNCTION claim_in_closed_period_stays();

CREATE FUNCTION activity_in_closed_period(of_activity bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    closed timestamptz;
BEGIN
    FOR closed IN
        SELECT p.closed_at FROM activities_claim c JOIN certifications_renewalperiod p ON p.id = c.period_id
        WHERE c.activity_id = of_activity ORDER BY p.id FOR SHARE OF p
    LOOP
        IF closed IS NOT NULL THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;

CREATE FUNCTION activity_in_closed_period_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['note', 'keep_both', 'version', 'changed_at'];
BEGIN
    IF to_jsonb(NEW) - free <> to_jsonb(OLD) - free AND activity_in_closed_period(OLD.id) THEN
        PERFORM cpd_refuse('activity_in_closed_period_stays', 'An activity of a closed renewal period stays.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER activity_in_closed_period_stays BEFORE UPDATE ON activities_activity
    FOR EACH ROW EXECUTE FUNCTION activity_in_closed_period_stays();

CREATE FUNCTION proof_of_closed_period_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) AND activity_in_closed_period(OLD.activity_id) THEN
        PERFORM cpd_refuse('proof_of_closed_period_stays', 'Evidence of a closed renewal period stays.');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER proof_of_closed_period_stays BEFORE UPDATE OR DELETE ON activities_evidencelink
    FOR EACH ROW EXECUTE FUNCTION proof_of_closed_period_stays();
"""
CLOSED_BACK = """
DROP TRIGGER proof_of_closed_period_stays ON activities_evidencelink;
DROP FUNCTION proof_of_closed_period_stays();
DROP TRIGGER activity_in_closed_period_stays ON activities_activity;
DROP FUNCTION activity_in_closed_period_stays();
DROP FUNCTION activity_in_closed_period(bigint);
DROP TRIGGER claim_in_closed_period_stays ON activities_claim;
DROP FUNCTION claim_in_closed_period_stays();
"""

# People may rename a file and take it away; what was stored, when and by whom never changes.
EVIDENCE = """
CREATE FUNCTION evidence_stored_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['name', 'removed_at'];
BEGIN
    IF OLD.state = 'stored' AND to_jsonb(NEW) - free <> to_jsonb(OLD) - free THEN
        PERFORM cpd_refuse('evidence_stored_stays', 'A stored file stays as it is.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evidence_stored_stays BEFORE UPDATE ON activities_evidence
    FOR EACH ROW EXECUTE FUNCTION evidence_stored_stays();

CREATE FUNCTION evidence_of_closed_period_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.removed_at IS NOT NULL AND OLD.removed_at IS NULL AND EXISTS (
        SELECT FROM activities_evidencelink l
        WHERE l.evidence_id = OLD.id AND activity_in_closed_period(l.activity_id)
    ) THEN
        PERFORM cpd_refuse('evidence_of_closed_period_stays', 'Evidence of a closed renewal period stays.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evidence_of_closed_period_stays BEFORE UPDATE OF removed_at ON activities_evidence
    FOR EACH ROW EXECUTE FUNCTION evidence_of_closed_period_stays();
"""
EVIDENCE_BACK = """
DROP TRIGGER evidence_of_closed_period_stays ON activities_evidence;
DROP FUNCTION evidence_of_closed_period_stays();
DROP TRIGGER evidence_stored_stays ON activities_evidence;
DROP FUNCTION evidence_stored_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_initial"), ("certifications", "0002_guards")]

    operations = [
        migrations.RunSQL(SAME_OWNER, SAME_OWNER_BACK),
        migrations.RunSQL(CLAIM_FITS, CLAIM_FITS_BACK),
        migrations.RunSQL(CLOSED, CLOSED_BACK),
        migrations.RunSQL(EVIDENCE, EVIDENCE_BACK),
    ]
