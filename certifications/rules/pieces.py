"""From entries to pieces: screening, worth, and the parts that fall into different windows.

A piece is what caps work on: points of one entry on one day, with the categories that could take it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from .cases import Carried, Case, Entry, Projection
from .dates import DAY, Span, add_months, written
from .document import Document, KindRule
from .selecting import Below, selects
from .words import KINDS, Reason
from .worth import Worth, rate, worth


@dataclass(frozen=True)
class Piece:
    """Points (hundredths) of one entry, on one day inside the period, for one of its categories."""

    number: int
    draft: int
    day: date
    points: int
    categories: tuple[str, ...]
    topics: frozenset[str]
    carried: bool = False


@dataclass
class Draft:
    """A ledger line in the making: what was asked, what is lost already, and the steps so far."""

    entry: Entry
    rule: KindRule | None = None
    asked: int = 0
    lost: list[tuple[Reason, int, str, str]] = field(default_factory=list)  # reason, points, text, rule or other key
    steps: list[str] = field(default_factory=list)
    excluded: bool = False
    carried: bool = False
    pieces: list[int] = field(default_factory=list)

    def refuse(self, reason: Reason, text: str, points: int | None = None, rule: str = "") -> None:
        self.lost.append((reason, self.asked if points is None else points, text, rule))
        self.steps.append(text)


def find_rule(document: Document, entry: Entry, facts: Mapping[str, object], below: Below) -> KindRule | None:
    """The first kind rule that fits the entry, in document order."""
    known = dict(facts)
    for rule in document.kinds:
        if rule.kind and (entry.kind not in rule.kind) and (entry.kind or not entry.category):
            continue
        if entry.category and not _chosen(rule, entry.category, below):
            continue
        if rule.until and _deciding_day(document, entry) >= rule.until:
            continue
        if all(condition.holds(known) for condition in rule.when) and selects(
            rule.select, entry, entry.category or rule.category[0], below
        ):
            return rule
    return None


def _chosen(rule: KindRule, category: str, below: Below) -> bool:
    return any(category in below[name] for name in rule.category)


def _deciding_day(document: Document, entry: Entry) -> date:
    return entry.submitted_on or entry.on if document.rules.decided_by == "submission" else entry.on


def draft_lines(document: Document, case: Case, needed: int, below: Below) -> tuple[list[Draft], list[Piece]]:
    """Screen every entry and cut what may count into pieces, oldest first."""
    drafts: list[Draft] = []
    pieces: list[Piece] = []
    repeats = _Repeats()
    order = sorted(case.entries, key=lambda entry: (entry.on, entry.since or entry.on))
    for carried in case.carried:
        _carry(document, case, carried, drafts, pieces)
    for entry in order:
        draft = Draft(entry)
        drafts.append(draft)
        rule = draft.rule = find_rule(document, entry, case.facts, below)
        value = _value(document, draft, needed, case)
        if not (rule and value) or _barred(rule, draft, case) or _repeated(rule, draft, case, repeats):
            draft.excluded = True
            continue
        _cut(rule, value, draft, case, len(drafts) - 1, pieces)
    for projection in case.projected:
        _project(document, case, projection, drafts, pieces, below)
    pieces.sort(key=lambda piece: (not piece.carried, piece.day, piece.number))
    for number, piece in enumerate(pieces):
        pieces[number] = replace(piece, number=number)
        drafts[piece.draft].pieces.append(number)
    return drafts, pieces


def _carry(document: Document, case: Case, carried: Carried, drafts: list[Draft], pieces: list[Piece]) -> None:
    rule = document.carry_over
    category = carried.category or (rule.arrives_as if rule and rule.arrives_as else "")
    start = case.term.span.start
    entry = Entry(key=f"carried-{len(drafts)}", on=start, amount=Fraction(0), unit="point", title="Carried over")
    drafts.append(Draft(entry, asked=carried.points, carried=True, steps=["Carried over from the period before."]))
    pieces.append(Piece(len(pieces), len(drafts) - 1, start, carried.points, (category,), carried.topics, True))


def _project(
    document: Document, case: Case, projection: Projection, drafts: list[Draft], pieces: list[Piece], below: Below
) -> None:
    """Lay expected points on their days, past every check of kind, proof or repetition."""
    entry = projection.entry
    draft = Draft(entry, find_rule(document, entry, case.facts, below), projection.points)
    drafts.append(draft)
    for span, points in _spread(Span(entry.since or entry.on, entry.on + DAY), projection.points, case):
        day = _inside(span.last, case)
        pieces.append(Piece(len(pieces), len(drafts) - 1, day, points, (entry.category,), entry.topics))


def _value(document: Document, draft: Draft, needed: int, case: Case) -> Worth | None:
    entry, rule = draft.entry, draft.rule
    if rule is None:
        draft.asked = _face_value(entry)
        label = KINDS[entry.kind].label if entry.kind in KINDS else entry.category or "this kind"
        draft.refuse(Reason.KIND, f"{document.rules.name} does not count {label.lower()}.")
        return None
    value = worth(rule, entry, needed=needed, term=case.term)
    draft.asked = value.asked
    draft.steps.append(f"Kind: {rule.name}, {rate(rule)}.")
    if value.refused:
        draft.asked = _face_value(entry)
        draft.refuse(Reason.KIND, value.refused, rule=rule.key)
        return None
    draft.steps.append(value.step)
    return value


def _face_value(entry: Entry) -> int:
    """What a person would think the entry is worth, where no rule says: one point an hour or as stated."""
    if entry.unit in ("hour", "point", "each"):
        return int(entry.amount * 100)
    return int(entry.amount * 100 / 60) if entry.unit == "minute" else 0


def _barred(rule: KindRule, draft: Draft, case: Case) -> bool:
    """Whether the entry may not count whatever the caps; writes the reason."""
    entry = draft.entry
    if not entry.relevant:
        draft.refuse(Reason.NOT_RELEVANT, "Marked as not related to this field.")
    elif entry.duplicate_of:
        text = "Looks the same as another activity. It is counted once."
        draft.refuse(Reason.DUPLICATE, text, rule=entry.duplicate_of)
    elif rule.above_level and entry.above_level is False:
        level = case.facts.get("level", "")
        draft.refuse(Reason.BELOW_LEVEL, f"Training must be above Level {level} to count here.", rule=rule.key)
    elif rule.confirmed and entry.confirmed is None:
        draft.refuse(Reason.WAITING, "This counts once it is confirmed.", rule=rule.key)
    elif entry.confirmed is False:
        draft.refuse(Reason.NOT_CONFIRMED, "It was not confirmed.", rule=rule.key)
    elif rule.evidence == "to-count" and not entry.evidence:
        draft.refuse(Reason.EVIDENCE, f"{rule.name} counts only with evidence.", rule=rule.key)
    else:
        return _outside(draft, case) if entry.since is None else False
    return True


def _outside(draft: Draft, case: Case) -> bool:
    found = outside(draft.entry.on, case)
    if found is None:
        return False
    draft.refuse(*found)
    return True


def outside(day: date, case: Case) -> tuple[Reason, str] | None:
    """Why a day does not count for the period, or None when it does."""
    earns, span = case.term.earns, case.term.span
    if day < earns.start:
        days = (earns.start - day).days
        text = f"{written(day)} is {days} day{'s' * (days != 1)} before this period began on {written(span.start)}."
        return Reason.BEFORE_PERIOD, text
    if day >= earns.end and not case.term.never_ends:
        return Reason.AFTER_PERIOD, f"{written(day)} is after {written(earns.last)}. It is kept for your next period."
    if day > case.as_of:
        return Reason.NOT_YET, f"{written(day)} has not come yet."
    return None


class _Repeats:
    """What was taken already, for rules that count a course, or a kind, only once."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], list[tuple[date, str]]] = {}

    def earlier(self, rule: KindRule, entry: Entry, start: date) -> str:
        """Key of an earlier entry that this one repeats, or an empty text; remembers this one."""
        if not (rule.once or rule.once_months or rule.one_claim):
            return ""
        name = "" if rule.one_claim else (entry.course or entry.title).casefold()
        if not name and not rule.one_claim:
            return ""
        before = self.seen.setdefault((rule.key if rule.one_claim else "", name), [])
        since = start
        if rule.once_months:
            since = add_months(entry.on, -rule.once_months)
        found = next((key for day, key in before if rule.once == "ever" or day >= since), "")
        before.append((entry.on, entry.key))
        return found


