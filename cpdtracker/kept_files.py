"""Files sent after a sign-in ran out: stored for the person who had signed in here, and handed back to nobody else."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from accounts import clock
from accounts.models import User
from activities.actions import stage_evidence
from activities.evidence import BadEvidence, examine

# The pages whose forms take a file, and the names of their inputs.
TAKING = frozenset({"activities:log", "activities:field_time", "activities:evidence_add", "renewals:start_activity"})
INPUTS = ("photo", "file")


def stage_files(request: HttpRequest, user_id: int) -> list[int]:
    """Store the good files of a form for this person until they sign in again; the numbers of those stored.

    A file that is not taken is left out: the form says so when it comes back without it.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not _takes_files(request.path):
        return []
    stored = []
    for name in INPUTS:
        sent = request.FILES.get(name)
        if sent is None or sent.file is None:
            continue
        try:
            checked = examine(sent.file, name=sent.name or "", size=sent.size or 0)
            stored.append(stage_evidence(checked=checked, by=user, at=clock.now()).pk)
        except BadEvidence:
            continue
    return stored


def _takes_files(path: str) -> bool:
    try:
        return resolve(path).view_name in TAKING
    except Resolver404:
        return False
