"""The audit trail: who did what, when. Every event carries the hash of the one before it.

An event is written in the transaction of the change it tells of, so that there is neither a change without an event
nor an event without a change. When that transaction ends the database seals the event: it gives the next number and
hash(number : hash before : digest), under a lock that lasts no longer than the commit. From then on the database
refuses to alter it (migration 0002); the chain shows if somebody who can switch that off did so.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, models
from django.db.models import F
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from accounts.models import AuditEvent, User

GENESIS = "0" * 64
_LABEL = 300
_REQUEST_ID = 64
# One way of writing for what was done: "activity logged".
_VERB = re.compile(r"[a-z]+(?: [a-z]+)*")
_TOLD = ("at", "actor_id", "subject_id", "verb", "target_type", "target_id", "label", "data", "request_id")


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

    `before` and `after` hold plain values: text, whole numbers, dates, None, lists and mappings of these. Raises
    TransactionManagementError outside a transaction, TypeError or ValueError for values that cannot be kept exactly.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("An audit event belongs into the transaction of the change it tells of.")
    if timezone.is_naive(at):
        raise ValueError("An audit event needs a time with its zone.")
    if not _VERB.fullmatch(verb):
        raise ValueError('An audit event is told in plain words, like "activity logged".')
    if target.pk is None:
        raise ValueError("An audit event needs a target that is saved.")
    event = AuditEvent(
        at=at,
        actor=by,
        subject=subject,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        label=label[:_LABEL],
        data=_data(before, after),
        request_id=str(structlog.contextvars.get_contextvars().get("request_id") or "")[:_REQUEST_ID],
    )
    event.digest = digest({name: getattr(event, name) for name in _TOLD})
    event.save(force_insert=True)
    return event


def verify_chain() -> int | None:
    """Walk through all events. The number of the first that is missing or not as it was written; None if all are whole.

    Events cut off at the end leave no trace in the chain; `verify_audit --expect` compares with a noted number.
    """
    previous = GENESIS
    order = F("seq").asc(nulls_last=True)
    rows = AuditEvent.objects.order_by(order).values(*_TOLD, "seq", "digest", "prev_hash", "hash")
    for seq, row in enumerate(rows.iterator(chunk_size=2000), start=1):
        told = digest({name: row[name] for name in _TOLD})
        link = sealed(seq, previous, told)
        if (row["seq"], row["prev_hash"], row["digest"], row["hash"]) != (seq, previous, told, link):
            return seq
        previous = link
    return None


def digest(told: Mapping[str, Any]) -> str:
    """SHA-256 of what an event tells, in one form for one meaning."""
    facts = {**told, "at": _moment(told["at"])}
    text = json.dumps(facts, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def sealed(seq: int, previous: str, digest: str) -> str:
    """The hash that ties an event to its number and to the event before it."""
    return hashlib.sha256(f"{seq}:{previous}:{digest}".encode()).hexdigest()


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
