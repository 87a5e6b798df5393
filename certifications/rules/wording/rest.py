"""Carry-over, money, questions, worked examples and sources, in words."""

from __future__ import annotations

from datetime import date

from ..dates import written
from ..document import (
    CarryOver,
    Document,
    Escalation,
    Example,
    ExampleActivity,
    Expect,
    Fee,
    Money,
    PeriodExample,
)
from ..points import show
from ..words import AMOUNT_UNITS, KINDS, REASON_LABELS, STANDING_LABELS, Reason
from .phrases import categories, listed, lower, months, number, only, part, points, several, when
from .said import Item, Section, Speaker, anchor

DUE = {
    "renewal": "due at each renewal",
    "each-further": "for each further certification",
    "yearly": "due every year",
    "late": "when renewing late",
    "reinstatement": "when reinstating",
}
ANSWERS = {
    "yes-no": "Yes or no",
    "number": "A number",
    "choice": "One of: {choices}",
    "topics": "Any of: {choices}",
}
ORIGINS = {
    "body": "The certifying body's own page.",
    "copy": "A copy of the certifying body's text. Check with the certifying body.",
    "secondary": "Not the certifying body's own page. Check with the certifying body.",
}


def carry_over(speaker: Speaker) -> Section:
    """What goes into the next period."""
    rule = speaker.document.carry_over
    if rule is None:
        text = "These rules do not carry points over" if speaker.document.need.points else ""
        return Section("carry-over", "Carry-over", speaker.all([text]))
    return Section("carry-over", "Carry-over", speaker.all(_carried(speaker.document, rule), rule.source))


def _carried(document: Document, rule: CarryOver) -> list[str]:
    most = "What is above the need goes into the next period"
    if rule.points is not None:
        most = f"Up to {points(document, rule.points)} above the need go into the next period"
    elif rule.percent is not None:
        most = f"Up to {part(rule.percent)} of the need, from what is above it, goes into the next period"
    into = listed(categories(document, [rule.arrives_as])) if rule.arrives_as else ""
    within = [one.name for one in document.minimums if one.key in rule.within_minimums]
    return [
        most,
        only(document, rule.select),
        f"Only what was earned in the last {months(rule.earned_in_last_months)}" if rule.earned_in_last_months else "",
        f"Nothing older than {months(rule.most_months_old)}" if rule.most_months_old else "",
        f"It arrives as {into}" if into else "",
        "It keeps its categories" if rule.keeps_categories else "",
        "It keeps its topics" if rule.keeps_topics else "",
        f"It also counts for: {listed(within, 'and')}" if within else "",
        "What is over a cap goes over as well" if rule.includes_over_cap else "",
        f"It lives for {several(rule.lives_periods, 'period')}" if rule.lives_periods > 1 else "",
        "What is missing goes over as well and must be made up" if rule.deficit else "",
        rule.note,
    ]


def escalations(speaker: Speaker) -> Section:
    """What follows a requirement that was missed."""
    items = tuple(
        Item(anchor("escalation", one.key), one.name, speaker.all(_escalation(one), one.source))
        for one in speaker.document.escalations
    )
    return Section("escalations", "If a requirement is missed", (), items)


def _escalation(one: Escalation) -> list[str]:
    times = "When it is missed" if one.failures == 1 else f"When it is missed {several(one.failures, 'time')}"
    return [f"{times} in {months(one.within_months)}", one.note]


def money(speaker: Speaker) -> Section:
    """What renewing costs, as far as a source says."""
    rule = speaker.document.money
    if rule is None:
        return Section("money", "What it costs")
    paid = "The fee is paid before the renewal is sent" if rule.paid_before_submitting else ""
    items = tuple(
        Item(anchor("fee", fee.key), fee.name, speaker.all(_fee(speaker.document, rule, fee), fee.source))
        for fee in rule.fees
    )
    return Section("money", "What it costs", speaker.all([paid, rule.note]), items)


def _fee(document: Document, rule: Money, fee: Fee) -> list[str]:
    condition = when(document, fee.when)
    parts = [several(fee.from_months_late, "month")] if fee.from_months_late else []
    parts += [several(fee.from_days_late, "day")] if fee.from_days_late else []
    late = f", more than {' and '.join(parts)} late" if parts else ""
    amount = f"{rule.currency} {fee.cents // 100:,}.{fee.cents % 100:02d}"
    return [f"{amount}, {DUE[fee.due]}{late}{f', {condition}' if condition else ''}", fee.note]


def questions(speaker: Speaker) -> Section:
    """What these rules ask the holder."""
    items = tuple(
        Item(anchor("fact", fact.key), fact.ask,
             speaker.own([ANSWERS[fact.answer].format(choices=", ".join(fact.choices)), fact.help]))
        for fact in speaker.document.facts
    )  # fmt: skip
    return Section("questions", "What we ask you", (), items)


