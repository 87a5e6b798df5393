"""The ledger: a line for every entry, the cap that took each lost point, and the bars by category."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .allocation import Constraint, Given, total
from .checking import Book
from .dates import Span, year_words
from .document import Cap, Category, Select
from .needing import active_minimums
from .pieces import Draft, Piece
from .points import show
from .results import CapUse, CategoryTotal, Line, Loss, YearCell
from .windows import spans
from .words import CAP_REASONS, Reason

YEARLY = ("year", "calendar-year")


@dataclass
class LaidCap:
    """A cap in one of its windows, with what the allocation left of it."""

    cap: Cap
    span: Span
    constraint: Constraint
    used: int = 0
    lost: int = 0
    asked: int = 0

    @property
    def reason(self) -> Reason:
        if self.cap.window in YEARLY:
            return Reason.YEARLY_CAP
        return Reason.ACTIVITY_CAP if self.cap.window == "activity" else Reason.CATEGORY_CAP


@dataclass
class Ledger:
    """The lines and the caps that shaped them, narrow caps first."""

    lines: list[Line] = field(default_factory=list)
    caps: list[LaidCap] = field(default_factory=list)


def ledger(book: Book, given: Given, caps: list[tuple[Cap, Span, Constraint]]) -> Ledger:
    """Build all lines; each lost point goes to the narrowest cap that is full for it."""
    made = Ledger(caps=[LaidCap(cap, span, one, total(given, one.members)) for cap, span, one in caps])
    of_place: dict[tuple[int, str], list[LaidCap]] = {}
    for laid in made.caps:
        counted_once = set()
        for number, category in laid.constraint.members:
            of_place.setdefault((number, category), []).append(laid)
            counted_once.add(number)
        laid.asked = sum(book.pieces[number].points for number in counted_once)
    for laid_caps in of_place.values():
        laid_caps.sort(key=lambda laid: laid.constraint.rank)
    made.lines = [_line(book, draft, given, of_place) for draft in book.drafts]
    return made


def _line(book: Book, draft: Draft, given: Given, of_place: dict[tuple[int, str], list[LaidCap]]) -> Line:
    names = {category.key: category.name for category in book.document.categories}
    losses = [Loss(points, reason, rule=_rule(reason, rule), text=text, other=_other(reason, rule))
              for reason, points, text, rule in draft.lost if points]  # fmt: skip
    by_category: dict[str, int] = {}
    steps = list(draft.steps)
    for number in draft.pieces:
        piece = book.pieces[number]
        category = _where(piece, given)
        for one in piece.categories:
            if given.get((number, one)):
                by_category[one] = by_category.get(one, 0) + given[number, one]
        losses += _cap_losses(piece, category, given, of_place.get((number, category), []), names)
    losses = _merged(losses)
    steps += [loss.text for loss in losses if loss.reason in CAP_REASONS and loss.text not in steps]
    counted = sum(by_category.values())
    first = draft.entry.category or (draft.rule.category[0] if draft.rule else "")
    main = max(by_category, key=lambda key: by_category[key]) if by_category else first
    if by_category:
        steps.append("Counted as " + ", ".join(f"{names.get(key, 'carried over')} {show(points)}"
                                               for key, points in by_category.items()) + ".")  # fmt: skip
    return Line(
        key=draft.entry.key, on=draft.entry.on, asked=draft.asked, counted=counted, category=main,
        losses=tuple(losses), by_category=tuple(by_category.items()), steps=tuple(steps),
        excluded=draft.excluded, carried=draft.carried,
    )  # fmt: skip


def _rule(reason: Reason, rule: str) -> str:
    return "" if reason is Reason.DUPLICATE else rule


def _other(reason: Reason, rule: str) -> str:
    return rule if reason is Reason.DUPLICATE else ""


def _where(piece: Piece, given: Given) -> str:
    return max(piece.categories, key=lambda category: given.get((piece.number, category), 0))


def _cap_losses(piece: Piece, category: str, given: Given, caps: list[LaidCap], names: dict[str, str]) -> list[Loss]:
    got = sum(given.get((piece.number, one), 0) for one in piece.categories)
    allowed, losses = piece.points, []
    for laid in caps:
        own = given.get((piece.number, category), 0)
        room = max(laid.constraint.limit - (laid.used - own), got)
        if room < allowed:
            losses.append(_loss(laid, allowed - room, names))
            allowed = room
    if allowed > got:
        full = next((laid for laid in caps if laid.used >= laid.constraint.limit), None)
        losses.append(_loss(full, allowed - got, names) if full else Loss(allowed - got, Reason.CATEGORY_CAP))
    return losses


def _loss(laid: LaidCap, points: int, names: dict[str, str]) -> Loss:
    laid.lost += points
    limit, what = show(laid.constraint.limit), _subject(laid.cap, names)
    year = None
    if laid.reason is Reason.YEARLY_CAP:
        year = (laid.span.start, laid.span.last)
        text = f"{what} counts up to {limit} a year. You logged {show(laid.asked)} for {year_words(laid.span)}."
    elif laid.cap.window == "day":
        text = f"{what} counts up to {limit} a day."
    elif laid.cap.window == "activity":
        text = f"One activity of this kind counts up to {limit}."
    else:
        text = f"{what} counts up to {limit} in this period. You are at {show(laid.used)}."
    return Loss(points, laid.reason, rule=laid.cap.key, text=text, limit=laid.constraint.limit, year=year)


def _subject(cap: Cap, names: dict[str, str]) -> str:
    only = only_category(cap.select)
    return names[only] if only else cap.name


def only_category(select: Select) -> str:
    """The category a selector is exactly about, or an empty text."""
    return select.category[0] if len(select.category) == 1 and select == Select(category=select.category) else ""


def _merged(losses: list[Loss]) -> list[Loss]:
    """One loss a reason, rule and window."""
    found: dict[tuple[object, ...], Loss] = {}
    for loss in losses:
        key = (loss.reason, loss.rule, loss.year, loss.other)
        before = found.get(key)
        points = loss.points + (before.points if before else 0)
        found[key] = Loss(points, loss.reason, loss.rule, loss.text, loss.limit, loss.year, loss.other)
    return list(found.values())


def cap_uses(made: Ledger) -> list[CapUse]:
    """Every cap that has something in it, with what it allows and what it holds."""
    return [
        CapUse(laid.cap.key, laid.cap.name, laid.span.start, laid.span.last, laid.constraint.limit, laid.used)
        for laid in made.caps
        if laid.constraint.members
    ]


def category_totals(book: Book, given: Given, made: Ledger) -> list[CategoryTotal]:
    """A total for each category, what is below it included."""
    return [_total(book, given, made, category) for category in book.document.categories]


def _total(book: Book, given: Given, made: Ledger, category: Category) -> CategoryTotal:
    inside = book.below[category.key]
    counted = sum(points for (_, where), points in given.items() if where in inside)
    own = [laid for laid in made.caps if only_category(laid.cap.select) == category.key]
    period = [laid for laid in own if laid.cap.window == "period"]
    tightest = min(period, key=lambda laid: laid.constraint.limit, default=None)
    return CategoryTotal(
        key=category.key,
        name=category.name,
        counted=counted,
        cap=tightest.constraint.limit if tightest else None,
        over=tightest.lost if tightest else 0,
        room=_room(book, made, category.key),
        years=tuple(_years(book, given, [laid for laid in own if laid.cap.window in YEARLY], category.key)),
        parent=category.parent or "",
    )


def _years(book: Book, given: Given, capped: list[LaidCap], category: str) -> list[YearCell]:
    """The yearly windows of a category: those of its yearly cap, and those in which a minimum is asked of it."""
    cells = {
        laid.span: YearCell(laid.span.start, laid.span.last, laid.used, laid.constraint.limit, laid.lost)
        for laid in capped
    }
    for minimum in active_minimums(book.document, book.case):
        if minimum.window not in YEARLY or only_category(minimum.select) != category or minimum.points is None:
            continue
        for span in spans(minimum.window, book.case.term, []):
            held = sum(given.get(place, 0) for place in book.places(minimum, span))
            cell = cells.get(span, YearCell(span.start, span.last, held, None, 0))
            cells[span] = replace(cell, minimum=minimum.points)
    return [replace(cells[span], past=span.end <= book.case.as_of) for span in sorted(cells)]


def _room(book: Book, made: Ledger, category: str) -> int | None:
    """How much more could count here under all caps that speak of categories alone; None without a cap."""
    yearly: dict[Span, int] = {}
    limits: list[int] = []
    for laid in made.caps:
        select = laid.cap.select
        if select != Select(category=select.category) or laid.cap.window == "activity":
            continue
        if select.category and not any(category in book.below[name] for name in select.category):
            continue
        left = max(0, laid.constraint.limit - laid.used)
        if laid.cap.window in YEARLY:
            yearly[laid.span] = min(yearly.get(laid.span, left), left)
        elif laid.cap.window == "period":
            limits.append(left)
    if yearly and sum(span.days for span in yearly) >= book.case.term.span.days:  # a year without the cap has no limit
        limits.append(sum(yearly.values()))
    return min(limits) if limits else None
