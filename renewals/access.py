"""What an employer may see of whom. The only place that says so; every team page asks here on every request.

A person's record is theirs. An employer sees through a membership that runs today, and as much as that membership
shares. From the day of leaving on it sees nothing, and it never learns of another employer.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.actions.memberships import ENDED, SHARING_CHANGED
from accounts.models import AuditEvent, Employer, Membership, User
from activities.models import Activity, Evidence
from certifications.models import HeldCertification

from .models import Standing

SEES_STANDING = (Membership.Shares.STANDING, Membership.Shares.ACTIVITIES, Membership.Shares.EVIDENCE)
SEES_ACTIVITIES = (Membership.Shares.ACTIVITIES, Membership.Shares.EVIDENCE)


def overseen(user: User, today: date) -> QuerySet[Membership]:
    """The memberships by which this person looks at a team today, oldest first."""
    return Membership.objects.of(user).on(today).overseers().select_related("employer").order_by("joined_on", "pk")


def owned(user: User, today: date) -> QuerySet[Membership]:
    """The memberships by which this person manages an employer's members and settings today."""
    return overseen(user, today).filter(role=Membership.Role.OWNER)


def employer_of(user: User, today: date, wanted: str = "") -> Employer:
    """The employer whose team this person looks at: the one asked for by id, else the first. 404 for anything else."""
    memberships = overseen(user, today)
    if wanted:
        memberships = (
            memberships.filter(employer=int(wanted))
            if wanted.isascii() and wanted.isdigit() and len(wanted) <= 18
            else memberships.none()
        )
    membership = memberships.first()
    if membership is None:
        raise Http404
    return membership.employer


def people_of(employer: Employer, today: date) -> QuerySet[Membership]:
    """Everybody who works there today, the ones who share nothing included."""
    return (
        Membership.objects.filter(employer=employer)
        .on(today)
        .select_related("user", "team", "site")
        .order_by("user__name", "pk")
    )


def visible_held(employer: Employer, today: date) -> QuerySet[HeldCertification]:
    """The certifications of its people that an employer may see today."""
    people = people_of(employer, today).filter(shares__in=SEES_STANDING).values("user")
    return HeldCertification.objects.in_use().filter(user__in=people)


def visible_standings(employer: Employer, today: date) -> QuerySet[Standing]:
    """The standings of its people that an employer may see today, with today's word.

    Only what is in use has a standing, so this asks for people alone: a team of thousands is found by one index.
    """
    people = people_of(employer, today).filter(shares__in=SEES_STANDING).order_by().values("user")
    return Standing.objects.filter(user__in=people).worded(today)


def visible_activities(membership: Membership, today: date) -> QuerySet[Activity]:
    """The activities of one of its people that an employer may see today."""
    if not _runs(membership, today) or membership.shares not in SEES_ACTIVITIES:
        return Activity.objects.none()
    return Activity.objects.of(membership.user).kept()


def visible_evidence(membership: Membership, today: date) -> QuerySet[Evidence]:
    """The evidence files of one of its people that an employer may open today."""
    if not _runs(membership, today) or membership.shares != Membership.Shares.EVIDENCE:
        return Evidence.objects.none()
    return Evidence.objects.of(membership.user).stored()


def narrowed_at(employer: Employer, since: datetime) -> datetime | None:
    """When somebody last let this employer see less than before, or left it, after `since`; None if nobody did.

    What was written to a file before that moment shows what may no longer be seen.
    """
    changed = Q(shares_changed_at__gt=since) | Q(left_on__gte=since.date() - timedelta(days=1))
    people = Membership.objects.filter(changed, employer=employer).values_list("pk", flat=True)
    events = AuditEvent.objects.filter(
        target_type=Membership._meta.label_lower, target_id__in=[str(pk) for pk in people], at__gt=since
    ).order_by("-at")
    for event in events.filter(verb__in=[SHARING_CHANGED, *ENDED]):
        if event.verb in ENDED or _less(event.data["after"]["shares"], event.data["before"]["shares"]):
            return event.at
    return None


def _less(shares: str, before: str) -> bool:
    widening = Membership.Shares.values
    return widening.index(shares) < widening.index(before)


def _runs(membership: Membership, today: date) -> bool:
    return membership.joined_on <= today and (membership.left_on is None or today < membership.left_on)
