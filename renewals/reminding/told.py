"""Mails of notices: what somebody else did with a record is told by mail as well, with whatever else the day brings.

A row stands for a day and carries every notice from its own beginning on that nobody has read yet, so that a class
and its correction are one mail. Once it is on its way the next notice makes the row of the day after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q

from accounts import clock
from accounts.models import User

from ..access import overseen
from ..models import InAppNotice, Reminder
from .stages import Family, Stage, read

_ASKED = "asked-"  # somebody of the team waits: only for who still oversees it
_KINDS = ("class-", "change-", _ASKED)
MOST = 20  # in one mail; the rest stands in the product
_WAITS = (Reminder.State.PENDING, Reminder.State.RETRY)


def rows_for(people: Iterable[int], at: datetime) -> list[Reminder]:
    """The rows that are missing so that these people, by id, hear by mail of what is noted now. They are not saved.

    Call it in the transaction of the notices. A sender claims only with the person's own row in hand: while it is held
    here, a mail that waits stays where it is, and so carries what this transaction notes.
    """
    locked = User.objects.filter(pk__in=people).order_by("pk").select_for_update(no_key=True)
    days = {user.pk: clock.local(at, user).date() for user in locked}
    mine = Reminder.objects.filter(user__in=days, stage__startswith=f"{Family.TOLD}-")
    waiting = set(mine.filter(state__in=_WAITS).values_list("user_id", flat=True))
    taken = set(mine.filter(due_on__gte=min(days.values(), default=at.date())).values_list("user_id", "due_on"))
    return [
        Reminder(user_id=pk, stage=Stage(Family.TOLD, on).key, due_on=on, planned_at=at)
        for pk, day in days.items()
        if pk not in waiting
        for on in (day + timedelta(days=1) if (pk, day) in taken else day,)
    ]


def notices_of(user: User, rows: Sequence[Reminder], today: date) -> list[InAppNotice]:
    """What these rows tell, oldest first: everything not read since the first of them was written."""
    since = [row.planned_at for row in rows if read(row.stage, row.due_on).family is Family.TOLD]
    if not since:
        return []
    unread = InAppNotice.objects.of(user).unread().filter(_mailed(), made_at__gte=min(since)).order_by("made_at", "pk")
    teams = {f"{_ASKED}{one.employer_id}-" for one in overseen(user, today)}
    return [one for one in unread if not one.key.startswith(_ASKED) or any(one.key.startswith(team) for team in teams)]


def became(notices: Iterable[InAppNotice]) -> dict[str, str]:
    """The state of the mail that told of each of these notices, by key, where it is told by mail. One query."""
    told = [one for one in notices if one.key.startswith(_KINDS)]
    if not told:
        return {}
    people = {one.user_id for one in told}
    rows = Reminder.objects.filter(user__in=people, stage__startswith=f"{Family.TOLD}-").order_by("planned_at", "pk")
    states: dict[str, str] = {}
    for row in rows:
        states |= {one.key: row.state for one in told if one.user_id == row.user_id and one.made_at >= row.planned_at}
    return states


def _mailed() -> Q:
    kinds = Q()
    for kind in _KINDS:
        kinds |= Q(key__startswith=kind)
    return kinds
