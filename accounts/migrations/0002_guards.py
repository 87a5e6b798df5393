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

AUDIT_FROZEN = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cpd_refuse(TG_NAME, 'Audit events are only ever added.');
    RETURN NULL;
END $$;
CREATE TRIGGER audit_row_stays BEFORE UPDATE OR DELETE ON accounts_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER audit_table_stays BEFORE TRUNCATE ON accounts_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
"""
AUDIT_FROZEN_BACK = """
DROP TRIGGER audit_table_stays ON accounts_auditevent;
DROP TRIGGER audit_row_stays ON accounts_auditevent;
DROP FUNCTION audit_append_only();
"""

# Unique numbers and hashes stop forks; this stops holes. Writers stand in line by an advisory lock
# (accounts.audit.record), so the last row seen here is the last there is.
AUDIT_CHAIN = """
ALTER TABLE accounts_auditevent ADD CONSTRAINT audit_hash_sane
    CHECK (hash ~ '^[0-9a-f]{64}$' AND prev_hash ~ '^[0-9a-f]{64}$');
CREATE FUNCTION audit_next_in_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_seq bigint;
    last_hash text;
BEGIN
    SELECT seq, hash INTO last_seq, last_hash FROM accounts_auditevent ORDER BY seq DESC LIMIT 1;
    IF NEW.seq IS DISTINCT FROM coalesce(last_seq, 0) + 1
        OR NEW.prev_hash IS DISTINCT FROM coalesce(last_hash, repeat('0', 64)) THEN
        PERFORM cpd_refuse('audit_next_in_line', 'An audit event must follow the last one.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_next_in_line BEFORE INSERT ON accounts_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_next_in_line();
"""
AUDIT_CHAIN_BACK = """
DROP TRIGGER audit_next_in_line ON accounts_auditevent;
DROP FUNCTION audit_next_in_line();
ALTER TABLE accounts_auditevent DROP CONSTRAINT audit_hash_sane;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, REFUSE_BACK),
        migrations.RunSQL(EMAIL_KEY, EMAIL_KEY_BACK),
        migrations.RunSQL(AUDIT_FROZEN, AUDIT_FROZEN_BACK),
        migrations.RunSQL(AUDIT_CHAIN, AUDIT_CHAIN_BACK),
    ]
