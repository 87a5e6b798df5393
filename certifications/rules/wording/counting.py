"""How activities become points, in words: categories, kinds and rates, caps."""

from __future__ import annotations

from ..document import Cap, Category, Document, KindRule, Rounding
from ..words import AMOUNT_UNITS, ROLES
from ..worth import rate
from .phrases import (
    between,
    categories,
    kinds,
    limit,
    listed,
    lower,
    number,
    only,
    part,
    points,
    selection,
    several,
    when,
    window,
)
from .said import Item, Said, Section, Speaker, Table, anchor

EVIDENCE = {
    "": "",
    "packet": "Evidence is kept for the renewal",
    "to-count": "Counts only with evidence",
}
YEARLY = {"year": " a year", "calendar-year": " a calendar year"}
ONCE = {
    "period": "The same course counts once in a period",
    "ever": "The same course counts once, for good",
}
ROUNDED = {
    "down": "down",
    "nearest": "to the nearest, halves up",
    "up": "up",
    "half-down": "to the nearest, halves down",
}


def category_section(speaker: Speaker) -> Section:
    """Each category, with the caps and minimums that are about it alone."""
    document = speaker.document
    rows = [_row(document, category) for category in document.categories]
    head = ["Category", "Up to", "Up to a year", "At least"]
    kept = [0] + [place for place in range(1, 4) if any(row[place] for row in rows)]
    table = Table(
        "Categories and what counts in each",
        tuple(head[place] for place in kept),
        tuple(tuple(row[place] or "no cap" if place == 1 else row[place] for place in kept) for row in rows),
    )
    items = []
    for category in document.categories:
        parent = f"Part of {categories(document, [category.parent])[0]}" if category.parent else ""
        items.append(
            Item(anchor("category", category.key), category.name,
                 speaker.all([parent, category.meaning], category.source))
        )  # fmt: skip
    shown = table if len(rows) > 1 and len(kept) > 1 else None
    return Section("categories", "Categories", (), tuple(item for item in items if item.said), shown)


def _row(document: Document, category: Category) -> tuple[str, str, str, str]:
    def of(window_name: str) -> str:
        return listed(
            limit(document, cap)
            for cap in document.caps
            if cap.select.one_category == category.key and cap.window == window_name and not cap.when
        )

    asked = [
        one for one in document.minimums
        if one.select.one_category == category.key and not (one.when or one.for_each)
        and (one.points is not None or one.percent is not None)
    ]  # fmt: skip
    least = listed((f"{limit(document, one)}{YEARLY.get(one.window, '')}" for one in asked), "and")
    return category.name, of("period"), of("year") or of("calendar-year"), least


def kind_section(speaker: Speaker) -> Section:
    """What counts, where, and at which rate."""
    document = speaker.document
    said = []
    if document.kinds:
        first = "The first of these that fits an activity is used" if len(document.kinds) > 1 else ""
        said = [first, _order(document)]
    items = tuple(Item(anchor("kind", rule.key), rule.name, _kind(speaker, rule)) for rule in document.kinds)
    return Section("kinds", "What counts", speaker.own(said), items)


def _order(document: Document) -> str:
    by_date = "Points are allocated by activity date, oldest first"
    if document.allocation == "date-order":
        return by_date
    return f"{by_date}. Where another order counts more for you, that one is taken"


def _kind(speaker: Speaker, rule: KindRule) -> tuple[Said, ...]:
    document = speaker.document
    where = listed(categories(document, rule.category))
    stated = " or the points stated on the certificate" if rule.stated and rule.points is not None else ""
    brings = "No points by itself" if rule.points == 0 else rate(rule)
    counts = f"{brings}{stated}, in {where}"
    logged = f"Logged as: {kinds(rule.kind)}" if rule.kind and kinds(rule.kind) != rule.name else ""
    condition = listed([when(document, rule.when), between(rule.from_, rule.until)], "and")
    said = [
        counts, logged, only(document, rule.select), f"Only {condition}" if condition else "",
        *_measure(rule), *_most(document, rule), *_repeats(rule), *_proof(rule), rule.note,
    ]  # fmt: skip
    return speaker.all(said, rule.source)


def _measure(rule: KindRule) -> list[str]:
    unit = AMOUNT_UNITS[rule.per]
    found = []
    if rule.hour_minutes != 60:
        found.append(f"An hour here is {rule.hour_minutes} minutes")
    found += [f"1 {AMOUNT_UNITS[key].one} is {number(hours)} hours" for key, hours in rule.hours_in.items()]
    if rule.minimum:
        found.append(f"Less than {number(rule.minimum)} {unit.one if rule.minimum == 1 else unit.many} counts nothing")
    found += [_rounding(rule.rounding)] if rule.rounding else []
    found += [
        f"Counts {number(one.times)} times for: {listed(lower(ROLES[role]) for role in one.role)}"
        for one in rule.multiply
    ]
    if rule.over_time or rule.for_whole_period:
        found.append("Time worked counts by its days, part time by its share")
    if rule.counts_on == "first-day":
        found.append("An activity over several days belongs to its first day")
    return found


def _rounding(rounding: Rounding) -> str:
    first = f", from {number(rounding.first_full)} on" if rounding.first_full else ""
    return f"Each activity is rounded to steps of {number(rounding.step)}{first}, {ROUNDED[rounding.mode]}"


def _most(document: Document, rule: KindRule) -> list[str]:
    found = []
    if rule.least:
        found.append(f"An activity that counts brings at least {points(document, rule.least)}")
    if rule.most is not None:
        found.append(f"One activity counts up to {points(document, rule.most)}")
    if rule.most_percent is not None:
        found.append(f"One activity counts up to {part(rule.most_percent)} of what is required")
    found += [f"{points(document, one.points)} of it count as {one.topic}" for one in rule.topic_parts]
    return found


def _repeats(rule: KindRule) -> list[str]:
    found = [ONCE[rule.once]] if rule.once else []
    if rule.once_months:
        found.append(f"The same course counts once in {several(rule.once_months, 'month')}")
    found += ["It can be claimed once in a period"] if rule.one_claim else []
    return found


def _proof(rule: KindRule) -> list[str]:
    evidence = EVIDENCE[rule.evidence]
    if evidence and rule.evidence_is:
        evidence = f"{evidence}: {lower(rule.evidence_is)}"
    return [
        evidence,
        "Counts once somebody has confirmed it" if rule.confirmed else "",
        "Only training above your level counts" if rule.above_level else "",
    ]


def caps(speaker: Speaker) -> Section:
    """Every cap in a sentence."""
    document = speaker.document
    said = ["A point is either counted or not: no part of it is"] if document.whole_points else []
    items = tuple(Item(anchor("cap", cap.key), cap.name, _cap(speaker, cap)) for cap in document.caps)
    none = [] if items or not document.need.points else ["No caps"]
    return Section("caps", "Caps", speaker.all([*none, *said]), items)


def _cap(speaker: Speaker, cap: Cap) -> tuple[Said, ...]:
    document = speaker.document
    category = cap.select.one_category
    what = "" if category else selection(document, cap.select)
    condition = listed([when(document, cap.when), between(cap.applies_from, cap.applies_until)], "and")
    said = [
        f"Up to {limit(document, cap)} {window(cap.window)}",
        f"This means: {what}" if what else "This means everything together" if not category else "",
        f"Only {condition}" if condition else "",
        cap.note,
    ]
    return speaker.all(said, cap.source)
