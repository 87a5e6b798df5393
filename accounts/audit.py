"""The audit trail: who did what, when. Every event carries the hash of the one before it.

An event is written in the transaction of the change it tells of, so that there is neither a change without an event
nor an event without a change. The database refuses to alter events (migration 0002); the chain shows if somebody
who can switch that off did so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, models
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from accounts.models import AuditEvent, User

GENESIS = "0" * 64
# Any number will do, as long as nothing else in this database locks by it.
_LINE = 7_306_021_144
_LABEL = 300
_REQUEST_ID = 64
_HASHED = (
    "seq", "at", "actor_id", "subject_id", "verb", "target_type", "target_id", "label", "data", "request_id",
    "prev_hash",
)  # fmt: skip


def record(
    *,
    verb: str,
    by: User | None,
    at: datetime,
    target: models.Model,
    label: str,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    subject: User | None = None,
) -> AuditEvent:
    """Write one event: `by` (None is the product itself) did `verb` to `target`, which is about `subject`.

    `before` and `after` hold plain values: text, whole numbers, dates, None, lists and mappings of these. Call it
    last: from here to the end of the transaction every other writer of events waits. Raises
    TransactionManagementError outside a transaction, TypeError or ValueError for values that cannot be kept exactly.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("An audit event belongs into the transaction of the change it tells of.")
    if timezone.is_naive(at):
        raise ValueError("An audit event needs a time with its zone.")
    if target.pk is None:
        raise ValueError("An audit event needs a target that is saved.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LINE])
    last = AuditEvent.objects.order_by("-seq").values_list("seq", "hash").first() or (0, GENESIS)
    event = AuditEvent(
        seq=last[0] + 1,
        at=at,
        actor=by,
        subject=subject,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        label=label[:_LABEL],
        data=_data(before, after),
        request_id=str(structlog.contextvars.get_contextvars().get("request_id") or "")[:_REQUEST_ID],
        prev_hash=last[1],
    )
    event.hash = _hash({name: getattr(event, name) for name in _HASHED})
    event.save(force_insert=True)
    return event


def verify_chain() -> int | None:
    """Walk through all events. The number of the first that is missing or not as it was written; None if all are whole.

    Events cut off at the end leave no trace in the chain; `verify_audit --expect` compares with a noted number.
    """
    previous = GENESIS
    rows = AuditEvent.objects.order_by("seq").values(*_HASHED, "hash").iterator(chunk_size=2000)
    for seq, row in enumerate(rows, start=1):
        written = row.pop("hash")
        if row["seq"] != seq or row["prev_hash"] != previous or _hash(row) != written:
            return seq
        previous = written
    return None


def _data(before: Mapping[str, object] | None, after: Mapping[str, object] | None) -> dict[str, Any]:
    sides = {"before": before, "after": after}
    return {name: _plain(side) for name, side in sides.items() if side is not None}


def _plain(value: object) -> Any:
    """The value as JSON keeps it: what is hashed now must be what is read back later."""
    match value:
        case None | bool() | int():
            return value
        case str():
            return str(value)
        case datetime():
            return _moment(value)
        case date() | UUID() | Decimal():
            return str(value)
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
            return [_plain(item) for item in items]
    raise TypeError(f"An audit event cannot keep a {type(value).__name__}.")


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _hash(values: Mapping[str, Any]) -> str:
    facts = {**values, "at": _moment(values["at"])}
    text = json.dumps(facts, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
