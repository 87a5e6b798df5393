"""Writes about what an employer says of an activity. Nobody confirms their own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import Employer, User
from accounts.problems import EmployerProblem

from ..models import Activity, Confirmation
from .logged import StaleActivity


class OwnActivity(EmployerProblem):
    def __init__(self) -> None:
        super().__init__("Nobody confirms their own activity. Somebody else at your employer can.")


class AnsweredMeanwhile(EmployerProblem):
    def __init__(self, confirmation: Confirmation) -> None:
        who = confirmation.by or "Somebody else"
        super().__init__(f"{who} answered this meanwhile. Look at the answer before you change it.")


@transaction.atomic
def ask_to_confirm(*, activity: Activity, employer: Employer, by: User, at: datetime) -> Confirmation:
    """The person asks their employer to confirm an activity of theirs, as it is now."""
    current = _locked(activity)
    if by.pk != current.user_id:
        raise ValueError("Only the person whose activity it is asks for a confirmation.")
    before = Confirmation.objects.filter(activity=current, employer=employer).first()
    if before is not None and before.version == current.version and before.state != Confirmation.State.CHANGE:
        return before
    return _say(current, employer, Confirmation.State.ASKED, None, at, "", "confirmation asked for", by)


@transaction.atomic
def answer_confirmation(
    *, activity: Activity, employer: Employer, note: str | None, version: int, seen: str, by: User, at: datetime
) -> tuple[Confirmation, bool]:
    """Confirm an activity, or with a `note` ask for a change. Returns what stands, and whether it is new.

    `version` of the activity and `seen`, the state it had, are what the answer was given on. Raises OwnActivity,
    StaleActivity where the person changed it since, and AnsweredMeanwhile.
    """
    current = _locked(activity)
    if by.pk == current.user_id:
        raise OwnActivity
    if current.version != version or current.deleted_at is not None:
        raise StaleActivity(current)
    state = Confirmation.State.CONFIRMED if note is None else Confirmation.State.CHANGE
    before = Confirmation.objects.filter(activity=current, employer=employer).select_related("by").first()
    stands = state_of(before, current)
    if before is not None and stands == state and before.note == (note or ""):
        return before, False
    if before is not None and stands != seen:
        raise AnsweredMeanwhile(before)
    verb = "activity confirmed" if note is None else "change asked for"
    return _say(current, employer, state, by, at, note or "", verb, by), True


def state_of(confirmation: Confirmation | None, activity: Activity) -> str:
    """What an employer says of an activity as it is now; "" where it says nothing, or spoke of an earlier version."""
    if confirmation is None:
        return ""
    asked = confirmation.state == Confirmation.State.ASKED
    return confirmation.state if asked or confirmation.version == activity.version else ""


def _locked(activity: Activity) -> Activity:
    User.objects.select_for_update(no_key=True).get(pk=activity.user_id)
    return Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)


def _say(
    activity: Activity, employer: Employer, state: str, by: User | None, at: datetime, note: str, verb: str, actor: User
) -> Confirmation:
    said = {"state": state, "by": by, "at": at, "note": note, "version": activity.version}
    confirmation, _ = Confirmation.objects.update_or_create(
        activity=activity, employer=employer, defaults={"owner_id": activity.user_id, **said}
    )
    audit.record(
        verb=verb, by=actor, at=at, target=activity, label=activity.title, subject=activity.user,
        after={"name": employer.name, "note": note, "version": activity.version},
    )  # fmt: skip
    return confirmation
