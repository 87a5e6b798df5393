"""Writes about evidence. Bytes are durable before the row that speaks of them is; rows never speak of lost bytes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Sum

from accounts import audit
from accounts.models import User

from ..evidence import (
    MOST_BYTES_IN_ALL,
    MOST_FILES,
    MOST_FILES_OF_AN_ACTIVITY,
    BadEvidence,
    Checked,
    Trouble,
    storage,
)
from ..models import Activity, Evidence, EvidenceLink
from .logged import ActivityClosed

# How long a file waits for the form it was sent with.
STAGED_FOR = timedelta(hours=24)


@transaction.atomic
def stage_evidence(*, checked: Checked, by: User, at: datetime) -> Evidence:
    """Keep a checked file until it is known what it proves. Raises BadEvidence when there is no room or no disk."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    held = Evidence.objects.of(by).aggregate(files=Count("id"), size=Sum("size"))
    if held["files"] >= MOST_FILES or (held["size"] or 0) + len(checked.data) > MOST_BYTES_IN_ALL:
        raise BadEvidence(Trouble.FULL)
    alone_with(storage.sha256_of(checked.data))
    try:
        digest = storage.put(checked.data)
    except OSError:
        raise BadEvidence(Trouble.NOT_STORED) from None
    return Evidence.objects.create(
        user=by, name=checked.name, media_type=checked.media_type, sha256=digest, size=len(checked.data), uploaded_at=at
    )


@transaction.atomic
def attach_evidence(*, evidence: Evidence, activity: Activity, by: User, at: datetime) -> Evidence:
    """Let a file prove an activity. The same bytes prove an activity once, however often they are sent.

    Raises BadEvidence when the activity has enough files, or the bytes are gone.
    """
    User.objects.select_for_update(no_key=True).get(pk=activity.user_id)
    evidence = Evidence.objects.select_for_update(no_key=True).get(
        pk=evidence.pk, user=activity.user_id, removed_at=None
    )
    own = Evidence.objects.of(activity.user).stored().filter(activities=activity)
    same = own.filter(sha256=evidence.sha256).first()
    if same:
        if same != evidence and evidence.state == Evidence.State.STAGED:
            evidence.delete()
        return same
    if own.count() >= MOST_FILES_OF_AN_ACTIVITY:
        raise BadEvidence(Trouble.ENOUGH)
    alone_with(evidence.sha256)
    if not storage.holds(evidence.sha256):
        raise BadEvidence(Trouble.NOT_STORED)
    evidence.state = Evidence.State.STORED
    evidence.save(update_fields=["state"])
    EvidenceLink.objects.create(user_id=activity.user_id, evidence=evidence, activity=activity)
    _tell("evidence added", activity, evidence, by, at)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: Evidence, activity: Activity, by: User, at: datetime) -> Evidence:
    """Take a file away from an activity; it can be brought back. Raises ActivityClosed in a closed period."""
    User.objects.select_for_update(no_key=True).get(pk=activity.user_id)
    evidence = Evidence.objects.select_for_update(no_key=True).get(pk=evidence.pk)
    if evidence.removed_at is None:
        if activity.claims.filter(period__closed_at__isnull=False).exists():
            raise ActivityClosed("This proves an activity of a closed renewal period. It stays.")
        evidence.removed_at = at
        evidence.save(update_fields=["removed_at"])
        _tell("evidence removed", activity, evidence, by, at)
    return evidence


@transaction.atomic
def restore_evidence(*, evidence: Evidence, activity: Activity, by: User, at: datetime) -> Evidence:
    """Bring a removed file back. Raises BadEvidence when the activity has enough files by now."""
    User.objects.select_for_update(no_key=True).get(pk=activity.user_id)
    evidence = Evidence.objects.select_for_update(no_key=True).get(pk=evidence.pk)
    if evidence.removed_at is not None:
        own = Evidence.objects.of(activity.user).stored().filter(activities=activity)
        if own.count() >= MOST_FILES_OF_AN_ACTIVITY:
            raise BadEvidence(Trouble.ENOUGH)
        evidence.removed_at = None
        evidence.save(update_fields=["removed_at"])
        _tell("evidence brought back", activity, evidence, by, at)
    return evidence


def sweep_staged(*, before: datetime) -> int:
    """Remove files that nobody used, staged before this moment, and what crashes left. Returns how many rows went."""
    gone = 0
    waiting = Evidence.objects.filter(state=Evidence.State.STAGED, uploaded_at__lt=before)
    for pk, digest in waiting.values_list("pk", "sha256"):
        gone += _swept(pk, digest)
    storage.drop_unfinished(before)
    return gone


@transaction.atomic
def _swept(pk: int, digest: str) -> int:
    row = (
        Evidence.objects.select_for_update(no_key=True, skip_locked=True)
        .filter(pk=pk, state=Evidence.State.STAGED)
        .first()
    )
    if row is None:
        return 0
    row.delete()
    if digest:
        alone_with(digest)
        if not Evidence.objects.filter(sha256=digest).exists():
            storage.drop(digest)
    return 1


def alone_with(digest: str) -> None:
    """Whoever stores, uses or drops these bytes waits for whoever else does, to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest[:15], 16)])


def _tell(verb: str, activity: Activity, evidence: Evidence, by: User, at: datetime) -> None:
    audit.record(
        verb=verb, by=by, at=at, target=activity, label=activity.title, subject=activity.user,
        after={"evidence": evidence.pk, "name": evidence.name, "sha256": evidence.sha256},
    )  # fmt: skip