def _repeated(rule: KindRule, draft: Draft, case: Case, repeats: _Repeats) -> bool:
    other = repeats.earlier(rule, draft.entry, case.term.earns.start)
    if other:
        what = "is claimed once a period" if rule.one_claim else "counts once"
        draft.refuse(Reason.DUPLICATE, f"{rule.name}: the same {what}.", rule=other)
    return bool(other)


def _cut(rule: KindRule, value: Worth, draft: Draft, case: Case, place: int, pieces: list[Piece]) -> None:
    """Take off what is lost at once and lay the rest on its days."""
    for reason, points, text in value.lost:
        draft.refuse(reason, text, points, rule.key)
    entry = draft.entry
    categories = (entry.category,) if entry.category else rule.category
    if entry.since is None:
        for points, topics in _topic_parts(rule, value.points, entry.topics):
            pieces.append(Piece(len(pieces), place, _inside(entry.on, case), points, categories, topics))
        return
    left_out = 0
    for span, points in _spread(Span(entry.since, entry.on + DAY), value.points, case):
        found = outside(span.last, case)
        if found:
            left_out += points
            draft.refuse(*_work_outside(span, found[0], case), points=points)
        else:
            pieces.append(Piece(len(pieces), place, _inside(span.last, case), points, categories, entry.topics))
    draft.excluded = left_out == value.points


