"""What somebody else did with a record: told in the transaction of what was done, each once, and by mail as well."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from accounts.models import Employer, Membership, User
from activities.amounts import written_amount
from activities.models import Activity, Attendance, ClassSession, Confirmation
from certifications.rules.dates import written

from ..models import InAppNotice, Reminder
from ..reminding.told import rows_for

_SUBJECT = 300


def tell_of_class(session: ClassSession, people: Iterable[User], what: str, at: datetime) -> None:
    """Tell these people that they were put on a class ("logged"), or that it was "corrected" or "withdrawn"."""
    name, said = session.employer.name, _said(session)
    subjects = {
        "logged": f"{name} logged a class for you: {session.title}",
        "corrected": f"{name} corrected a class of yours: {session.title}",
        "withdrawn": f"{name} withdrew a class of yours: {session.title}",
    }
    texts = {
        "logged": f"{said} It counts as yours, confirmed by {name}. If you were not there, say so on its page.",
        "corrected": f"It says now: {said} If that is wrong, change it: it is yours.",
        "withdrawn": f"{said} It no longer counts. If you were there, bring it back as your own.",
    }
    there = Attendance.objects.filter(session=session, user__in=list(people))
    _keep(
        (
            InAppNotice(
                user_id=row.user_id,
                key=f"class-{row.pk}-{what}-{session.version}",
                subject=subjects[what],
                text=texts[what],
                url=_address(row.activity_id, gone=what == "withdrawn"),
                made_at=at,
            )
            for row in there
        ),
        at,
    )


def tell_taken_off(session: ClassSession, activities: Iterable[Activity], at: datetime) -> None:
    """Tell people that they were taken off a class, and that they can bring it back as their own."""
    name, said = session.employer.name, _said(session)
    _keep(
        (
            InAppNotice(
                user_id=one.user_id,
                key=f"class-off-{one.pk}",
                subject=f"{name} took you off a class: {session.title}",
                text=f"{said} It no longer counts. If you were there, bring it back as your own.",
                url=_address(one.pk, gone=True),
                made_at=at,
            )
            for one in activities
        ),
        at,
    )


def tell_asked(asked: Confirmation, at: datetime, today: date) -> None:
    """Tell those who look after the team that something waits, once a day for each of them."""
    employer, person = asked.employer, asked.owner
    team = Membership.objects.filter(employer=employer).on(today).overseers().exclude(user=person)
    _keep(
        (
            InAppNotice(
                user_id=one.user_id,
                key=f"asked-{employer.pk}-{today.isoformat()}",
                subject=f"{person.name} asks {employer.name} to confirm an activity",
                text=f'"{asked.activity.title}" waits for confirmation. The list shows everything that waits.',
                url=f"{reverse('team:confirmations')}?employer={employer.pk}",
                made_at=at,
            )
            for one in team
        ),
        at,
    )


def tell_change_asked(said: Confirmation, employer: Employer, activity: Activity, at: datetime) -> None:
    """Tell a person that their employer asks them to change an activity."""
    text = (
        f'{employer.name} did not confirm this activity. Their note: "{said.note}" '
        "Change it and ask again, or keep it as self-reported."
    )
    notice = InAppNotice(
        user_id=activity.user_id, key=f"change-{said.pk}-{at.isoformat()}", text=text,
        subject=f"{employer.name} asks you to change {activity.title}", url=_address(activity.pk), made_at=at,
    )  # fmt: skip
    _keep([notice], at)


def _said(session: ClassSession) -> str:
    return f"{session.title}, {written_amount(session.amount, session.unit)}, {written(session.on)}."


def _address(activity_id: int, *, gone: bool = False) -> str:
    # What is deleted has no page of its own: the list offers to bring it back.
    if gone:
        return f"{reverse('activities:list')}?deleted={activity_id}"
    return reverse("activities:detail", args=[activity_id])


def _keep(notices: Iterable[InAppNotice], at: datetime) -> None:
    """Note what was not noted before, and that it goes out by mail with the day's other mail."""
    rows = list(notices)
    if not rows:
        return
    mails = rows_for({one.user_id for one in rows}, at)
    said = InAppNotice.objects.filter(user__in={one.user_id for one in rows}, key__in={one.key for one in rows})
    there = set(said.values_list("user_id", "key"))
    new = [one for one in rows if (one.user_id, one.key) not in there]
    for one in new:
        one.subject = one.subject[:_SUBJECT]
    InAppNotice.objects.bulk_create(new, ignore_conflicts=True)
    told = {one.user_id for one in new}
    Reminder.objects.bulk_create((row for row in mails if row.user_id in told), ignore_conflicts=True)
