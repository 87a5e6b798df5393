"""The inside of a count, for tests that look at single steps of it."""

from __future__ import annotations

from certifications.rules.allocation import Given
from certifications.rules.book import Book
from certifications.rules.cases import Case
from certifications.rules.document import Document
from certifications.rules.giving import Giving
from certifications.rules.needing import active_minimums, total_need
from certifications.rules.pieces import draft_lines
from certifications.rules.screening import Screen
from certifications.rules.sense import descendants


def open_book(document: Document, case: Case) -> Book:
    """All drafts and pieces of a case."""
    screen = Screen(document, case, descendants(document.categories))
    return Book(screen, *draft_lines(screen, total_need(document, case)))


def table(document: Document, case: Case) -> tuple[Book, Given]:
    """All pieces, and the points given to them for the document's own requirements."""
    book = open_book(document, case)
    needed = total_need(document, case)
    return book, Giving(book, needed).best(active_minimums(document, case), needed)