def _work_outside(span: Span, reason: Reason, case: Case) -> tuple[Reason, str]:
    texts = {
        Reason.BEFORE_PERIOD: f"The days before this period began on {written(case.term.span.start)} do not count.",
        Reason.AFTER_PERIOD: f"The days after {written(case.term.earns.last)} are kept for your next period.",
        Reason.NOT_YET: f"The days after {written(case.as_of)} have not come yet.",
    }
    return reason, texts[reason]


def _inside(day: date, case: Case) -> date:
    """Days of early-earning and grace belong to the period's first and last day."""
    return day if case.term.never_ends else min(max(day, case.term.span.start), case.term.span.last)


def _topic_parts(rule: KindRule, points: int, topics: frozenset[str]) -> list[tuple[int, frozenset[str]]]:
    parts, rest = [], points
    for part in rule.topic_parts:
        some = min(rest, part.points)
        if some:
            parts.append((some, topics | {part.topic}))
        rest -= some
    return [*parts, (rest, topics)] if rest or not parts else parts


def _spread(work: Span, points: int, case: Case) -> list[tuple[Span, int]]:
    """Work over time, cut at the edges of the period, of its years, of calendar years and of today.

    Each part gets its share by months (exact), the last part what rounding left over.
    """
    earns, start = case.term.earns, case.term.span.start
    edges = {earns.start, start, case.as_of + DAY}
    if not case.term.never_ends:
        edges |= {earns.end, case.term.span.end}
    edges |= {date(year, 1, 1) for year in range(work.start.year + 1, work.last.year + 1)}
    months, edge = 0, start
    while edge < work.end:
        edges.add(edge)
        months += 12
        edge = add_months(start, months)
    inner = sorted(edge for edge in edges if work.start < edge < work.end)
    spans = [Span(a, b) for a, b in zip([work.start, *inner], [*inner, work.end], strict=True)]
    whole, given, done, parts = work.months(), 0, Span(work.start, work.start).months(), []
    for span in spans:
        done += span.months()
        until = int(points * done / whole)
        parts.append((span, until - given))
        given = until
    return [(span, share) for span, share in parts if share]
