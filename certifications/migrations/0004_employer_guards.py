"""What PostgreSQL itself refuses about what employers ask for: foreign levels, people and rule sets."""

from django.db import migrations

LEVELS = """
ALTER TABLE certifications_coveragetarget ADD CONSTRAINT target_level_of_certification
    FOREIGN KEY (level_id, certification_id) REFERENCES certifications_level (id, certification_id);
ALTER TABLE certifications_interest ADD CONSTRAINT interest_level_of_certification
    FOREIGN KEY (level_id, certification_id) REFERENCES certifications_level (id, certification_id);
ALTER TABLE certifications_inhouserequirement ADD CONSTRAINT in_house_level_of_certification
    FOREIGN KEY (level_id, certification_id) REFERENCES certifications_level (id, certification_id);
"""
LEVELS_BACK = """
ALTER TABLE certifications_inhouserequirement DROP CONSTRAINT in_house_level_of_certification;
ALTER TABLE certifications_interest DROP CONSTRAINT interest_level_of_certification;
ALTER TABLE certifications_coveragetarget DROP CONSTRAINT target_level_of_certification;
"""

# Neither a membership's person nor the owner of a held certification changes while an adjustment points at both.
ADJUSTMENT = """
CREATE FUNCTION adjustment_for_one_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM accounts_membership m JOIN certifications_heldcertification h ON h.user_id = m.user_id
        WHERE m.id = NEW.membership_id AND h.id = NEW.held_id
    ) THEN
        PERFORM cpd_refuse('adjustment_for_one_person', 'This certification is held by another person.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER adjustment_for_one_person BEFORE INSERT OR UPDATE OF membership_id, held_id
    ON certifications_adjustment FOR EACH ROW EXECUTE FUNCTION adjustment_for_one_person();
"""
ADJUSTMENT_BACK = """
DROP TRIGGER adjustment_for_one_person ON certifications_adjustment;
DROP FUNCTION adjustment_for_one_person();
"""

# An employer's own rules never decide for another employer, and nobody's in-house rules are the body's.
IN_HOUSE = """
ALTER TABLE certifications_ruleset ADD CONSTRAINT rule_set_with_employer UNIQUE (id, employer_id);
ALTER TABLE certifications_inhouserequirement ADD CONSTRAINT in_house_rules_of_employer
    FOREIGN KEY (rule_set_id, employer_id) REFERENCES certifications_ruleset (id, employer_id);
"""
IN_HOUSE_BACK = """
ALTER TABLE certifications_inhouserequirement DROP CONSTRAINT in_house_rules_of_employer;
ALTER TABLE certifications_ruleset DROP CONSTRAINT rule_set_with_employer;
"""


class Migration(migrations.Migration):
    dependencies = [("certifications", "0003_employers")]

    operations = [
        migrations.RunSQL(LEVELS, LEVELS_BACK),
        migrations.RunSQL(ADJUSTMENT, ADJUSTMENT_BACK),
        migrations.RunSQL(IN_HOUSE, IN_HOUSE_BACK),
    ]
