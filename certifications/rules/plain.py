"""A rule document for what has no rules yet: so many points, no caps."""

from __future__ import annotations

from datetime import date

from .document import Category, Document, Head, KindRule, Need, Period
from .words import KINDS


def plain_document(*, name: str, need: int, never_ends: bool = False) -> Document:
    """Count everything without caps towards `need` hundredths: an hour is a point, stated points stand as stated."""
    everything = tuple(KINDS)
    return Document(
        format=1,
        rules=Head(
            body="own", key="own", name=name[:160], version="1", in_force_from=date(1950, 1, 1),
            checked_on=date(1950, 1, 1), confidence="unverified", certifications=("own",),
            summary="These rules are not published yet. We show totals without caps.",
        ),
        period=Period(never_ends=True) if never_ends else Period(months=12),
        need=Need.model_construct(points=need),
        categories=(Category(key="all", name="All activities"),),
        kinds=(
            KindRule.model_construct(
                key="any", name="Any activity", kind=everything, category=("all",), points=100, over_time=True,
                hours_in={},
            ),
        ),
    )  # fmt: skip
