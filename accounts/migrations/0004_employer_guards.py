"""What PostgreSQL itself refuses about employers: foreign teams and sites, and an employer that nobody owns."""

from django.db import migrations

SAME_EMPLOYER = """
ALTER TABLE accounts_membership ADD CONSTRAINT membership_team_of_employer
    FOREIGN KEY (team_id, employer_id) REFERENCES accounts_team (id, employer_id);
ALTER TABLE accounts_membership ADD CONSTRAINT membership_site_of_employer
    FOREIGN KEY (site_id, employer_id) REFERENCES accounts_site (id, employer_id);
ALTER TABLE accounts_invitation ADD CONSTRAINT invitation_team_of_employer
    FOREIGN KEY (team_id, employer_id) REFERENCES accounts_team (id, employer_id);
ALTER TABLE accounts_invitation ADD CONSTRAINT invitation_site_of_employer
    FOREIGN KEY (site_id, employer_id) REFERENCES accounts_site (id, employer_id);
"""
SAME_EMPLOYER_BACK = """
ALTER TABLE accounts_invitation DROP CONSTRAINT invitation_site_of_employer;
ALTER TABLE accounts_invitation DROP CONSTRAINT invitation_team_of_employer;
ALTER TABLE accounts_membership DROP CONSTRAINT membership_site_of_employer;
ALTER TABLE accounts_membership DROP CONSTRAINT membership_team_of_employer;
"""

# Two owners who leave at the same moment each still see the other one. The lock on the employer makes the second wait
# and count again. It is checked when the transaction ends, so that an owner can be replaced in one.
OWNED = """
CREATE FUNCTION employer_keeps_an_owner() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    concerned bigint;
BEGIN
    IF TG_TABLE_NAME = 'accounts_employer' THEN
        concerned := NEW.id;
    ELSE
        concerned := OLD.employer_id;
    END IF;
    PERFORM FROM accounts_employer WHERE id = concerned FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT FROM accounts_membership WHERE employer_id = concerned AND role = 'owner' AND left_on IS NULL
    ) THEN
        PERFORM cpd_refuse(TG_NAME, 'An employer needs at least one owner.');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER employer_keeps_an_owner AFTER UPDATE OR DELETE ON accounts_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.role = 'owner' AND OLD.left_on IS NULL)
    EXECUTE FUNCTION employer_keeps_an_owner();
CREATE CONSTRAINT TRIGGER employer_begins_with_an_owner AFTER INSERT ON accounts_employer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION employer_keeps_an_owner();
"""
OWNED_BACK = """
DROP TRIGGER employer_begins_with_an_owner ON accounts_employer;
DROP TRIGGER employer_keeps_an_owner ON accounts_membership;
DROP FUNCTION employer_keeps_an_owner();
"""

# An invitation is answered once, and never again.
ANSWERED = """
CREATE FUNCTION invitation_answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF COALESCE(OLD.used_at, OLD.declined_at, OLD.revoked_at) IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
        PERFORM cpd_refuse('invitation_answer_stays', 'This invitation was answered already.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invitation_answer_stays BEFORE UPDATE ON accounts_invitation
    FOR EACH ROW EXECUTE FUNCTION invitation_answer_stays();
"""
ANSWERED_BACK = """
DROP TRIGGER invitation_answer_stays ON accounts_invitation;
DROP FUNCTION invitation_answer_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_employers")]

    operations = [
        migrations.RunSQL(SAME_EMPLOYER, SAME_EMPLOYER_BACK),
        migrations.RunSQL(OWNED, OWNED_BACK),
        migrations.RunSQL(ANSWERED, ANSWERED_BACK),
    ]
