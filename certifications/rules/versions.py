"""Which version of a rule set counts a period: by the date the rules themselves say decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .dates import Span
from .document import Document


def version_for(documents: Iterable[Document], span: Span, as_of: date) -> Document | None:
    """The newest version in force on its deciding day; the oldest one where the period is older than all of them.

    Drafts never decide. `as_of` stands for the day of submission.
    """
    published = [one for one in documents if one.rules.status == "published"]
    ordered = sorted(published, key=lambda one: (one.rules.in_force_from, one.rules.version))
    fitting = [one for one in ordered if one.rules.in_force_from <= deciding_day(one, span, as_of)]
    return fitting[-1] if fitting else next(iter(ordered), None)


def deciding_day(document: Document, span: Span, as_of: date) -> date:
    """The day that decides whether a version is in force: start or end of the period, or the submission."""
    if document.rules.decided_by == "submission":
        return as_of
    return span.last if document.rules.decided_by == "period-end" else span.start
