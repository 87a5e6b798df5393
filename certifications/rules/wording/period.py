"""The head of the rules and the renewal period, in words."""

from __future__ import annotations

from ..dates import written
from ..document import Document, Grace, Period
from .phrases import listed, months, selection, several
from .said import Item, Section, Speaker, anchor

DECIDED = {
    "period-start": "This version counts periods that begin on or after {day}.",
    "period-end": "This version counts periods that end on or after {day}.",
    "submission": "This version counts renewals submitted on or after {day}.",
}
CONFIDENCE = {
    "body": "We read these rules on the certifying body's own pages",
    "copy": "We read these rules in a copy of the certifying body's text. Check with the certifying body",
    "secondary": "We read these rules on other sites. Check with the certifying body",
    "unverified": "These rules are not verified. Check with the certifying body",
}
STARTS = {
    "award": "The first period begins on the day of the award",
    "next-january": "The first period begins on 1 January after the award",
    "january": "The first period begins on 1 January of the year of the award",
    "month-start": "The first period begins on the first day of the month of the award",
}
ENDS = {
    "anniversary": "It ends on the day before the same date",
    "month-end": "It ends on the last day of the month",
    "month-start": "It ends before the first day of the month on the card",
    "birth-month-end": "It ends on the last day of the month of your birth",
    "birthday": "It ends on your birthday",
    "year-end": "It ends on 31 December",
    "fixed": "It ends on {days}",
}
PARITY = {
    "birth-year": "Whether the year of the end is odd or even follows the year of your birth",
    "licence-year": "Whether the year of the end is odd or even follows the year of the licence",
    "even": "The year of the end is even",
    "odd": "The year of the end is odd",
}
SNAP = {
    "back": "A first period is cut to that day and so is shorter",
    "forward": "A first period runs on to that day and so is longer",
}
EARLY = {
    "none": "",
    "award": "What is done between the award and the first period counts for the first period",
    "january": "What is done from 1 January of the year of the award counts for the first period",
}
RENEWING_EARLY = {
    "keeps": "Renewing early keeps the dates",
    "longer": "Renewing early makes the next period longer: it begins on the day after the renewal",
    "from-expiry": "However early you renew, the next period begins when this one ends",
    "from-approval": "The next period begins on the day of the renewal",
}
ALLOWS = {
    "earn": "more can still be earned",
    "submit": "the renewal can still be sent",
    "exam": "the exam can still be passed",
    "late-fee": "the renewal can still be sent for a late fee",
}
LEAP = {
    "28-february": "An end on 29 February falls on 28 February in other years",
    "1-march": "An end on 29 February falls on 1 March in other years",
}
_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


def head(speaker: Speaker) -> Section:
    """What these rules are, for whom and since when."""
    document = speaker.document
    rules = document.rules
    levels = f"They are for {listed(f'Level {level}' for level in rules.levels)}." if rules.levels else ""
    unit = document.unit
    said = [
        rules.summary, levels, unit.meaning, DECIDED[rules.decided_by].format(day=written(rules.in_force_from)),
        f"{CONFIDENCE[rules.confidence]}. Checked on {written(rules.checked_on)}.", rules.note,
    ]  # fmt: skip
    return Section("summary", "In short", speaker.own(said))


def period(speaker: Speaker) -> Section:
    """How a renewal period begins, ends and is followed by the next."""
    document = speaker.document
    rules = document.period
    said = _never(rules) if rules.never_ends else [*_span(rules), *_around(document, rules), *_after(rules)]
    items = [
        Item(anchor("nested", one.key), one.name, speaker.all([f"Every {months(one.months)}", one.note], rules.source))
        for one in rules.nested
    ]
    for one in rules.reinstatement:
        texts = [f"Up to {_length(one.months, one.days)} after the end", one.note]
        said_of_it = speaker.all(texts, one.source or rules.source)
        items.append(Item(anchor("reinstatement", one.key), one.name, said_of_it))
    return Section("period", "Renewal period", speaker.all([*said, rules.note], rules.source), tuple(items))


def _never(rules: Period) -> list[str]:
    return ["It does not end", STARTS[rules.starts] if rules.starts != "award" else ""]


def _span(rules: Period) -> list[str]:
    days = listed(_month_day(one) for one in rules.fixed_end)
    found = [f"A period lasts {months(rules.months or 12)}"]
    if rules.rolling:
        every = f"every {months(rules.rolls_months)}" if rules.rolls_months else "on any day"
        ends = ENDS[rules.ends].format(days=days) if rules.ends != "anniversary" else ""
        return [*found, f"It rolls: {every} you look back over the time before", ends]
    found += [STARTS[rules.starts], ENDS[rules.ends].format(days=days)]
    found += [SNAP[rules.snap]] if rules.snap else []
    found += [PARITY[rules.end_parity]] if rules.end_parity else []
    if rules.end_year is not None:
        found.append(f"It ends in {rules.end_year}, and every {months(rules.months or 12)} before and after that")
    found += [] if rules.expiry_day_counts else ["The day on the card is the first day outside"]
    found += [LEAP[rules.leap_day]] if rules.leap_day != "28-february" else []
    if rules.lifelong_if_issued_before:
        found.append(f"What was issued before {written(rules.lifelong_if_issued_before)} does not end")
    found += ["Everything you hold with this body ends on the same day"] if rules.shared_end else []
    return [*found, EARLY[rules.early_from]]


def _around(document: Document, rules: Period) -> list[str]:
    found = []
    if rules.opens_months or rules.window_days:
        found.append(f"You can renew from {_length(rules.opens_months, rules.window_days)} before the end")
    else:
        found.append("You can renew on the last day")
    if rules.window_closes_months or rules.window_closes_days:
        found.append(
            f"The renewal must be in {_length(rules.window_closes_months, rules.window_closes_days)} before the end"
        )
    found += ["You can renew as soon as everything is met"] if rules.renew_from_points else []
    if rules.renew_from_months:
        found.append(f"You can renew from {months(rules.renew_from_months)} after the beginning on")
    if rules.notice_months:
        found.append(f"The body sends a notice {months(rules.notice_months)} before the end")
    found += [_grace(one) for one in rules.grace]
    for relief in rules.relief:
        what = selection(document, relief.select)
        found.append(
            f"For periods ending from {written(relief.ends_from)} to {written(relief.ends_until)}"
            f"{f', what is done {what}' if what else ''}, {several(relief.extra_months, 'month')} more to earn"
        )
        found.append(relief.note)
    return found


def _grace(one: Grace) -> str:
    said = f"For {_length(one.months, one.days)} after the end {ALLOWS[one.allows]}"
    return f"{said}. {one.note}" if one.note else said


def _after(rules: Period) -> list[str]:
    found = [RENEWING_EARLY[rules.renewing_early]] if rules.renewing_early != "keeps" else []
    if rules.suspended_months:
        found.append(f"Not renewed, it is suspended for {months(rules.suspended_months)}")
    if rules.reinstate_months:
        found.append(f"It can be reinstated for {months(rules.reinstate_months)} after the end")
    return found


def _length(month_count: int, days: int) -> str:
    parts = [months(month_count)] if month_count else []
    return listed([*parts, several(days, "day")] if days or not parts else parts, "and")


def _month_day(text: str) -> str:
    month, day = text.split("-")
    return f"{int(day)} {_NAMES[int(month) - 1]}"
