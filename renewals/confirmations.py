"""What employers say of activities: the queue of an employer, and what the person reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Employer, Membership
from activities.actions import state_of
from activities.models import Activity, Attendance, Confirmation

from .access import SEES_ACTIVITIES, people_of


def queue(employer: Employer, today: date) -> QuerySet[Confirmation]:
    """What people who share their activities ask this employer to confirm, the oldest first."""
    sharing = people_of(employer, today).filter(shares__in=SEES_ACTIVITIES).order_by().values("user")
    return (
        Confirmation.objects.filter(
            employer=employer, state=Confirmation.State.ASKED, owner__in=sharing, activity__deleted_at=None
        )
        .select_related("activity", "owner")
        .order_by("at", "pk")
    )


@dataclass(frozen=True)
class Provenance:
    """What one employer says of an activity, and whether the person can ask it."""

    employer: Employer
    confirmation: Confirmation | None
    state: str
    can_ask: bool


def provenance_of(activity: Activity, today: date) -> list[Provenance]:
    """What employers say of an activity, and who of them can be asked. Two queries. For the person alone."""
    said = {one.employer_id: one for one in activity.confirmations.select_related("employer", "by")}
    other = Membership.objects.filter(employer=OuterRef("employer")).on(today).overseers().exclude(user=activity.user)
    works_at = Membership.objects.of(activity.user).on(today).filter(shares__in=SEES_ACTIVITIES)
    asked = {one.employer_id: one.employer for one in works_at.filter(Exists(other)).select_related("employer")}
    employers = {**asked, **{pk: one.employer for pk, one in said.items()}}
    found = [_of(activity, employer, said.get(pk), pk in asked) for pk, employer in employers.items()]
    return sorted((one for one in found if one.state or one.can_ask), key=lambda one: one.employer.pk)


def _of(activity: Activity, employer: Employer, said: Confirmation | None, works_there: bool) -> Provenance:
    state = state_of(said, activity)
    askable = state in ("", Confirmation.State.CHANGE)
    return Provenance(employer, said if state else None, state, works_there and askable)


def attendance_of(activity: Activity) -> Attendance | None:
    """The class that an activity came of, where an employer logged it."""
    return Attendance.objects.filter(activity=activity).select_related("session__employer", "session__made_by").first()
