"""Reminders on their way: how many wait, which failed, of which nobody knows whether they arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Q, QuerySet

from ..models import Reminder
from ..reminding.stages import Family, read

PAGE = 50
LEFT = "Left as it is"  # what the error of a mail begins with that a person decided not to send again
_LATE = timedelta(hours=26)  # after its day began a mail waits for the end of the reader's quiet hours, no longer
_LOOKED_BACK = timedelta(days=60)

State = Reminder.State
_WAITING = (State.PENDING, State.RETRY)
_HELD_BY_A_SENDER = (State.CLAIMED, State.HANDING)
GROUPS = {
    "failed": "Not sent",
    "uncertain": "Nobody knows whether they arrived",
    "waiting": "Waiting",
}

# What a mail is about, by the family of its stage; {} takes the days.
_ABOUT = {
    Family.ON_TRACK: "On track", Family.AT_RISK: "At risk", Family.OPENS: "The renewal window opens",
    Family.DUE: "{} days before the end", Family.ENDED: "The period ended", Family.LAPSED: "{} days after it lapsed",
    Family.RULES: "Rules change", Family.ASKED: "Asked for by the employer",
    Family.TOLD: "What others did with the record", Family.DIGEST: "Digest of a team",
    Family.EMPLOYER_DUE: "To the employer, {} days before the end", Family.EMPLOYER_LAPSED: "To the employer, lapsed",
}  # fmt: skip


def about(reminder: Reminder) -> str:
    """What a mail says, in words: "30 days before the end"."""
    stage = read(reminder.stage, reminder.due_on)
    words = _ABOUT.get(stage.family, reminder.stage)
    return words.format(stage.days) if stage.days is not None else words.replace("{} days ", "")


@dataclass(frozen=True)
class Post:
    """How many mails are where. `oldest` is the day since when the longest waiting one is due."""

    waiting: int = 0
    again: int = 0  # of those waiting: tried before and not taken
    at_hand: int = 0
    failed: int = 0
    uncertain: int = 0
    oldest: date | None = None
    late: bool = False

    @property
    def troubled(self) -> int:
        return self.failed + self.uncertain


def post(at: datetime) -> Post:
    """Everything that is due and not settled, in three queries."""
    today = at.date()
    due = Reminder.objects.filter(channel=Reminder.Channel.EMAIL)
    waiting = due.filter(state__in=_WAITING, due_on__lte=today).aggregate(
        number=Count("pk"), again=Count("pk", filter=Q(state=State.RETRY)), oldest=Min("due_on")
    )
    unsettled = due.filter(state__in=[*_HELD_BY_A_SENDER, State.FAILED, State.UNCERTAIN])
    rest = unsettled.filter(due_on__gte=today - _LOOKED_BACK).aggregate(
        at_hand=Count("pk", filter=Q(state__in=_HELD_BY_A_SENDER)),
        failed=Count("pk", filter=_failed()),
        uncertain=Count("pk", filter=Q(state=State.UNCERTAIN)),
    )
    oldest = waiting["oldest"]
    return Post(
        waiting["number"], waiting["again"], rest["at_hand"], rest["failed"], rest["uncertain"], oldest,
        waits_too_long(at),
    )  # fmt: skip


def waits_too_long(at: datetime) -> bool:
    """Whether any mail should have left long ago, asked as cheaply as a probe may."""
    waiting = Reminder.objects.filter(channel=Reminder.Channel.EMAIL, state__in=_WAITING)
    # What was planned only lately, for a day that had passed, is not late yet.
    return waiting.filter(due_on__lte=(at - _LATE).date(), planned_at__lt=at - _LATE).exists()


def mails(group: str, at: datetime, number: str) -> Page[Reminder]:
    """One page of a group of GROUPS, what is due first at the top."""
    rows = Reminder.objects.filter(channel=Reminder.Channel.EMAIL)
    rows = rows.select_related(
        "user", "employer", "period__held__certification", "period__held__level", "about__held__certification",
        "about__held__user", "about__held__level",
    )  # fmt: skip
    match group:
        case "failed":
            rows = rows.filter(_failed(), due_on__gte=at.date() - _LOOKED_BACK)
        case "uncertain":
            rows = rows.filter(state=State.UNCERTAIN, due_on__gte=at.date() - _LOOKED_BACK)
        case _:
            rows = rows.filter(state__in=_WAITING, due_on__lte=at.date())
    return Paginator(rows.order_by("due_on", "pk"), PAGE).get_page(number)


def open_to_a_person() -> QuerySet[Reminder]:
    """The mails that wait for somebody to decide."""
    return Reminder.objects.filter(Q(state=State.UNCERTAIN) | _failed(), channel=Reminder.Channel.EMAIL)


def _failed() -> Q:
    return Q(state=State.FAILED) & ~Q(error__startswith=LEFT)
