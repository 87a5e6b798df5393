"""One certification in a mail: the standing of the home page, said in sentences. The numbers are the page's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from certifications.rules.dates import written
from certifications.rules.points import ONE, show
from certifications.rules.standing import Standing
from certifications.rules.words import REASON_LABELS, STANDING_LABELS, StandingWord

from ..home import Card, LastKnown
from ..outlook import outlook_of


@dataclass(frozen=True)
class Said:
    """What a mail says of one certification."""

    title: str
    word: StandingWord
    label: str
    short: str  # what stands behind the title in a subject
    lead: str
    sentences: tuple[str, ...]
    counted: str  # "81 of 90 points counted", or empty
    reasons: tuple[str, ...]
    next: str
    action: str
    path: str  # of the button
    page: str  # of the standing


def say(card: Card) -> Said | None:
    """What is said of one card of the home page; None where it never could be counted."""
    one = card.standing
    if one is None:
        return None
    action, path = (card.action_label, card.action_url) if card.action_url else ("See your standing", card.url)
    counted = f"{show(one.counted)} of {show(one.needed)} {card.unit} counted" if one.needed else ""
    return Said(
        title=card.title, word=one.word, label=STANDING_LABELS[one.word], short=_short(one), lead=_lead(card, one),
        sentences=tuple(_sentences(card, one)), counted=counted,
        reasons=tuple(_reasons(card, one)), next=_next(card, one), action=action, path=path,
        page=card.url,
    )  # fmt: skip


def _short(one: Standing | LastKnown) -> str:
    """The rest of a subject: "9 points short, ends 31 Mar 2027"."""
    if one.word is StandingWord.LAPSED:
        return one.sub_line[:1].lower() + one.sub_line[1:]
    line = one.sub_line[:1].lower() + one.sub_line[1:]
    ends = f"ends {written(one.ends_on)}" if one.ends_on and not one.never_ends else ""
    return ", ".join(part for part in (line, ends) if part)


def _lead(card: Card, one: Standing | LastKnown) -> str:
    if one.word is StandingWord.LAPSED:
        return f"{card.title} lapsed on {written(one.ends_on)}." if one.ends_on else f"{card.title} lapsed."
    if one.complete or one.word is StandingWord.ON_TRACK:
        return f"{one.sub_line}."
    points = f"{show(one.counted)} of {show(one.needed)} {card.unit}"
    if one.needed and one.counted >= one.needed:
        return f"{points}, but {_left(one)}."
    if one.word is StandingWord.DUE and isinstance(one, Standing) and one.short:
        you = f"you are {show(one.short)} {_unit(card, one.short)} short"
        if one.days_left < 0:
            return f"The renewal period ended on {written(one.ends_on)} and {you}."
        return f"The renewal period ends {_in_days(one.days_left)} and {you}."
    forecast = isinstance(one, Standing) and one.word is StandingWord.AT_RISK and one.forecast.total is not None
    return (
        f"{one.sub_line} on the current forecast."
        if forecast and one.sub_line.endswith("short")
        else f"{one.sub_line}."
    )


def _left(one: Standing | LastKnown) -> str:
    missing = len(one.unmet) if isinstance(one, Standing) else 1
    return "one requirement is left" if missing <= 1 else f"{missing} requirements are left"


def _sentences(card: Card, one: Standing | LastKnown) -> Iterable[str]:
    if card.stale:
        yield f"We could not count this today. These are the numbers of {written(card.stale)}."
    if one.word is StandingWord.LAPSED:
        yield "Your activities are kept."
        return
    if _to_submit(one):
        yield "All requirements are met."
        return
    if days := _days(one):
        yield days
    if one.needed and one.counted >= one.needed and not one.complete:
        yield f"{_capital(one.sub_line)}."
    if card.stand and not one.complete and one.word is not StandingWord.ON_TRACK:
        outlook = outlook_of(card.stand)
        yield from outlook.sentences[1:] if outlook else ()


def _to_submit(one: Standing | LastKnown) -> bool:
    """Whether all is there and was asked for: some credentials only end, and are renewed without points."""
    return isinstance(one, Standing) and one.ready and one.sub_line == "Ready to submit"


def _next(card: Card, one: Standing | LastKnown) -> str:
    if isinstance(one, Standing) and _to_submit(one):
        return (
            f"Send the renewal to {card.held.certification.decider} by {written(one.submit_by)}, then record it here."
        )
    return _capital(one.next_step.text)


def _reasons(card: Card, one: Standing | LastKnown) -> Iterable[str]:
    """What was logged and does not count, by reason; only where it would help to know."""
    if card.stand is None or one.complete or one.word in (StandingWord.ON_TRACK, StandingWord.LAPSED):
        return
    outcome = card.stand.counted.outcome
    if not outcome.not_counted:
        return
    parts = [f"{show(lost)} {REASON_LABELS[reason].lower()}" for reason, lost in outcome.lost_by_reason().items()]
    verb = "does" if outcome.not_counted == ONE else "do"
    yield f"You logged {show(outcome.asked)}. {show(outcome.not_counted)} {verb} not count: {', '.join(parts)}."


def _days(one: Standing | LastKnown) -> str:
    if one.never_ends or one.ends_on is None or one.days_left < 0:
        return ""
    if one.days_left == 0:
        return "Today is the last day."
    return f"{one.days_left:,} {'day' if one.days_left == 1 else 'days'} left, ends {written(one.ends_on)}."


def _in_days(days: int) -> str:
    return "today" if days == 0 else "in 1 day" if days == 1 else f"in {days:,} days"


def _unit(card: Card, points: int) -> str:
    return card.unit[:-1] if points == ONE and card.unit.endswith("s") else card.unit


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
