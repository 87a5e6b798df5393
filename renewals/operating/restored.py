"""What must hold in a restored copy before people are let in: a backup is only what was restored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.audit import verify_chain
from accounts.switches import sending_held
from activities.evidence import storage
from activities.models import Evidence

# Without what is not logged: it belongs to the running server, and a backup need not have it.
_TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence = 'p'"
    " AND relnamespace = current_schema()::regnamespace ORDER BY 1"
)
_PIECE = 1 << 20


def findings() -> Iterator[str]:
    """Every thing that is wrong, in a sentence each. Nothing is written."""
    executor = MigrationExecutor(connection)
    if missing := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"{len(missing)} migrations are not applied: run migrate."
        return
    if (bad := verify_chain()) is not None:
        yield f"The audit trail is broken at entry {bad}."
    stored = Evidence.objects.filter(state=Evidence.State.STORED, removed_at=None)
    for pk, digest in stored.order_by("pk").values_list("pk", "sha256").iterator():
        if (problem := _wrong(digest)) is not None:
            yield f"Evidence {pk} {problem}."
    if sending_held() is None:
        yield "Sending is not held: run after_restore before anything is started."


def counts() -> dict[str, int]:
    """How many rows each table holds, to compare with the place the backup came from."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of tables
            found[table] = int(cursor.fetchone()[0])
    return found


def _wrong(digest: str) -> str | None:
    try:
        with storage.get(digest) as file:
            found = hashlib.sha256()
            while piece := file.read(_PIECE):
                found.update(piece)
    except OSError:
        return "has no file"
    return None if found.hexdigest() == digest else "has a file with other bytes than were stored"
