"""The bars by category: counted, cap, what is over, the room left, and the cells of its years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .allocation import Given
from .book import Book
from .dates import Span
from .document import Category, Minimum
from .ledger import YEARLY, LaidCap, Ledger
from .results import CategoryTotal, YearCell
from .windows import spans


def category_totals(book: Book, given: Given, made: Ledger, minimums: list[Minimum]) -> list[CategoryTotal]:
    """A total for each category, what is below it included."""
    counted: dict[str, int] = {}
    for (_, where), points in given.items():
        counted[where] = counted.get(where, 0) + points
    about: dict[str, list[LaidCap]] = {}
    for laid in made.caps:
        about.setdefault(laid.cap.select.one_category, []).append(laid)
    rooms = _Rooms(book, made)
    return [
        _total(book, category, counted, about.get(category.key, []), rooms, _years(book, given, category.key, minimums))
        for category in book.document.categories
    ]


def _total(
    book: Book,
    category: Category,
    counted: dict[str, int],
    own: list[LaidCap],
    rooms: _Rooms,
    years: dict[Span, YearCell],
) -> CategoryTotal:
    period = [laid for laid in own if laid.cap.window == "period"]
    tightest = min(period, key=lambda laid: laid.constraint.limit, default=None)
    for laid in own:
        if laid.cap.window in YEARLY:
            least = years[laid.span].minimum if laid.span in years else None
            years[laid.span] = YearCell(
                laid.span.start, laid.span.last, laid.used, laid.constraint.limit, laid.lost, least
            )
    return CategoryTotal(
        key=category.key,
        name=category.name,
        counted=sum(counted.get(key, 0) for key in book.below[category.key]),
        cap=tightest.constraint.limit if tightest else None,
        over=tightest.lost if tightest else 0,
        room=rooms.of(category.key),
        years=tuple(replace(years[span], past=span.end <= book.case.as_of) for span in sorted(years)),
        parent=category.parent or "",
        ahead=rooms.of(category.key, book.case.as_of),
    )


def _years(book: Book, given: Given, category: str, minimums: list[Minimum]) -> dict[Span, YearCell]:
    """The yearly windows in which a minimum is asked of a category."""
    cells: dict[Span, YearCell] = {}
    for minimum in minimums:
        if minimum.window in YEARLY and minimum.points is not None and minimum.select.one_category == category:
            for span in spans(minimum.window, book.case.term, []):
                held = book.total(given, book.places(minimum.select, span))
                cells[span] = YearCell(span.start, span.last, held, None, 0, minimum.points)
    return cells


class _Rooms:
    """How much more could count in a category, under all caps that speak of categories alone."""

    def __init__(self, book: Book, made: Ledger) -> None:
        self.period = book.case.term.span
        self.parts: dict[str, dict[str, dict[Span, int]]] = {}  # by category and window, such as its years
        self.others: dict[str, list[tuple[Span, int]]] = {}
        everywhere = tuple(category.key for category in book.document.categories)
        for laid in made.caps:
            select = laid.cap.select
            if not select.categories_only or laid.cap.window in ("day", "activity"):
                continue
            inside = {key for name in select.category for key in book.below[name]} if select.category else everywhere
            left = max(0, laid.constraint.limit - laid.used)
            for key in inside:
                if laid.cap.window in YEARLY or laid.cap.window.startswith("each-"):
                    parts = self.parts.setdefault(key, {}).setdefault(laid.cap.window, {})
                    parts[laid.span] = min(parts.get(laid.span, left), left)
                else:
                    self.others.setdefault(key, []).append((laid.span, left))

    def of(self, category: str, since: date | None = None) -> int | None:
        """Points (hundredths) that fit in the period, or in what is left of it; None where no cap limits them."""
        start = min(max(since or self.period.start, self.period.start), self.period.last)
        others = self.others.get(category, ())
        limits = [left for span, left in others if span.start <= start and self.period.end <= span.end]
        limits += [
            sum(left for span, left in parts.items() if span.end > start)
            for parts in self.parts.get(category, {}).values()
            if sum(span.days for span in parts) >= self.period.days  # a year without the cap has no limit
        ]
        return min(limits) if limits else None
