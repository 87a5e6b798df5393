"""What PostgreSQL itself refuses about people and the audit trail, whoever asks."""

from django.db import migrations

# Every guard of ours raises a check violation that carries its own name, so that Django sees an IntegrityError
# and a log line says which guard it was.
REFUSE = """
CREATE FUNCTION cpd_refuse(guard text, sentence text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = guard, MESSAGE = sentence;
END $$;
"""
REFUSE_BACK = "DROP FUNCTION cpd_refuse(text, text);"

# allauth changes the address alone, so the key follows here. Lower case is all that folding means for ASCII.
# Beyond ASCII PostgreSQL before 18 cannot fold, so there the code gives the key and a stale one is refused.
EMAIL_KEY = """
CREATE FUNCTION user_email_key_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.email ~ '^[\\x01-\\x7f]+$' THEN
        NEW.email_key := lower(btrim(NEW.email) COLLATE "C");
    ELSIF TG_OP = 'UPDATE' THEN
        IF NEW.email <> OLD.email AND NEW.email_key = OLD.email_key THEN
            PERFORM cpd_refuse('user_email_key_follows', 'The address changed and its key did not.');
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER user_email_key_follows BEFORE INSERT OR UPDATE OF email, email_key ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION user_email_key_follows();
"""
EMAIL_KEY_BACK = """
DROP TRIGGER user_email_key_follows ON accounts_user;
DROP FUNCTION user_email_key_follows();
"""

# The one change an event lives through is its sealing: number and hashes, once.
AUDIT_FROZEN = """
CREATE FUNCTION audit_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sealing text[] := ARRAY['seq', 'prev_hash', 'hash'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.seq IS NOT NULL OR to_jsonb(NEW) - sealing <> to_jsonb(OLD) - sealing THEN
        PERFORM cpd_refuse('audit_row_stays', 'Audit events are only ever added.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_row_stays BEFORE UPDATE OR DELETE ON accounts_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_row_stays();

CREATE FUNCTION audit_table_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cpd_refuse('audit_table_stays', 'Audit events are only ever added.');
    RETURN NULL;
END $$;
CREATE TRIGGER audit_table_stays BEFORE TRUNCATE ON accounts_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_table_stays();
"""
AUDIT_FROZEN_BACK = """
DROP TRIGGER audit_table_stays ON accounts_auditevent;
DROP FUNCTION audit_table_stays();
DROP TRIGGER audit_row_stays ON accounts_auditevent;
DROP FUNCTION audit_row_stays();
"""

# Numbers without holes need writers to stand in line. They do so only when their transaction ends, so that a long
# one keeps nobody waiting: `seal` runs then, for each new event, under a lock that goes with the commit.
AUDIT_CHAIN = """
ALTER TABLE accounts_auditevent
    ADD CONSTRAINT audit_digest_sane CHECK (digest ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT audit_sealed_whole CHECK (num_nulls(seq, prev_hash, hash) IN (0, 3)),
    ADD CONSTRAINT audit_hash_of_link CHECK (
        hash = encode(sha256(convert_to(concat_ws(':', seq, prev_hash, digest), 'UTF8')), 'hex')
    );

CREATE FUNCTION audit_next_in_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_seq bigint;
    last_hash text;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.seq IS NOT NULL THEN
        RETURN NEW;  -- sealed already: audit_row_stays has the word
    END IF;
    SELECT seq, hash INTO last_seq, last_hash FROM accounts_auditevent
    WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1;
    IF (NEW.seq, NEW.prev_hash) IS DISTINCT FROM (coalesce(last_seq, 0) + 1, coalesce(last_hash, repeat('0', 64))) THEN
        PERFORM cpd_refuse('audit_next_in_line', 'An audit event must follow the last one.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_next_in_line BEFORE INSERT OR UPDATE ON accounts_auditevent
    FOR EACH ROW WHEN (NEW.seq IS NOT NULL) EXECUTE FUNCTION audit_next_in_line();

CREATE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_seq bigint;
    last_hash text;
BEGIN
    PERFORM pg_advisory_xact_lock(7306021144);
    SELECT seq, hash INTO last_seq, last_hash FROM accounts_auditevent
    WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1;
    last_seq := coalesce(last_seq, 0) + 1;
    last_hash := coalesce(last_hash, repeat('0', 64));
    UPDATE accounts_auditevent
    SET seq = last_seq, prev_hash = last_hash,
        hash = encode(sha256(convert_to(concat_ws(':', last_seq, last_hash, digest), 'UTF8')), 'hex')
    WHERE id = NEW.id AND seq IS NULL;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_seal AFTER INSERT ON accounts_auditevent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.seq IS NULL) EXECUTE FUNCTION audit_seal();
"""
AUDIT_CHAIN_BACK = """
DROP TRIGGER audit_seal ON accounts_auditevent;
DROP FUNCTION audit_seal();
DROP TRIGGER audit_next_in_line ON accounts_auditevent;
DROP FUNCTION audit_next_in_line();
ALTER TABLE accounts_auditevent
    DROP CONSTRAINT audit_hash_of_link, DROP CONSTRAINT audit_sealed_whole, DROP CONSTRAINT audit_digest_sane;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, REFUSE_BACK),
        migrations.RunSQL(EMAIL_KEY, EMAIL_KEY_BACK),
        migrations.RunSQL(AUDIT_FROZEN, AUDIT_FROZEN_BACK),
        migrations.RunSQL(AUDIT_CHAIN, AUDIT_CHAIN_BACK),
    ]
