"""Writes about the worked examples of a draft. Each says which state was read, and raises like save_raw."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User

from ..drafting import read
from ..models import RuleDraft
from ..rules.dates import written
from ..rules.trying import EXAMPLES, taken, taken_days, try_dates, try_example
from .drafts import Conflict, DraftClosed, save_section

MOST_ORIGIN = 4000  # of an example, note by note


class ExampleGone(ValueError):
    """There is no such example in the draft as it is now."""


def examples_in(draft: RuleDraft, part: str) -> list[dict[str, Any]]:
    """The examples of a draft as they are edited; none where something else stands there."""
    rows = draft.raw.get(part)
    return deepcopy(rows) if isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows) else []


@transaction.atomic
def save_example(
    *,
    draft: RuleDraft,
    part: str,
    place: int | None,
    row: Mapping[str, Any],
    lock_version: int,
    by: User,
    at: datetime,
    how: str = "example",
) -> RuleDraft:
    """Put an example in its place, or at the end where `place` is None. Raises ExampleGone."""
    rows = examples_in(draft, part)
    if place is None:
        rows.append(dict(row))
    elif place < len(rows):
        rows[place] = dict(row)
    else:
        raise ExampleGone
    return save_section(draft=draft, values={part: rows}, lock_version=lock_version, by=by, at=at, how=how)


@transaction.atomic
def accept_result(
    *, draft: RuleDraft, part: str, place: int, note: str, lock_version: int, by: User, at: datetime
) -> RuleDraft:
    """Take what the rules say now as what an example expects, for the figures it states; the note stays with it.

    Raises ExampleGone where there is no such example or it cannot be counted.
    """
    document = read(draft.raw).document
    rows = examples_in(draft, part)
    if document is None or place >= len(rows):
        raise ExampleGone
    row = rows[place]
    try:
        if part == EXAMPLES:
            example = document.examples[place]
            wrong = [figure.key for figure in try_example(document, example).wrong]
            now = taken(document, example, wrong)
        else:
            dates = document.period_examples[place]
            wrong = [figure.key for figure in try_dates(document, dates).wrong]
            now = taken_days(document, dates, wrong)
    except ValueError:
        raise ExampleGone from None
    kept = {key: value for key, value in row["expect"].items() if key not in wrong}
    origin = f"{row.get('origin', '')}\nAccepted on {written(at.date())}: {note}".strip()
    return save_example(
        draft=draft, part=part, place=place, row={**row, "expect": kept | now, "origin": origin[-MOST_ORIGIN:]},
        lock_version=lock_version, by=by, at=at, how="example accepted",
    )  # fmt: skip


@transaction.atomic
def remove_example(*, draft: RuleDraft, part: str, place: int, lock_version: int, by: User, at: datetime) -> RuleDraft:
    """Take an example out of the draft. Raises ExampleGone."""
    rows = examples_in(draft, part)
    if place >= len(rows):
        raise ExampleGone
    del rows[place]
    return save_section(
        draft=draft, values={part: rows}, lock_version=lock_version, by=by, at=at, how="example removed"
    )


__all__ = [
    "Conflict", "DraftClosed", "ExampleGone", "accept_result", "examples_in", "remove_example", "save_example",
]  # fmt: skip
