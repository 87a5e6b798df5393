"""Where tries of signing in are counted."""

from django.db import migrations

# The columns are those of Django's cache in a table. Not logged: after a crash of the server the counts begin anew, and
# no backup or copy needs them.
TABLE = """
CREATE UNLOGGED TABLE accounts_triescache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX accounts_triescache_expires ON accounts_triescache (expires);
"""
TABLE_BACK = "DROP TABLE accounts_triescache;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_bounced_addresses")]

    operations = [migrations.RunSQL(TABLE, TABLE_BACK)]
