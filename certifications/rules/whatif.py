"""What would make points count that do not: found by counting the changed entry, never by guessing from the rule.

Each answer says what would have to be true, and how many points more would then count in all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil

from .cases import Case, Entry
from .counting import count
from .dates import Span, add_months, written, year_words
from .document import Document
from .needing import applies
from .period_dates import reliefs
from .pieces import spreads
from .points import show
from .results import CategoryTotal, Line, Loss, Outcome
from .selecting import selects
from .sense import descendants
from .windows import spans
from .words import AMOUNT_UNITS, KINDS, Reason
from .worth import enough, number

YEARLY = ("year", "calendar-year")


@dataclass(frozen=True)
class WhatIf:
    """A change to one entry, in words, and the points (hundredths) that it would bring in all."""

    reason: Reason
    text: str
    points: int


@dataclass(frozen=True)
class _Change:
    words: str  # a condition: "If the date were 1 Apr 2024 or later"
    entry: Entry
    as_of: date | None = None


def what_if(document: Document, case: Case, outcome: Outcome, line: Line) -> list[WhatIf]:
    """What would make the lost points of a line count, most points first; empty where nothing would."""
    entry = next((one for one in case.entries if one.key == line.key), None)
    if entry is None:
        return []
    found: dict[str, WhatIf] = {}
    for loss in line.losses:
        for change in _changes(document, case, outcome, entry, loss):
            gain = _gain(document, case, outcome, entry, change)
            if gain > 0 and change.words not in found:
                found[change.words] = WhatIf(loss.reason, f"{change.words}, {show(gain)} more would count.", gain)
    return sorted(found.values(), key=lambda one: -one.points)


def what_ifs(document: Document, case: Case, outcome: Outcome) -> dict[str, list[WhatIf]]:
    """The same for every line that lost something, by the key of its entry."""
    return {line.key: what_if(document, case, outcome, line) for line in outcome.lines if line.losses}


def _gain(document: Document, case: Case, outcome: Outcome, entry: Entry, change: _Change) -> int:
    entries = tuple(change.entry if one.key == entry.key else one for one in case.entries)
    other = replace(case, entries=entries, as_of=change.as_of or case.as_of)
    before = outcome.counted
    if change.as_of:  # other entries may count by then as well: only this one is meant
        without = tuple(one for one in case.entries if one.key != entry.key)
        before = count(document, replace(other, entries=without)).counted
    return count(document, other).counted - before


# What would have to be true of an entry that was refused for what it is, whatever its day and category.
_PLAIN: dict[Reason, tuple[str, dict[str, object]]] = {
    Reason.EVIDENCE: ("With evidence", {"evidence": True}),
    Reason.WAITING: ("If it were confirmed", {"confirmed": True}),
    Reason.NOT_CONFIRMED: ("If it were confirmed", {"confirmed": True}),
    Reason.NOT_RELEVANT: ("If it were related to this field", {"relevant": True}),
    Reason.BELOW_LEVEL: ("If it were above your level", {"above_level": True}),
}


def _changes(document: Document, case: Case, outcome: Outcome, entry: Entry, loss: Loss) -> Iterator[_Change]:
    reason = loss.reason
    if reason in _PLAIN:
        words, values = _PLAIN[reason]
        yield _Change(words, replace(entry, **values))  # type: ignore[arg-type]
    elif reason is Reason.BEFORE_PERIOD:
        yield from _moved(case, entry, case.term.earns.start, "or later")
    elif reason is Reason.AFTER_PERIOD:
        yield from _moved(case, entry, min(_last_day(document, case, entry), case.as_of), "or earlier")
    elif reason is Reason.NOT_YET:
        yield _Change(f"Once {written(entry.on)} has come", entry, as_of=entry.on)
    elif reason is Reason.DUPLICATE:
        another = replace(entry, duplicate_of="", title=f"{entry.title} (another)", course=f"{entry.course} (another)")
        yield _Change("If it were another activity", another)
    elif reason in (Reason.TOO_SHORT, Reason.ROUNDING):
        yield from _longer(document, case, entry, loss)
    elif reason is Reason.KIND:
        yield from _other_kinds(document, case, entry)
    else:
        yield from _elsewhere(document, case, outcome, entry, loss)


def _last_day(document: Document, case: Case, entry: Entry) -> date:
    """The last day that earns, for this entry: temporary relief may make it a later one."""
    below, last = descendants(document.categories), case.term.span.last
    categories = [entry.category] if entry.category else _categories_of(document, case, entry)
    longer = (
        add_months(last, relief.extra_months)
        for relief in reliefs(document, case.term.span)
        if any(selects(relief.select, entry, category, below) for category in categories)
    )
    return max([case.term.earns.last, *longer])


def _moved(case: Case, entry: Entry, day: date, how: str) -> Iterator[_Change]:
    length = entry.on - entry.since if entry.since else None
    last = day + length if length and how == "or later" else day
    since = day if length and how == "or later" else last - length if length else None
    if last >= case.term.earns.start and (how == "or earlier" or last <= case.term.earns.last):
        yield _Change(f"If the date were {written(day)} {how}", replace(entry, on=last, since=since))


def _longer(document: Document, case: Case, entry: Entry, loss: Loss) -> Iterator[_Change]:
    """The least that counts, or enough for the next step."""
    rule = next((one for one in document.kinds if one.key == loss.rule), None)
    if rule is None or rule.points is None or spreads(rule, entry) or entry.unit == "point":
        return
    amount = enough(rule, entry, case.term)
    if amount is not None and amount > entry.amount:
        amount = Fraction(ceil(amount * 100), 100)  # as it can be typed
        unit = AMOUNT_UNITS[entry.unit]
        words = f"If it were {number(amount)} {unit.one if amount == 1 else unit.many}"
        yield _Change(words, replace(entry, amount=amount))


def _other_kinds(document: Document, case: Case, entry: Entry) -> Iterator[_Change]:
    """Kinds of the same group that these rules count, and no category where the chosen one is not theirs."""
    group = KINDS[entry.kind].group if entry.kind in KINDS else None
    words = dict.fromkeys(
        word
        for rule in document.kinds
        if applies(rule.when, case.facts)
        for word in rule.kind
        if word != entry.kind and (group is None or KINDS[word].group is group)
    )
    for word in words:
        yield _Change(f'If it were "{KINDS[word].label}"', replace(entry, kind=word, category=""))


def _elsewhere(document: Document, case: Case, outcome: Outcome, entry: Entry, loss: Loss) -> Iterator[_Change]:
    """Another category its kind may stand in, if one has room; another year, where a yearly cap took it."""
    open_ones = {one.key: one for one in outcome.categories if one.room != 0}
    if entry.category:
        for key in _categories_of(document, case, entry):
            if key in open_ones and key != entry.category:
                words = f"If it stood in {open_ones[key].name}{_room(open_ones[key])}"
                yield _Change(words, replace(entry, category=key))
    cap = next((one for one in document.caps if one.key == loss.rule), None)
    if cap and cap.window in YEARLY and loss.year:
        for span in spans(cap.window, case.term, []):
            if span.start != loss.year[0] and span.start <= case.as_of:
                yield _Change(f"If it were of {year_words(span)}", _within(entry, span, case))


def _categories_of(document: Document, case: Case, entry: Entry) -> list[str]:
    """The categories that rules for this kind name, in document order."""
    rules = [one for one in document.kinds if entry.kind in one.kind and applies(one.when, case.facts)]
    return list(dict.fromkeys(key for rule in rules for key in rule.category))


def _room(category: CategoryTotal) -> str:
    return f", where {show(category.room)} are free" if category.room else ""


def _within(entry: Entry, span: Span, case: Case) -> Entry:
    """The entry moved into a window, as far as its days have come already."""
    last = min(span.last, case.as_of)
    if entry.since is None:
        return replace(entry, on=last)
    return replace(entry, since=span.start, on=min(span.start + (entry.on - entry.since), last))


__all__ = ["WhatIf", "what_if", "what_ifs"]
