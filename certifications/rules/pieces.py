"""From entries to pieces: worth, and the parts that fall into different windows.

A piece is what caps work on: points of one entry on one day, with the categories that could take it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from .cases import Carried, Entry, Projection
from .dates import DAY, Span, add_months, written
from .document import KindRule
from .refusals import without_points
from .screening import Draft, Screen, repeats, spreads
from .words import Reason
from .worth import Worths, rate

MOST_DAYS = 31  # of one course; a longer one is laid on as many of its days


class Piece(NamedTuple):
    """Points (hundredths) of one entry, on one day inside the period, for one of its categories."""

    number: int
    draft: int
    day: date
    points: int
    categories: tuple[str, ...]
    topics: frozenset[str]
    carried: bool = False


def draft_lines(screen: Screen, needed: int) -> tuple[list[Draft], list[Piece], list[Draft]]:
    """Screen every entry and cut what may count into pieces, oldest first; what is equal stands in order of its key.

    The last are drafts of closed periods, where the rules look back: they are no lines, and no pieces.
    """
    case = screen.case
    worths = Worths(case.term, needed)
    over = [carried for carried in case.carried if carried.points >= 0]
    drafts = [_carried(screen, carried, place) for place, carried in enumerate(over)]
    drafts += [_valued(screen, entry, worths) for entry in _oldest_first(case.entries)]
    past = [_valued(screen, entry, worths) for entry in _oldest_first(case.past)] if screen.document.looks_back else []
    everything = [*drafts, *past]
    repeated = repeats(everything, screen)
    for place in repeated:
        everything[place].repeats = True
    pieces: list[Piece] = []
    for place, draft in enumerate(drafts):
        if draft.carried:
            pieces += _carried_pieces(screen, draft, over[place], place)
        elif draft.value is None or _left_out(screen, draft, everything, repeated.get(place)):
            draft.excluded = True
        else:
            pieces += _cut(screen, draft, place)
    for projection in case.projected:
        rule = screen.rule_for(projection.entry)
        drafts.append(Draft(_of_kind(projection.entry, rule), rule, asked=projection.points))
        pieces += _projected(screen, projection, len(drafts) - 1)
    pieces.sort(key=lambda piece: (not piece.carried, piece.day))
    for number, piece in enumerate(pieces):
        pieces[number] = Piece(number, *piece[1:])
        drafts[piece.draft].pieces.append(number)
    for draft in past:
        draft.excluded = draft.value is None
    return drafts, pieces, past


def _oldest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda one: (one.on, one.since or one.on, len(one.key), one.key))


def _of_kind(entry: Entry, rule: KindRule | None) -> Entry:
    """What was logged by category alone is what its rule counts: caps and minimums that name kinds mean it too."""
    return replace(entry, kind=rule.kind[0]) if rule and rule.kind and not entry.kind else entry


def _valued(screen: Screen, entry: Entry, worths: Worths) -> Draft:
    """A draft with what its entry asks for; without a value where it may not count whatever its day."""
    rule = screen.rule_for(entry)
    draft = Draft(entry, rule)
    if rule is None:
        draft.asked = _face_value(entry)
        draft.refuse(Reason.KIND, without_points(screen, entry))
        return draft
    entry = draft.entry = _of_kind(entry, rule)
    value = worths.of(rule, entry)
    draft.asked = value.asked
    draft.steps.append(f"Kind: {rule.name}, {rate(rule)}.")
    if value.refused:
        draft.asked = _face_value(entry)
        draft.refuse(Reason.KIND, value.refused, rule=rule.key)
        return draft
    draft.steps.append(value.step)
    if not screen.barred(draft):
        draft.value = value
    return draft


def _face_value(entry: Entry) -> int:
    """What a person would think the entry is worth, where no rule says: one point an hour or as stated."""
    if entry.unit in ("hour", "point", "each"):
        return int(entry.amount * 100)
    return int(entry.amount * 100 / 60) if entry.unit == "minute" else 0


def _left_out(screen: Screen, draft: Draft, drafts: list[Draft], other: int | None) -> bool:
    """Whether nothing of the entry counts for its day, or for being a repetition; writes the reason."""
    entry, rule = draft.entry, draft.rule
    if rule is None:
        return True
    if not spreads(rule, entry):
        day = screen.day_of(entry, rule)
        found = screen.outside(day, entry, rule.category[0])
        if found:
            draft.refuse(*found)
            return True
    if other is None:
        return False
    what = "is claimed once a period" if rule.one_claim else "counts once"
    draft.refuse(Reason.DUPLICATE, f"{rule.name}: the same {what}.", rule=drafts[other].entry.key)
    return True


def _cut(screen: Screen, draft: Draft, place: int) -> Iterator[Piece]:
    """Take off what is lost at once and lay the rest on its days."""
    rule, value, entry = draft.rule, draft.value, draft.entry
    if rule is None or value is None:
        return
    for reason, points, text in value.lost:
        draft.refuse(reason, text, points, rule.key)
    left = _whole(screen, draft, value.points)
    categories = (entry.category,) if entry.category else rule.category
    if not spreads(rule, entry):
        for points, topics in _topic_parts(screen, rule, left, entry.topics):
            for day, part in _laid(screen, rule, entry, points):
                yield Piece(0, place, screen.inside(day), part, categories, topics)
        return
    counts = 0
    exact = value.exact if value.exact is not None and left == value.points else Fraction(left)
    for span, points in _spread(screen, Span(entry.since or entry.on, entry.on + DAY), exact):
        found = screen.outside(span.last, entry, rule.category[0])
        if found:
            draft.refuse(*_work_outside(screen, found[0]), points=points)
        else:
            counts += points
            yield Piece(0, place, screen.inside(span.last), points, categories, entry.topics)
    draft.excluded = not counts and left > 0


def _laid(screen: Screen, rule: KindRule, entry: Entry, points: int) -> Iterator[tuple[date, int]]:
    """The day an entry belongs to; where a day has a limit, a course over several days is laid evenly on them."""
    if not (screen.daily and points and entry.since and entry.since < entry.on):
        yield screen.day_of(entry, rule), points
        return
    days = (entry.on - entry.since).days + 1
    parts, given = min(days, MOST_DAYS), 0
    for part in range(parts):
        until = points * (part + 1) // parts // screen.step * screen.step
        if until > given:
            yield entry.since + DAY * (part * days // parts), until - given
        given = until


def _whole(screen: Screen, draft: Draft, points: int) -> int:
    """Where a point may not be split, the whole points of an entry."""
    rest = points % screen.step
    if rest:
        draft.refuse(Reason.ROUNDING, "Only whole points count.", rest)
    return points - rest


def _carried(screen: Screen, carried: Carried, place: int) -> Draft:
    start = screen.case.term.span.start
    entry = Entry(
        key=f"{'kept' if carried.kept else 'carried'}-{place}", on=start, amount=Fraction(0), unit="point",
        title="Kept" if carried.kept else "Carried over", topics=carried.topics,
    )  # fmt: skip
    why = "Counted before the rules changed, and kept." if carried.kept else "Carried over from the period before."
    return Draft(entry, asked=carried.points, carried=True, steps=[why])


def _carried_pieces(screen: Screen, draft: Draft, carried: Carried, place: int) -> Iterator[Piece]:
    rule = screen.document.carry_over
    category = carried.category or (rule.arrives_as if rule and rule.arrives_as and not carried.kept else "")
    months = rule.most_months_old if rule else None
    if months and carried.earned_on and add_months(carried.earned_on, months) <= screen.case.term.span.start:
        draft.refuse(Reason.BEFORE_PERIOD, f"Carried points count for {months} months; these are older.")
        return
    points = _whole(screen, draft, carried.points)
    yield Piece(0, place, screen.case.term.span.start, points, (category,), carried.topics, carried=True)


def _projected(screen: Screen, projection: Projection, place: int) -> Iterator[Piece]:
    """Lay expected points on their days, past every check of kind, proof or repetition."""
    entry = projection.entry
    work = Span(entry.since or entry.on, entry.on + DAY)
    for span, points in _spread(screen, work, Fraction(projection.points // screen.step * screen.step)):
        yield Piece(0, place, screen.inside(span.last), points, (entry.category,), entry.topics)


def _work_outside(screen: Screen, reason: Reason) -> tuple[Reason, str]:
    term = screen.case.term
    texts = {
        Reason.BEFORE_PERIOD: f"The days before this period began on {written(term.span.start)} do not count.",
        Reason.AFTER_PERIOD: f"The days after {written(term.earns.last)} are kept for your next period.",
        Reason.NOT_YET: f"The days after {written(screen.case.as_of)} have not come yet.",
    }
    return reason, texts[reason]


def _topic_parts(
    screen: Screen, rule: KindRule, points: int, topics: frozenset[str]
) -> Iterator[tuple[int, frozenset[str]]]:
    """An activity's points, cut where a part of them carries a topic; a part without points is no part."""
    rest = points
    for part in rule.topic_parts:
        some = min(rest, part.points // screen.step * screen.step)
        if some:
            yield some, topics | {part.topic}
        rest -= some
    if rest or not points:
        yield rest, topics


def _spread(screen: Screen, work: Span, points: Fraction) -> Iterator[tuple[Span, int]]:
    """Work over time, cut at the edges of the period, of its years, of calendar years and of today.

    Each part gets its share by months, of the exact worth: a full year of 2 points a month is 24, whatever fraction of
    a hundredth the days after it bring. The last part has what rounding left over.
    """
    case = screen.case
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
    whole, given, done = work.shares(), 0, Fraction(0)
    for first, end in zip([work.start, *inner], [*inner, work.end], strict=True):
        span = Span(first, end)
        done += span.shares()
        until = int(points * done / whole) // screen.step * screen.step
        if until > given:
            yield span, until - given
        given = until


__all__ = ["Draft", "Piece", "draft_lines", "spreads"]
