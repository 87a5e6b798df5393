"""Giving points to categories under the caps: the best way for the holder, also where spread or focus is asked for."""

from __future__ import annotations

from typing import NamedTuple

from .allocation import EntangledError, Given, Goal, Offer, Problem, allocate
from .book import Book
from .caps import Laid, lay_caps, shares
from .checking import categories_used, in_each, point_minimums, requirements
from .dates import Span
from .document import Minimum
from .points import ONE
from .windows import required_spans

# Places times caps; a long record under the most entangled real rules asks a thirtieth of it.
MOST_QUESTIONS = 400_000
# Other ways tried for minimums of several categories, or in one: each is a whole allocation.
MOST_TRIES = 24


class _Shape(NamedTuple):
    """A minimum that asks for a spread or a focus, in one of its windows."""

    minimum: Minimum
    span: Span


class Giving:
    """The allocation of one count, for the document's own requirements or another set of them."""

    def __init__(self, book: Book, needed: int) -> None:
        self.book = book
        if sum(len(piece.categories) for piece in book.pieces) * len(book.document.caps) > MOST_QUESTIONS:
            raise EntangledError
        self.caps = lay_caps(book, needed)
        self.offers = [Offer(piece.number, piece.points, piece.categories) for piece in book.pieces]
        self.date_order = book.document.allocation == "date-order"
        self.tries = MOST_TRIES
        self.has_shares = any(one.cap.percent_of == "counted" for one in self.caps)

    def laid(self, given: Given) -> list[Laid]:
        """The caps as they stand for an answer."""
        return shares(self.caps, sum(given.values())) if self.has_shares else self.caps

    def best(self, minimums: list[Minimum], needed: int) -> Given:
        """Least short on the minimums, then the most points, then oldest first."""
        goals = [
            Goal(points, frozenset(self.book.places(minimum.select, span)))
            for minimum, span, points in point_minimums(self.book, minimums, needed)
            if not minimum.advisory
        ]
        given = self._allocated(goals)
        if self.date_order:
            return given
        for minimum in minimums:
            if (minimum.categories or minimum.in_one_category) and not minimum.advisory:
                for span in required_spans(minimum.window, self.book.case.term, self.book.days):
                    if self.tries <= 0:
                        return given
                    given, goals = self._shaped(_Shape(minimum, span), minimums, needed, given, goals)
        return given

    def _allocated(self, goals: list[Goal]) -> Given:
        """The allocation. A cap that is a share of what counts shrinks with it until both fit."""
        counted = sum(offer.points for offer in self.offers)
        while True:
            laid = shares(self.caps, counted) if self.has_shares else self.caps
            problem = Problem(self.offers, [one.constraint for one in laid], goals, self.book.screen.step)
            given = allocate(problem, date_order=self.date_order)
            if not self.has_shares or sum(given.values()) >= counted:
                return given
            counted = sum(given.values())

    def _shaped(
        self, shape: _Shape, minimums: list[Minimum], needed: int, given: Given, goals: list[Goal]
    ) -> tuple[Given, list[Goal]]:
        """Points moved so that they stand in more categories, or more of them in one, where that leaves less unmet."""
        unmet = self._unmet(given, minimums, needed)
        tried, wished = given, goals
        for wish in self._wishes(shape, needed, given) if unmet else ():
            other = self._tried([*wished, *wish])
            if other is None:
                break
            if self._unmet(other, minimums, needed) < unmet:
                return other, [*wished, *wish]
            nearer = len(categories_used(self.book, other, *shape)) > len(categories_used(self.book, tried, *shape))
            if shape.minimum.categories and nearer:
                tried, wished = other, [*wished, *wish]
        return given, goals

    def _tried(self, goals: list[Goal]) -> Given | None:
        """Another allocation to compare; None where it would take too long, and the first one stands."""
        self.tries -= 1
        try:
            return self._allocated(goals) if self.tries >= 0 else None
        except EntangledError:
            self.tries = 0
            return None

    def _unmet(self, given: Given, minimums: list[Minimum], needed: int) -> int:
        found = requirements(self.book, given, needed, minimums)
        return sum(not requirement.met and not requirement.advisory for requirement in found)

    def _wishes(self, shape: _Shape, needed: int, given: Given) -> list[list[Goal]]:
        """What to try in turn: a point in one more category that is still empty, or everything asked for in one."""
        minimum = shape.minimum
        if minimum.in_one_category:
            each = in_each(self.book, given, *shape)
            return [[self._goal(shape, name, minimum.of(needed))] for name in each]
        used = categories_used(self.book, given, *shape)
        names = dict.fromkeys(minimum.select.category or self.book.roots().values())
        kept = [goal for name in names if name in used for goal in self._presence(shape, name)]
        empty = (self._presence(shape, name) for name in names if name not in used)
        more = [goals for goals in empty if goals[0].members]
        return [[*(kept if place == 0 else ()), *goals] for place, goals in enumerate(more)]

    def _presence(self, shape: _Shape, name: str) -> list[Goal]:
        """A point in a category; where there is less than one to share out, something all the same."""
        return [self._goal(shape, name, ONE), self._goal(shape, name, self.book.screen.step)]

    def _goal(self, shape: _Shape, name: str, points: int) -> Goal:
        inside = self.book.below.get(name, frozenset({name}))
        places = self.book.places(shape.minimum.select, shape.span)
        return Goal(points, frozenset(place for place in places if place[1] in inside))
