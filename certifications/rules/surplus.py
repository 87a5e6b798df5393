"""What goes over into the next period, and as what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .allocation import Given
from .book import Book
from .dates import add_months
from .document import CarryOver, Minimum
from .needing import active_minimums
from .pieces import Piece
from .points import MOST
from .results import Line, Over
from .words import Reason


@dataclass
class _Part:
    """Points that may go over: counted ones only as far as they are above the need."""

    points: int
    piece: Piece
    category: str
    over_cap: bool = False


def carried_out(book: Book, given: Given, lines: list[Line], needed: int) -> tuple[Over, ...]:
    """What the next period starts with: points with their category and topics, or points it owes.

    Points over a cap go first, for they serve nothing here; then the newest, for those live longest.
    """
    rule = book.document.carry_over
    if rule is None:
        return ()
    surplus = sum(given.values()) - needed
    if surplus < 0:
        return (Over(surplus),) if rule.deficit else ()
    limit = _limit(rule, needed)
    rooms = _rooms(book, rule, needed)
    found: dict[Over, int] = {}
    for part in _parts(book, rule, given, lines):
        points = min(part.points, limit) if part.over_cap else min(part.points, limit, surplus)
        limit -= points
        surplus -= 0 if part.over_cap else points
        kept = min([points, *_room(book, rooms, part)])
        for minimum in rooms:
            if book.means(minimum.select, part.piece, part.category):
                rooms[minimum] -= kept
        for some, over in ((kept, _arriving(book, rule, part)), (points - kept, _plain(book, rule, part))):
            if some:
                found[over] = found.get(over, 0) + some
    return tuple(replace(over, points=points) for over, points in found.items())


def _limit(rule: CarryOver, needed: int) -> int:
    if rule.points is not None:
        return rule.points
    return MOST if rule.percent is None else needed * rule.percent // 100


def _rooms(book: Book, rule: CarryOver, needed: int) -> dict[Minimum, int]:
    """How much may go over as a required kind, where that is no more than one period needs; the rest goes over plain.

    Louisiana engineers before 2017: 15 hours, and no more of a required kind than one period asks for.
    """
    minimums = active_minimums(book.document, book.case)
    return {minimum: minimum.of(needed) for minimum in minimums if minimum.key in rule.within_minimums}


def _room(book: Book, rooms: dict[Minimum, int], part: _Part) -> Iterator[int]:
    return (room for minimum, room in rooms.items() if book.means(minimum.select, part.piece, part.category))


def _parts(book: Book, rule: CarryOver, given: Given, lines: list[Line]) -> Iterator[_Part]:
    newest = sorted(book.pieces, key=lambda piece: (piece.day, piece.number), reverse=True)
    if rule.includes_over_cap:
        lost = {place: _over_caps(line) for place, line in enumerate(lines)}
        for piece in newest:
            category = lines[piece.draft].category
            got = sum(given.get((piece.number, one), 0) for one in piece.categories)
            points = min(piece.points - got, lost[piece.draft])
            if points > 0 and _may(book, rule, piece, category):
                lost[piece.draft] -= points
                yield _Part(points, piece, category, over_cap=True)
    for piece in newest:
        for category in piece.categories:
            points = given.get((piece.number, category), 0)
            if points and _may(book, rule, piece, category):
                yield _Part(points, piece, category)


def _over_caps(line: Line) -> int:
    return sum(loss.points for loss in line.losses if loss.reason in (Reason.CATEGORY_CAP, Reason.YEARLY_CAP))


def _may(book: Book, rule: CarryOver, piece: Piece, category: str) -> bool:
    if piece.carried and book.origin(piece).periods >= rule.lives_periods:
        return False
    earned, end = book.earned_on(piece), book.case.term.span.end
    if rule.most_months_old and add_months(earned, rule.most_months_old) <= end:
        return False
    if rule.earned_in_last_months and earned < add_months(end, -rule.earned_in_last_months):
        return False
    return book.means(rule.select, piece, category)


def _arriving(book: Book, rule: CarryOver, part: _Part) -> Over:
    """What a part becomes in the next period."""
    plain = _plain(book, rule, part)
    category = part.category if rule.keeps_categories else plain.category
    return replace(plain, category=category, topics=part.piece.topics if rule.keeps_topics else frozenset())


def _plain(book: Book, rule: CarryOver, part: _Part) -> Over:
    """The same, without its kind."""
    piece = part.piece
    earned = book.earned_on(piece) if rule.most_months_old else None
    periods = book.origin(piece).periods + 1 if piece.carried else 1
    return Over(0, rule.arrives_as or "", frozenset(), earned, periods)
