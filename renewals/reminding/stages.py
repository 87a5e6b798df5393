"""When somebody is reminded of one held certification. Pure: facts, a day and wishes in, at most one stage out.

A stage is due on a day of its own. Where several were missed, only the last of them is said: what is overtaken is not
said any more. The planner says the same in SQL, for everybody at once; a test compares the two.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from certifications.rules.words import StandingWord

LAPSED_AFTER = (1, 7, 30)  # days after it lapsed
EMPLOYER_BEFORE = (30, 7)  # an employer hears on the day itself; before that, its weekly digest says it
RULES_BEFORE = 30  # days before new rules start, whom they affect hears of them once more
LATE = timedelta(days=30)  # the last word about what lapsed is not said later than this
EMPLOYER_LATE = timedelta(days=6)  # by then the weekly digest has said it
DIGEST_LATE = timedelta(days=3)
_AHEAD = 800  # days that `next_due` looks ahead


class Family(StrEnum):
    """What kind of stage it is: the first part of its key."""

    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    OPENS = "opens"
    DUE = "due"
    ENDED = "ended"  # the period is over, grace still runs
    LAPSED = "lapsed"
    RULES = "rules"
    ASKED = "asked"
    TOLD = "told"  # of what somebody else did with the record: see `told`
    DIGEST = "digest"
    EMPLOYER_DUE = "employer-due"
    EMPLOYER_LAPSED = "employer-lapsed"
    OTHER = "other"


STEPS = frozenset({Family.OPENS, Family.DUE, Family.ENDED, Family.LAPSED})
# A mail whose hand-over nobody can answer for is sent again from here on: near the end a double is better than none.
MUST_ARRIVE_FROM = 30


@dataclass(frozen=True)
class Stage:
    """One stage: `days` before the end or after the lapse where its family counts them."""

    family: Family
    on: date
    days: int | None = None

    @property
    def key(self) -> str:
        """What it is called in its row, like "due-30-2027-03-01": the same day and stage have the same key."""
        count = "" if self.days is None else f"-{self.days}"
        return f"{self.family}{count}-{self.on.isoformat()}"

    @property
    def must_arrive(self) -> bool:
        """Whether a mail that may or may not have left is sent again rather than held for a person to look at."""
        if self.family in (Family.DUE, Family.EMPLOYER_DUE):
            return self.days is not None and self.days <= MUST_ARRIVE_FROM
        return self.family in (Family.ENDED, Family.LAPSED, Family.EMPLOYER_LAPSED)


def read(key: str, on: date) -> Stage:
    """The stage that a row's key names; `on` is the row's day."""
    for family in sorted(Family, key=len, reverse=True):
        rest = key.removeprefix(family.value)
        if rest != key and (not rest or rest.startswith("-")):
            first = rest.removeprefix("-").split("-")[0]
            counted = family in (Family.DUE, Family.LAPSED, Family.EMPLOYER_DUE, Family.EMPLOYER_LAPSED)
            return Stage(family, on, int(first) if counted and first.isdigit() else None)
    return Stage(Family.OTHER, on)


@dataclass(frozen=True)
class Ladder:
    """What somebody wishes: how often while all is well (0: never), and how many days before the end."""

    action: bool = True
    on_track_months: int = 3
    at_risk_months: int = 1
    at_risk_days: int = 0
    days_before: tuple[int, ...] = (90, 60, 30, 14, 7, 1)


@dataclass(frozen=True)
class Facts:
    """What is known of one held certification, and what was already said about it."""

    since: date  # it is in the record from here on: what came before is not said
    ends_on: date
    window_opens: date
    lapses_after: date
    on_course: bool
    last: date | None = None  # the day of the last own stage of any family, in any of its periods
    last_at_risk: date | None = None  # these two in the open period
    last_step: date | None = None  # the day of the last stage of STEPS

    def word(self, today: date) -> StandingWord:
        """The standing on a day, as lists say it."""
        if self.lapses_after < today:
            return StandingWord.LAPSED
        if self.window_opens <= today:
            return StandingWord.DUE
        return StandingWord.ON_TRACK if self.on_course else StandingWord.AT_RISK


def due(facts: Facts, today: date, ladder: Ladder) -> Stage | None:
    """What is to be said on this day and was not said yet."""
    word = facts.word(today)
    if word is StandingWord.ON_TRACK:
        return _on_track(facts, today, ladder)
    if word is StandingWord.AT_RISK:
        return _at_risk(facts, today, ladder)
    step = _lapsed(facts, today) if word is StandingWord.LAPSED else _before(facts, today, ladder)
    if step is None or not ladder.action or step.on <= facts.since:
        return None
    return None if facts.last_step is not None and facts.last_step >= step.on else step


def next_due(facts: Facts, today: date, ladder: Ladder) -> Stage | None:
    """The first stage from this day on, if nothing changes but the date."""
    days = (today + timedelta(days=ahead) for ahead in range(_AHEAD))
    return next((stage for day in days if (stage := due(facts, day, ladder))), None)


def months_on(day: date, months: int) -> date:
    """The same day some months later; the last of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _on_track(facts: Facts, today: date, ladder: Ladder) -> Stage | None:
    from_day = max(facts.since, facts.last or facts.since)
    if not ladder.on_track_months or months_on(from_day, ladder.on_track_months) > today:
        return None
    return Stage(Family.ON_TRACK, today)


def _at_risk(facts: Facts, today: date, ladder: Ladder) -> Stage | None:
    if not (ladder.at_risk_months or ladder.at_risk_days) or today <= facts.since:
        return None
    if facts.last_at_risk is not None:
        again = months_on(facts.last_at_risk, ladder.at_risk_months) + timedelta(days=ladder.at_risk_days)
        if again > today:
            return None
    return Stage(Family.AT_RISK, today)


def _before(facts: Facts, today: date, ladder: Ladder) -> Stage:
    if facts.ends_on < today:
        return Stage(Family.ENDED, facts.ends_on + timedelta(days=1))
    reached = [
        days
        for days in ladder.days_before
        if facts.window_opens < facts.ends_on - timedelta(days=days) <= today
    ]  # fmt: skip
    if not reached:
        return Stage(Family.OPENS, facts.window_opens)
    return Stage(Family.DUE, facts.ends_on - timedelta(days=min(reached)), min(reached))


def _lapsed(facts: Facts, today: date) -> Stage | None:
    reached = [days for days in LAPSED_AFTER if facts.lapses_after + timedelta(days=days) <= today]
    stage = Stage(Family.LAPSED, facts.lapses_after + timedelta(days=max(reached)), max(reached))
    return stage if today <= stage.on + LATE else None
