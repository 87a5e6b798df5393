"""Rules in plain words: a document as sections of sentences, each with its source.

The same words stand on the rules page and beside the editor. Nothing a document says is left out.
"""

from __future__ import annotations

from ..document import Document
from . import counting, needing, period, rest
from .rest import activity_words
from .said import Item, Said, Section, Speaker, Table, anchor


def sections(document: Document) -> tuple[Section, ...]:
    """All that a document says, in the order in which people ask; parts that say nothing are left out."""
    speaker = Speaker(document)
    found = (
        period.head(speaker), period.period(speaker), needing.need(speaker), counting.category_section(speaker),
        counting.kind_section(speaker), counting.caps(speaker), needing.minimums(speaker), needing.other_ways(speaker),
        rest.carry_over(speaker), rest.escalations(speaker), rest.money(speaker), rest.questions(speaker),
        rest.sources(speaker), rest.examples(speaker),
    )  # fmt: skip
    return tuple(section for section in found if not section.empty)


__all__ = ["Item", "Said", "Section", "Speaker", "Table", "activity_words", "anchor", "sections"]