def examples(speaker: Speaker) -> Section:
    """The worked examples; they are counted anew whenever these rules are loaded."""
    document = speaker.document
    items = [
        Item(
            anchor("example", str(place)), example.say, speaker.own(_example(document, example)), lines=_lines(example)
        )
        for place, example in enumerate(document.examples, 1)
    ]
    items += [
        Item(anchor("dates", str(place)), example.say, speaker.own(_dates(example)))
        for place, example in enumerate(document.period_examples, 1)
    ]
    said = ["We count each of these whenever the rules are loaded, and the result must be this one"] if items else []
    return Section("examples", "Worked examples", speaker.own(said), tuple(items))


def _example(document: Document, example: Example) -> list[str]:
    count = len(example.activities)
    period = f"{written(example.starts)} to {written(example.ends)}, counted on {written(example.as_of)}"
    logged = several(count, "activity", "activities") if count else "Nothing logged"
    return [f"{period}. {logged}", *_expected(document, example.expect), example.origin]


def _lines(example: Example) -> tuple[str, ...]:
    return tuple(activity_words(activity) for activity in example.activities)


def activity_words(one: ExampleActivity) -> str:
    """An activity of an example: when, what, how much."""
    when_done = f"{written(one.since)} to {written(one.on)}" if one.since else written(one.on)
    kind = KINDS[one.kind].label if one.kind in KINDS else ""
    unit = AMOUNT_UNITS[one.unit]
    amount = f"{number(one.amount)} {unit.one if one.amount == 1 else unit.many}"
    about = [kind if kind != one.title else "", *one.topics, one.level and f"Level {one.level}", one.role, one.reach]
    return ", ".join(filter(None, [when_done, one.title, amount, *about]))


def _expected(document: Document, expect: Expect) -> list[str]:
    found = []
    if expect.counted is not None:
        of = f" of {show(expect.needed)}" if expect.needed is not None else ""
        found.append(f"Counted: {show(expect.counted)}{of} {document.unit.many}")
    if expect.by_category:
        names = categories(document, expect.by_category)
        found.append(
            "In " + ", ".join(f"{name} {show(n)}" for name, n in zip(names, expect.by_category.values(), strict=True))
        )
    if expect.not_counted:
        found.append(
            "Not counted: " + ", ".join(f"{show(n)} {_reason(code)}" for code, n in expect.not_counted.items())
        )
    if expect.compliant is not None:
        found.append("Everything is met" if expect.compliant else "Not everything is met")
    if expect.satisfied_by:
        events = {event.key: event.name for event in document.events}
        events |= {way.key: way.name for way in document.alternatives}
        found.append(f"Met by: {lower(events.get(expect.satisfied_by, expect.satisfied_by))}")
    if expect.carry_out:
        found.append(f"{points(document, expect.carry_out)} go into the next period")
    if expect.standing:
        found.append(f"Standing: {STANDING_LABELS[expect.standing]}")
    return found


def _reason(code: str) -> str:
    return REASON_LABELS[Reason(code)].lower() if code in set(Reason) else code


GIVEN = {
    "awarded": "Awarded", "birth": "Born", "expiry": "On the card", "starts": "Begins", "ends": "Ends",
    "renewed_on": "Renewed",
}  # fmt: skip
FOUND = {
    "starts": "it begins", "ends": "it ends", "earns_from": "activities count from", "last_earning_day":
    "the last day that counts", "submit_by": "submit by", "exam_by": "pass the exam by", "suspended_until":
    "suspended until", "window_opens": "renewal opens", "window_closes": "renewal closes", "renew_from":
    "renewal is possible from", "reinstate_until": "reinstatement until", "next_starts": "the next one begins",
    "next_ends": "the next one ends",
}  # fmt: skip


def _dates(example: PeriodExample) -> list[str]:
    given = [f"{name} {written(day)}" for key, name in GIVEN.items() if (day := getattr(example, key, None))]
    found = [f"{name} {written(day)}" for key, name in FOUND.items()
             if isinstance(day := getattr(example.expect, key, None), date)]  # fmt: skip
    return [", ".join(given), "So: " + ", ".join(found) if found else "", example.origin]


def sources(speaker: Speaker) -> Section:
    """Where each fact was read."""
    items = tuple(
        Item(anchor("source", source.key), source.title, speaker.all([ORIGINS[source.origin], source.note], source.key),
             source.url)
        for source in speaker.document.sources
    )  # fmt: skip
    return Section("sources", "Sources", (), items)
