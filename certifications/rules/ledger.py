"""The ledger: a line for every entry, and for each lost point the reason and the cap that took it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .allocation import Constraint, Given, Place
from .book import Book
from .caps import Laid
from .dates import Span, year_words
from .document import Cap
from .pieces import Piece
from .points import show
from .results import CapUse, Line, Loss
from .screening import Draft
from .words import CAP_REASONS, Reason

YEARLY = ("year", "calendar-year")


@dataclass
class LaidCap:
    """A cap in one of its windows, with what the allocation left of it."""

    cap: Cap
    span: Span
    constraint: Constraint
    subject: str  # what it limits, in words
    reason: Reason
    before: int = 0  # what earlier periods filled of it
    step: int = 1  # points may be split down to this many hundredths
    used: int = 0
    lost: int = 0
    asked: int = 0

    @property
    def room(self) -> int:
        """What it still takes; of 11.25 whole points are 11."""
        return self.constraint.limit // self.step * self.step - self.used


@dataclass
class Ledger:
    """The lines and the caps that shaped them, narrow caps first."""

    lines: list[Line] = field(default_factory=list)
    caps: list[LaidCap] = field(default_factory=list)


def ledger(book: Book, given: Given, caps: list[Laid]) -> Ledger:
    """Build all lines; each lost point goes to the narrowest cap that is full for it."""
    names = {category.key: category.name for category in book.document.categories}
    subjects = {one.key: names.get(one.select.one_category, one.name) for one in book.document.caps}
    made = Ledger(
        caps=[
            LaidCap(
                one.cap, one.span, one.constraint, subjects[one.cap.key], _reason(one.cap), one.before, book.screen.step
            )
            for one in caps
        ]
    )
    of_place: dict[Place, list[LaidCap]] = {}
    for laid in made.caps:  # narrow caps come first, so they do for each place
        numbers = set()
        for place in laid.constraint.members:
            of_place.setdefault(place, []).append(laid)
            numbers.add(place[0])
            laid.used += given.get(place, 0)
        laid.asked = sum(book.pieces[number].points for number in numbers)
    made.lines = [_line(book, draft, given, of_place, names) for draft in book.drafts]
    return made


def _line(book: Book, draft: Draft, given: Given, of_place: dict[Place, list[LaidCap]], names: dict[str, str]) -> Line:
    losses = [_refused(*one) for one in draft.lost if one[1] or draft.excluded]
    by_category: dict[str, int] = {}
    for number in draft.pieces:
        piece = book.pieces[number]
        got = 0
        for one in piece.categories:
            points = given.get((number, one), 0)
            if points:
                by_category[one] = by_category.get(one, 0) + points
                got += points
        if got < piece.points:
            category = _where(piece, given)
            losses += _cap_losses(piece, category, got, given, _for_all(piece, of_place.get((number, category), [])))
    if len(losses) > 1:
        losses = _merged(losses)
    steps = [*draft.steps, *dict.fromkeys(loss.text for loss in losses if loss.reason in CAP_REASONS and loss.text)]
    first = draft.entry.category or (draft.rule.category[0] if draft.rule else "")
    main = max(by_category, key=lambda key: by_category[key]) if by_category else first
    if by_category:
        parts = (f"{names.get(key, 'carried over')} {show(points)}" for key, points in by_category.items())
        steps.append(f"Counted as {', '.join(parts)}.")
    return Line(
        key=draft.entry.key, on=draft.entry.on, asked=draft.asked, counted=sum(by_category.values()), category=main,
        losses=tuple(losses), by_category=tuple(by_category.items()), steps=tuple(dict.fromkeys(steps)),
        excluded=draft.excluded, carried=draft.carried, rule=draft.rule.key if draft.rule else "",
        evidence=draft.rule.evidence if draft.rule else "",
    )  # fmt: skip


def _refused(reason: Reason, points: int, text: str, rule: str) -> Loss:
    if reason is Reason.DUPLICATE:
        return Loss(points, reason, text=text, other=rule)
    return Loss(points, reason, rule=rule, text=text)


def _where(piece: Piece, given: Given) -> str:
    return max(piece.categories, key=lambda category: given.get((piece.number, category), 0))


def _for_all(piece: Piece, caps: list[LaidCap]) -> list[LaidCap]:
    """Of a piece with several categories, caps that hold in all of them come first: the others could be got round."""
    if len(piece.categories) < 2:
        return caps
    places = {(piece.number, category) for category in piece.categories}
    return sorted(caps, key=lambda laid: not places <= laid.constraint.members)


def _cap_losses(piece: Piece, category: str, got: int, given: Given, caps: list[LaidCap]) -> list[Loss]:
    allowed, losses = piece.points, []
    own = given.get((piece.number, category), 0)
    for laid in caps:
        room = max(laid.room + own, got)
        if room < allowed:
            losses.append(_loss(laid, allowed - room))
            allowed = room
    if allowed > got:
        fullest = min(caps, key=lambda laid: (laid.room, laid.constraint.rank), default=None)
        losses.append(_loss(fullest, allowed - got) if fullest else Loss(allowed - got, Reason.CATEGORY_CAP))
    return losses


def _loss(laid: LaidCap, points: int) -> Loss:
    laid.lost += points
    most = laid.constraint.limit + laid.before
    limit, what = show(most), laid.subject
    year = None
    if laid.reason is Reason.YEARLY_CAP:
        year = (laid.span.start, laid.span.last)
        text = f"{what} counts up to {limit} a year. You logged {show(laid.asked)} for {year_words(laid.span)}."
    elif laid.cap.window == "day":
        text = f"{what} counts up to {limit} a day."
    elif laid.cap.window == "activity":
        text = f"One activity of this kind counts up to {limit}."
    elif laid.cap.window == "period":
        text = f"{what} counts up to {limit} in this period. {_now(laid)}"
    else:
        when = "in all" if laid.cap.window == "ever" else f"from {laid.span.words()}"
        text = f"{what} counts up to {limit} {when}. {_now(laid)}"
    return Loss(points, laid.reason, rule=laid.cap.key, text=text, limit=most, year=year)


def _now(laid: LaidCap) -> str:
    """How far it is; where another cap keeps it from being full, what was logged says why points are lost."""
    full = laid.room <= 0
    said = f"You are at {show(laid.used + laid.before)}" if full else f"You logged {show(laid.asked)}"
    return f"{said}, {show(laid.before)} of it before this period." if full and laid.before else f"{said}."


def _reason(cap: Cap) -> Reason:
    if cap.window in YEARLY:
        return Reason.YEARLY_CAP
    return Reason.ACTIVITY_CAP if cap.window == "activity" else Reason.CATEGORY_CAP


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
        CapUse(
            laid.cap.key,
            laid.cap.name,
            laid.span.start,
            laid.span.last,
            laid.constraint.limit + laid.before,
            laid.used + laid.before,
        )
        for laid in made.caps
        if laid.constraint.members
    ]
