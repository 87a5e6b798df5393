"""When somebody hears of what next, and what they were told already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q

from accounts import clock
from accounts.models import User

from ..access import overseen
from ..models import InAppNotice, Reminder, Standing
from .claiming import NO_LONGER
from .stages import STEPS, Facts, Family, Stage, next_due
from .told import became
from .wishes import Wishes, wishes_of

_STEPS = f"^({'|'.join(sorted(STEPS))})-"
_OPEN = (Reminder.State.PENDING, Reminder.State.RETRY, Reminder.State.CLAIMED, Reminder.State.HANDING)


@dataclass(frozen=True)
class Next:
    """The next mail: its day, and the open periods it will be about if nothing changes but the date."""

    on: date
    rows: tuple[Reminder, ...]


def next_mail(user: User, today: date, wishes: Wishes | None = None) -> Next | None:
    """The next reminder of a person's own certifications. What waits to be sent comes today. Three queries."""
    waiting = Reminder.objects.filter(user=user, employer=None, state__in=_OPEN).select_related("period")
    rows = tuple(waiting.filter(period__closed_at=None))
    if rows:
        return Next(max(today, min(row.due_on for row in rows)), rows)
    ladder = (wishes or wishes_of(user)).ladder
    ahead: list[tuple[Standing, Stage]] = []
    for standing, facts in _facts(user):
        if stage := next_due(facts, today, ladder):
            ahead.append((standing, stage))
    if not ahead:
        return None
    on = max(today, min(stage.on for _, stage in ahead))
    return Next(on, tuple(_row(standing, stage) for standing, stage in ahead if stage.on <= on))


def _row(standing: Standing, stage: Stage) -> Reminder:
    """The row as it will be written; it is not saved."""
    return Reminder(user=standing.user, period=standing.period, stage=stage.key, due_on=stage.on)


def _facts(user: User) -> Iterable[tuple[Standing, Facts]]:
    of_it = "held__periods__reminders__"
    own = Q(**{f"{of_it}employer": None, f"{of_it}channel": Reminder.Channel.EMAIL})
    dropped = Q(**{f"{of_it}state": Reminder.State.DROPPED, f"{of_it}error": NO_LONGER})
    said = own & ~Q(**{f"{of_it}stage__startswith": Family.RULES.value}) & ~dropped
    of_open = said & Q(held__periods__closed_at=None)
    due = f"{of_it}due_on"
    standings = (
        Standing.objects.of(user)
        .filter(held__removed_at=None, period__closed_at=None, ends_on__isnull=False)
        .select_related("held", "period", "user")
        .annotate(
            last=Max(due, filter=said),
            last_at_risk=Max(due, filter=of_open & Q(**{f"{of_it}stage__startswith": f"{Family.AT_RISK}-"})),
            last_step=Max(due, filter=of_open & Q(**{f"{of_it}stage__regex": _STEPS})),
        )
        .order_by("pk")
    )
    for one in standings:
        if one.ends_on and one.window_opens and one.lapses_after:
            yield one, Facts(
                since=clock.local(one.held.added_at, user).date(), ends_on=one.ends_on, window_opens=one.window_opens,
                lapses_after=one.lapses_after, on_course=one.on_course, last=getattr(one, "last", None),
                last_at_risk=getattr(one, "last_at_risk", None), last_step=getattr(one, "last_step", None),
            )  # fmt: skip


@dataclass(frozen=True)
class NextDigest:
    """The next weekly summary of one team."""

    team: str
    on: date


def next_digests(user: User, today: date) -> list[NextDigest]:
    """The next weekly summaries of the teams that somebody oversees; today's counts as come."""
    found = []
    for membership in overseen(user, today):
        weekday = membership.employer.digest_weekday
        if weekday is not None:
            days = (weekday - today.weekday() - 1) % 7 + 1
            found.append(NextDigest(membership.employer.name, today + timedelta(days=days)))
    return found


@dataclass(frozen=True)
class Told:
    """Something that was said, and what became of its mail."""

    notice: InAppNotice
    mail: str


_BECAME = {
    Reminder.State.SENT: "Emailed",
    Reminder.State.FAILED: "The email could not be sent",
    Reminder.State.UNCERTAIN: "We do not know whether the email arrived",
    Reminder.State.DROPPED: "Not emailed",
}


def told(notices: Iterable[InAppNotice]) -> list[Told]:
    """Notices with what became of the mail that said the same. Two queries."""
    listed = list(notices)
    keys = {one.key for one in listed}
    sent = Reminder.objects.filter(message_id__in=keys).order_by("pk").values_list("message_id", "state")
    states = {**dict(sent), **became(listed)}
    return [Told(one, _became(states[one.key]) if one.key in states else "Only told here") for one in listed]


def _became(state: str) -> str:
    return _BECAME.get(Reminder.State(state), "The email is on its way")
