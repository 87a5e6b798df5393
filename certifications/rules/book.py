"""All pieces of one count on one table, and which of them a selector means."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import NamedTuple

from .allocation import Given, Place
from .cases import Carried, Case
from .dates import Span
from .document import Document, Select
from .pieces import Piece
from .screening import Draft, Screen
from .selecting import Below, Matcher, selects


class Traits(NamedTuple):
    """What a selector can tell pieces apart by."""

    category: str
    kind: str
    type: str
    format: str
    role: str
    reach: str
    topics: frozenset[str]
    shared: bool
    carried: bool


class Book:
    """Drafts and pieces of a case, and the answers to "which places does this selector mean?"."""

    def __init__(self, screen: Screen, drafts: list[Draft], pieces: list[Piece], past: list[Draft]) -> None:
        self.screen, self.drafts, self.pieces = screen, drafts, pieces
        self.past = past  # of closed periods
        self.document: Document = screen.document
        self.case: Case = screen.case
        self.below: Below = screen.below
        self.days = sorted({piece.day for piece in pieces})
        # People do alike things over and over: selectors are asked once for each kind of piece, not for each piece.
        self._alike: dict[Traits, list[tuple[date, Place]]] = {}
        for piece in pieces:
            for category in piece.categories:
                standing = (piece.day, (piece.number, category))
                self._alike.setdefault(_traits(piece, drafts[piece.draft], category), []).append(standing)
        self._meant: dict[int, tuple[Select, list[tuple[date, Place]]]] = {}

    def chosen(self, select: Select) -> list[tuple[date, Place]]:
        """The places (piece and category) a selector means, by day."""
        known = self._meant.get(id(select))
        if known is None:
            matcher = Matcher(select, self.below)
            found = [
                standing
                for traits, alike in self._alike.items()
                if matcher.means(traits, traits.category, carried=traits.carried)
                for standing in alike
            ]
            # The selector is kept, so that its identity stays its own.
            known = self._meant[id(select)] = (select, sorted(found))
        return known[1]

    def places(self, select: Select, span: Span) -> list[Place]:
        """The places a selector means within some days."""
        found = self.chosen(select)
        first = bisect_left(found, (span.start,))
        end = bisect_left(found, (span.end,))
        return [place for _, place in found[first:end]]

    def means(self, select: Select, piece: Piece, category: str) -> bool:
        """Whether a selector means this piece when it stands in `category`."""
        traits = _traits(piece, self.drafts[piece.draft], category)
        return selects(select, traits, category, self.below, carried=piece.carried)

    def meant(self, select: Select, draft: Draft) -> bool:
        """Whether a selector means an entry, in any of the categories it could stand in."""
        entry = draft.entry
        categories = (entry.category,) if entry.category else (draft.rule.category if draft.rule else ("",))
        matcher = Matcher(select, self.below)
        return any(matcher.means(entry, category) for category in categories)

    def roots(self) -> dict[str, str]:
        """The top category above each category."""
        parents = {category.key: category.parent for category in self.document.categories}
        found = {}
        for key in parents:
            top = key
            while parents[top]:
                top = parents[top] or top
            found[key] = top
        return found

    def origin(self, piece: Piece) -> Carried:
        """The carried points a carried piece stands for."""
        return [carried for carried in self.case.carried if carried.points >= 0][piece.draft]

    def earned_on(self, piece: Piece) -> date:
        """The day on which a piece was earned, in this period or an earlier one."""
        earned = self.origin(piece).earned_on if piece.carried else None
        return earned or piece.day

    def total(self, given: Given, places: list[Place]) -> int:
        """Points given to these places."""
        return sum(given.get(place, 0) for place in places)


def _traits(piece: Piece, draft: Draft, category: str) -> Traits:
    entry = draft.entry
    return Traits(
        category, entry.kind, entry.type, entry.format, entry.role, entry.reach, piece.topics, entry.shared,
        piece.carried,
    )  # fmt: skip
