"""What PostgreSQL itself refuses about classes and confirmations: another person's activity."""

from django.db import migrations

SAME_PERSON = """
ALTER TABLE activities_attendance ADD CONSTRAINT attendance_activity_of_user
    FOREIGN KEY (activity_id, user_id) REFERENCES activities_activity (id, user_id);
ALTER TABLE activities_confirmation ADD CONSTRAINT confirmation_activity_of_owner
    FOREIGN KEY (activity_id, owner_id) REFERENCES activities_activity (id, user_id);
"""
SAME_PERSON_BACK = """
ALTER TABLE activities_confirmation DROP CONSTRAINT confirmation_activity_of_owner;
ALTER TABLE activities_attendance DROP CONSTRAINT attendance_activity_of_user;
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0003_employers")]

    operations = [migrations.RunSQL(SAME_PERSON, SAME_PERSON_BACK)]
