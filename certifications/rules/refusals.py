"""Why no kind rule takes an entry, in words: what it is good for all the same, or what the rules want instead."""

from __future__ import annotations

from .cases import Entry
from .dates import written
from .document import Event, KindRule, Minimum
from .needing import applies
from .screening import Screen
from .selecting import selects
from .wording.phrases import categories, listed, selection
from .words import KINDS

MOST_NAMED = 3


def without_points(screen: Screen, entry: Entry) -> str:
    """Why an entry that no kind rule takes brings no points."""
    document, facts = screen.document, screen.case.facts
    often = [minimum for minimum in document.every_minimum if minimum.times]
    serving: list[Event | Minimum] = [*document.events, *often]
    for one in serving:
        if applies(one.when, facts) and selects(one.select, entry, entry.category, screen.below):
            return f"It brings no points. It counts for: {one.name}."
    if not (entry.kind or entry.category):
        return "It needs a kind or a category to count."
    label = f'"{KINDS[entry.kind].label}"' if entry.kind in KINDS else entry.category or "this kind"
    name = document.rules.name
    takers = [rule for rule in screen.kinds if entry.kind and (not rule.kind or entry.kind in rule.kind)]
    if entry.category and takers:
        inside = [rule for rule in takers if any(entry.category in screen.below[key] for key in rule.category)]
        if not inside:
            return f"{name} does not count {label} in {categories(document, [entry.category])[0]}."
        takers = inside
    return _barred(screen, entry, takers, f"{name} does not count {label}") or _wanted(screen, takers, name, label)


def _barred(screen: Screen, entry: Entry, takers: list[KindRule], said: str) -> str:
    """What shuts it out of rules that would take its kind; empty where nothing does."""
    where = "in applications " if screen.document.rules.decided_by == "submission" else ""
    for rule in takers:
        category = entry.category or rule.category[0]
        without = rule.select.except_
        if without and selects(without, entry, category, screen.below):
            return f"{said} {selection(screen.document, without.model_copy(update={'kind': ()}))}".rstrip() + "."
        if not screen.in_force(rule, entry) and selects(rule.select, entry, category, screen.below):
            days = [f"before {written(rule.from_)}"] if rule.from_ else []
            days += [f"from {written(rule.until)} on"] if rule.until else []
            about = selection(screen.document, rule.select.model_copy(update={"kind": ()}))
            return " ".join(filter(None, [said, about, f"{where}{' and '.join(days)}."]))
    return ""


def _wanted(screen: Screen, takers: list[KindRule], name: str, label: str) -> str:
    wanted = list(dict.fromkeys(selection(screen.document, rule.select) for rule in takers))
    if wanted and len(wanted) <= MOST_NAMED and all(wanted):
        return f"{name} counts {label} only {listed(wanted)}."
    return f"{name} does not count {label}."
