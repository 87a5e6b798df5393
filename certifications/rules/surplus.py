"""What goes over into the next period."""

from __future__ import annotations

from .allocation import Given
from .checking import Book
from .dates import Span, add_months
from .document import CarryOver
from .pieces import Piece
from .results import Line
from .selecting import selects
from .words import CAP_REASONS


def carry_out(book: Book, given: Given, lines: list[Line], needed: int) -> int:
    """Points (hundredths) the next period starts with; below zero where a deficit is carried."""
    rule = book.document.carry_over
    if rule is None:
        return 0
    counted = sum(given.values())
    if counted < needed:
        return counted - needed if rule.deficit else 0
    over_cap = _over_caps(book, rule, lines) if rule.includes_over_cap else 0
    may_go = sum(points for (number, category), points in given.items() if _may(book, rule, number, category))
    limit = _limit(rule, needed)
    found = min(counted - needed + over_cap, may_go + over_cap)
    return found if limit is None else min(found, limit)


def _limit(rule: CarryOver, needed: int) -> int | None:
    if rule.points is not None:
        return rule.points
    return None if rule.percent is None else needed * rule.percent // 100


def _may(book: Book, rule: CarryOver, number: int, category: str) -> bool:
    piece = book.pieces[number]
    if piece.carried and rule.lives_periods == 1:
        return False
    if not _late_enough(book, rule, piece):
        return False
    return selects(rule.select, book.drafts[piece.draft].entry, category, book.below, carried=piece.carried)


def _late_enough(book: Book, rule: CarryOver, piece: Piece) -> bool:
    if not rule.earned_in_last_months:
        return True
    period = book.case.term.span
    return Span(add_months(period.end, -rule.earned_in_last_months), period.end).holds(piece.day)


def _over_caps(book: Book, rule: CarryOver, lines: list[Line]) -> int:
    return sum(
        loss.points
        for line, draft in zip(lines, book.drafts, strict=True)
        for loss in line.losses
        if loss.reason in CAP_REASONS
        and draft.rule
        and selects(rule.select, draft.entry, line.category, book.below)
        and all(_late_enough(book, rule, book.pieces[number]) for number in draft.pieces)
    )
