"""Counted tries of signing in, of signing up and of asking for a mail: in the database, so that nothing but the
database must be there for somebody to come in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connections

# Rows that another request is just removing are left to it: nobody waits, and no two wait for each other.
_FORGET = """
DELETE FROM {table} WHERE cache_key IN (
    SELECT cache_key FROM {table} WHERE expires < %s FOR UPDATE SKIP LOCKED
)
"""


class CountedTries(DatabaseCache):
    """A cache in a table that throws away what is over, all of it, and nothing that still counts.

    Django's own empties a full table by the alphabet: whoever makes enough counts would get rid of theirs. And it
    keeps what is over until then, here the network addresses of people who were let in long ago.
    Takes effect at each write with `MAX_ENTRIES` 0.
    """

    def _cull(self, db: str, cursor: Any, now: datetime, num: int) -> None:
        table = connections[db].ops.quote_name(self.cache_model_class._meta.db_table)
        cursor.execute(_FORGET.format(table=table), [now])
