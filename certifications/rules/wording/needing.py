"""What must be reached, in words: the total, minimums, and other ways to meet it all."""

from __future__ import annotations

from ..document import Alternative, Document, Event, Minimum, Need
from ..points import show
from .phrases import limit, lower, months, points, selection, several, when, window
from .said import Item, Said, Section, Speaker, anchor


def need(speaker: Speaker) -> Section:
    """The total of a period."""
    document = speaker.document
    rule = document.need
    said = [*speaker.all(_total(document, rule), rule.source)]
    said += [
        speaker.say(f"{points(document, row.points)} {when(document, row.when)}", row.source or rule.source)
        for row in rule.by
    ]
    said += _first_period(speaker, rule)
    return Section("need", "What is needed", tuple(said))


def _total(document: Document, rule: Need) -> list[str]:
    others = " for everybody else" if rule.by else ""
    total = f"{points(document, rule.points)} in a period{others}"
    found = [total] if rule.points else [] if rule.by else ["No points are needed"]
    if rule.advisory:
        found.append("The total is advice, not a condition")
    if rule.several == "highest" and rule.points:
        found.append("Who holds several of these needs the highest total once, not each by itself")
    return found


def _first_period(speaker: Speaker, rule: Need) -> tuple[Said, ...]:
    document, first = speaker.document, rule.first_period
    if rule.first_period_exempt:
        return speaker.all(["Nothing is needed in a first period"], rule.source)
    if first is None:
        return ()
    found = []
    if first.block_months:
        share = "its share of the total" if first.block_points is None else points(document, first.block_points)
        every = "full month" if first.block_months == 1 else several(first.block_months, "full month")
        found.append(f"A shorter first period needs {share} for every {every}")
    for row in first.table:
        below = row.months_below is not None
        length = f"{'less than' if below else 'up to'} {several(row.months_below or row.months_up_to or 0, 'month')}"
        needed = f"needs {points(document, row.points)}" if row.points else "needs nothing"
        found.append(f"A first period of {length} {needed}")
    if first.exempt_below_months:
        found.append(f"A first period of less than {several(first.exempt_below_months, 'month')} needs none")
    return speaker.all(found, first.source or rule.source)


def minimums(speaker: Speaker) -> Section:
    """What must be reached besides the total."""
    items = tuple(minimum(speaker, one, anchor("minimum", one.key)) for one in speaker.document.minimums)
    return Section("minimums", "Besides the total", (), items)


def minimum(speaker: Speaker, one: Minimum, where: str) -> Item:
    """One minimum with its conditions."""
    document = speaker.document
    condition = when(document, one.when)
    said = [
        f"{_asked(document, one)}{f', {condition}' if condition else ''}",
        f'Asked once for each area you name in "{_question(document, one.for_each)}"' if one.for_each else "",
        "These come on top of the total" if one.on_top else "",
        "Everything that was earned is looked at, also what is over a cap" if one.tests == "asked" else "",
        "Not asked where a shorter period lowers the total" if one.only_at_full_need else "",
        "This is advice, not a condition" if one.advisory else "",
        one.note,
    ]
    return Item(where, one.name, speaker.all(said, one.source))


def _asked(document: Document, one: Minimum) -> str:
    what, period = selection(document, one.select), window(one.window)
    about = f": {what}" if what else ""
    if one.categories:
        when_said = f" {period}" if one.window != "period" else ""
        return f"At least {one.categories} categories must have points{when_said}{about}"
    if one.times:
        return f"At least {several(one.times, 'time')} {period}{about}"
    if one.item:
        return f"{_question(document, one.item)} The answer must be yes"
    if one.fact:
        return f"{_question(document, one.fact)} At least {one.at_least}"
    inside = " in one category" if one.in_one_category else ""
    return f"At least {limit(document, one)} {period}{inside}{about}"


def _question(document: Document, key: str) -> str:
    return next((fact.ask for fact in document.facts if fact.key == key), key.replace("-", " "))


def other_ways(speaker: Speaker) -> Section:
    """Alternatives, and events that meet everything."""
    document = speaker.document
    items = [_event(speaker, event) for event in document.events]
    items += [_alternative(speaker, way) for way in document.alternatives]
    for position, other in enumerate(document.renewed_by):
        name = other.name + (f", Level {other.level}" if other.level else "")
        condition = when(document, other.when)
        text = f"Renewing it renews this one as well{f', {condition}' if condition else ''}"
        items.append(Item(anchor("renewed-by", str(position)), name, speaker.all([text], other.source)))
    return Section("ways", "Other ways to meet it", (), tuple(items))


def _event(speaker: Speaker, event: Event) -> Item:
    document = speaker.document
    what = selection(document, event.select)
    times = f", {several(event.times, 'time')}" if event.times > 1 else ""
    times += f", {window(event.window)}" if event.window != "period" else ""
    met = f"all {show(document.need.points)} {document.unit.many}" if document.need.points else "everything"
    condition = when(document, event.when)
    said = [
        f"Meets {met}{times}{f', {condition}' if condition else ''}. It is logged as: {what}",
        f"The next period then lasts {months(event.renews_months)}" if event.renews_months else "",
        *(f"Still due all the same: {lower(one.name)}. {_asked(document, one)}" for one in event.minimums),
    ]
    return Item(anchor("event", event.key), event.name, speaker.all(said, event.source))


def _alternative(speaker: Speaker, way: Alternative) -> Item:
    document = speaker.document
    condition = when(document, way.when)
    total = f"{points(document, way.points)} in a period suffice" if way.points else "This suffices"
    said = [
        f"{total}{f', {condition}' if condition else ''}{', with:' if way.minimums else ''}",
        *(f"{one.name}: {lower(_asked(document, one))}" for one in way.minimums),
        "What is asked besides the total must be met as well" if way.with_minimums else "",
    ]
    return Item(anchor("alternative", way.key), way.name, speaker.all(said, way.source))
