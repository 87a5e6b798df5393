"""Contradictions in a well-formed document: things that are valid alone and senseless together."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Category, Document, Question, Select
from .points import show
from .words import Reason

Found = Iterator[tuple[str, str]]
CARRIED = "carried"  # in examples: carried points without a category
REASONS = tuple(reason.value for reason in Reason)


def contradictions(document: Document) -> list[tuple[str, str]]:
    """Every contradiction as (key path, sentence); an empty list means the document makes sense."""
    found = [*_unique_keys(document), *_tree(document)]
    if found:
        return found
    return [
        *_references(document),
        *_periods(document),
        *_caps_and_minimums(document),
        *_reachable(document),
        *_examples(document),
    ]


def descendants(categories: tuple[Category, ...]) -> dict[str, frozenset[str]]:
    """Each category with everything below it, itself included."""
    below: dict[str, set[str]] = {category.key: {category.key} for category in categories}
    parents = {category.key: category.parent for category in categories}
    for key in parents:
        above = parents[key]
        while above:
            below[above].add(key)
            above = parents[above]
    return {key: frozenset(keys) for key, keys in below.items()}


def _unique_keys(document: Document) -> Found:
    for part in ("sources", "facts", "categories", "kinds", "caps", "minimums", "alternatives", "events"):
        seen: set[str] = set()
        for position, item in enumerate(getattr(document, part)):
            if item.key in seen:
                yield f"{part}.{position}.key", f"{item.key!r} is used twice"
            seen.add(item.key)


def _tree(document: Document) -> Found:
    parents = {category.key: category.parent for category in document.categories}
    for position, category in enumerate(document.categories):
        seen, key = {category.key}, category.parent
        while key:
            if key not in parents:
                yield f"categories.{position}.parent", f"there is no category {key!r}"
                break
            if key in seen:
                yield f"categories.{position}.parent", f"{category.key!r} is its own ancestor"
                break
            seen.add(key)
            key = parents[key]


def _selects(document: Document) -> Iterator[tuple[str, Select]]:
    for part in ("caps", "minimums", "events", "kinds"):
        for position, item in enumerate(getattr(document, part)):
            yield f"{part}.{position}.select", item.select
    for position, alternative in enumerate(document.alternatives):
        for place, minimum in enumerate(alternative.minimums):
            yield f"alternatives.{position}.minimums.{place}.select", minimum.select
    if document.carry_over:
        yield "carry_over.select", document.carry_over.select


def _references(document: Document) -> Found:
    known = {category.key for category in document.categories}
    for path, names in _named(document):
        for name in names:
            if name not in known:
                yield f"{path}", f"there is no category {name!r}"
    sources = {source.key for source in document.sources}
    for part in ("categories", "kinds", "caps", "minimums", "alternatives", "events"):
        for position, item in enumerate(getattr(document, part)):
            source = getattr(item, "source", "")
            if source and source not in sources:
                yield f"{part}.{position}.source", f"there is no source {source!r}"


def _named(document: Document) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every place that names categories."""
    for path, select in _selects(document):
        yield f"{path}.category", select.category
        if select.except_:
            yield f"{path}.except.category", select.except_.category
    for position, rule in enumerate(document.kinds):
        yield f"kinds.{position}.category", rule.category
    if document.carry_over and document.carry_over.arrives_as:
        yield "carry_over.arrives_as", (document.carry_over.arrives_as,)


def _periods(document: Document) -> Found:
    period = document.period
    if period.never_ends and period.months:
        yield "period.never_ends", "a certification that never ends has no months"
    if not period.never_ends and not period.months:
        yield "period.months", "is missing (or say never_ends = true)"
    if period.ends == "fixed" and not period.fixed_end:
        yield "period.fixed_end", "is missing for ends = 'fixed'"


def _caps_and_minimums(document: Document) -> Found:
    needed = document.need.points
    for position, minimum in enumerate(document.minimums):
        if minimum.points is None and minimum.percent is None:
            continue
        least = minimum.of(needed)
        for cap in document.caps:
            same = cap.select == minimum.select and cap.window == minimum.window
            if same and not cap.when and not minimum.when and cap.of(needed) < least:
                yield (
                    f"minimums.{position}.points",
                    f"asks for {show(least)} but the cap {cap.name!r} allows only {show(cap.of(needed))}",
                )
    for position, minimum in enumerate(document.minimums):
        if minimum.categories and minimum.categories > len(document.categories):
            yield f"minimums.{position}.categories", "asks for more categories than there are"


def _reachable(document: Document) -> Found:
    if not document.need.points:
        return
    if not document.kinds and not document.events:
        yield "kinds", "points are needed, but no kind of activity counts"
        return
    limits: dict[str, int] = {}
    for cap in document.caps:
        if cap.window == "period" and not cap.when and not cap.applies_from and not cap.applies_until:
            if cap.select.model_dump(exclude_defaults=True).keys() <= {"category"}:
                for key in cap.select.category if len(cap.select.category) == 1 else ():
                    limits[key] = min(limits.get(key, cap.of(document.need.points)), cap.of(document.need.points))
    usable = {name for rule in document.kinds for name in rule.category}
    below = descendants(document.categories)
    tops = [key for key in limits if not any(key in below[other] and other != key for other in limits)]
    covered = {key for top in tops for key in below[top]}
    most = sum(limits[top] for top in tops)
    if usable and usable <= covered and most < document.need.points and not document.events:
        yield "need.points", f"asks for {show(document.need.points)}, but all caps together allow {show(most)}"


def _examples(document: Document) -> Found:
    for position, example in enumerate(document.examples):
        path = f"examples.{position}"
        if example.ends < example.starts:
            yield f"{path}.ends", "is before starts"
        for where, what in strange_activities(document, example):
            yield f"{path}.{where}", what
        for field in ("by_category", "lost_by_category"):
            for key in getattr(example.expect, field) or ():
                if key != CARRIED and key not in {category.key for category in document.categories}:
                    yield f"{path}.expect.{field}", f"there is no category {key!r}"
        for reason in example.expect.not_counted or ():
            if reason not in REASONS:
                yield f"{path}.expect.not_counted", f"{reason!r} is no reason; known: {', '.join(REASONS)}"


def strange_activities(document: Document, question: Question) -> Found:
    """What is asked to be counted and cannot be meant: categories that are not there, words nobody knows, no days."""
    known = {category.key for category in document.categories}
    for place, activity in enumerate(question.activities):
        path = f"activities.{place}"
        if activity.category and activity.category not in known:
            yield f"{path}.category", f"there is no category {activity.category!r}"
        if activity.since and activity.since > activity.on:
            yield f"{path}.since", "is after on"
        for word in activity.unknown_words():
            yield path, f"{word!r} is not a known word"
        if activity.amount == 0:
            yield f"{path}.amount", "must be above 0"
    for place, carried in enumerate(question.carried):
        if carried.category and carried.category not in known:
            yield f"carried.{place}.category", f"there is no category {carried.category!r}"
