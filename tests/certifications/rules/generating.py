"""Rule documents and cases made up by hypothesis: small, odd, and always well-formed."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from certifications.rules.cases import Carried, Case, Entry, Term
from certifications.rules.dates import DAY, Span, add_months
from certifications.rules.document import Document

START = date(2024, 4, 1)
CATEGORIES = ("a", "b", "c", "d")
KIND_WORDS = ("class", "webinar", "teaching", "exam", "field-time")
TOPICS = ("ethics", "law")
WINDOWS = ("period", "year", "calendar-year", "day", "activity", "last-12-months", "first-6-months", "rolling-6-months",
           "each-7-months")  # fmt: skip

HEAD = {
    "body": "made-up", "key": "made-up", "name": "Made up", "version": "1", "in_force_from": date(2020, 1, 1),
    "checked_on": date(2026, 1, 1), "confidence": "unverified", "summary": "Made up.", "certifications": ["made-up"],
}  # fmt: skip


def document(**parts: Any) -> Document:
    """A small document with the given parts; three years, categories a to d."""
    values = {
        "format": 1,
        "rules": HEAD,
        "period": {"months": 36},
        "categories": [{"key": key, "name": key.upper()} for key in CATEGORIES],
        "kinds": [{"key": "class", "name": "Class", "kind": "class", "category": ["a"], "points": 1}],
    }
    return Document.model_validate(values | parts)


def case(*entries: Entry, months: int = 36, as_of: date | None = None, **parts: Any) -> Case:
    """A case over one period from 1 April 2024 on, judged on its last day."""
    span = Span(START, add_months(START, months))
    return Case(Term(span, span), as_of or span.last, entries, **parts)


def entry(key: str = "1", on: date = date(2024, 6, 1), amount: int | str | Fraction = 1, **parts: Any) -> Entry:
    """An activity of so many hours of class."""
    return Entry(key=key, on=on, amount=Fraction(amount), **{"kind": "class", "title": f"title {key}"} | parts)


@st.composite
def selects(draw: st.DrawFn, *, categories: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if categories and draw(st.booleans()):
        found["category"] = draw(st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=3, unique=True))
    if draw(st.integers(0, 2)) == 0:
        found["kind"] = draw(st.lists(st.sampled_from(KIND_WORDS), min_size=1, max_size=2, unique=True))
    if draw(st.integers(0, 3)) == 0:
        found["topic"] = [draw(st.sampled_from(TOPICS))]
    if draw(st.integers(0, 5)) == 0:
        found["shared"] = draw(st.booleans())
    return found


@st.composite
def kinds(draw: st.DrawFn, word: str, *, one_category: bool, once: bool) -> dict[str, Any]:
    most = 1 if one_category else 3
    kind: dict[str, Any] = {
        "key": word, "name": word.title(), "kind": word, "points": draw(st.sampled_from([1, 2, "0.5"])),
        "category": draw(st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=most, unique=True)),
    }  # fmt: skip
    if draw(st.booleans()):
        step = draw(st.sampled_from(["0.25", 1, "0.5"]))
        kind["rounding"] = {"step": step, "mode": draw(st.sampled_from(["down", "nearest", "up", "half-down"]))}
    if draw(st.integers(0, 3)) == 0:
        kind["minimum"] = draw(st.sampled_from(["0.75", 1]))
    if draw(st.integers(0, 3)) == 0:
        kind["most"] = draw(st.integers(1, 8))
    if draw(st.integers(0, 3)) == 0:
        kind["least"] = 1
    if draw(st.integers(0, 3)) == 0:
        kind["topic_parts"] = [{"topic": "ethics", "points": draw(st.sampled_from([1, "0.5"]))}]
    if once and draw(st.integers(0, 3)) == 0:
        kind["once"] = draw(st.sampled_from(["period", "ever"]))
    if word == "field-time":
        kind["over_time"] = True
    return kind


@st.composite
def caps(draw: st.DrawFn, number: int) -> dict[str, Any]:
    cap = {
        "key": f"cap-{number}", "name": f"Cap {number}", "select": draw(selects()),
        "window": draw(st.sampled_from(WINDOWS)),
    }  # fmt: skip
    if draw(st.integers(0, 3)) == 0:
        return cap | {"percent": draw(st.sampled_from([0, 25, 50]))}
    return cap | {"points": draw(st.integers(0, 25))}


@st.composite
def tree_caps(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Caps that nest: yearly in category in everything."""
    found: list[dict[str, Any]] = [{"key": "all", "name": "All", "points": draw(st.integers(5, 60))}]
    for category in CATEGORIES:
        select = {"category": category}
        if draw(st.booleans()):
            found.append({"key": category, "name": category, "select": select, "points": draw(st.integers(0, 25))})
        if draw(st.booleans()):
            points = draw(st.integers(0, 12))
            found.append(
                {"key": f"{category}-year", "name": category, "select": select, "window": "year", "points": points}
            )
    return found


@st.composite
def minimums(draw: st.DrawFn, number: int) -> dict[str, Any]:
    base = {"key": f"minimum-{number}", "name": f"Minimum {number}"}
    if draw(st.integers(0, 5)) == 0:
        return base | {"categories": draw(st.integers(2, 3))}
    window = draw(st.sampled_from(["period", "year", "calendar-year", "last-12-months"]))
    return base | {"select": draw(selects()), "window": window, "points": draw(st.integers(1, 10))}


@st.composite
def documents(
    draw: st.DrawFn, *, tree: bool = False, with_minimums: bool = True, once: bool = True, date_order: bool = False
) -> Document:
    """A rule document: any caps, or (`tree`) only nested ones over kinds with one category each."""
    values: dict[str, Any] = {
        "need": {"points": draw(st.integers(0, 60))},
        "kinds": [
            draw(kinds(word, one_category=tree, once=once))
            for word in draw(st.lists(st.sampled_from(KIND_WORDS), min_size=2, unique=True))
        ],
        "caps": draw(tree_caps()) if tree else [draw(caps(n)) for n in range(draw(st.integers(0, 4)))],
        "minimums": [draw(minimums(n)) for n in range(draw(st.integers(0, 3)))] if with_minimums else [],
        "whole_points": draw(st.integers(0, 4)) == 0,
    }
    if draw(st.booleans()):
        values["categories"] = [
            {"key": "a", "name": "A"},
            {"key": "b", "name": "B", "parent": "a"},
            {"key": "c", "name": "C", "parent": "b"},
            {"key": "d", "name": "D"},
        ]
    if draw(st.booleans()):
        values["carry_over"] = {"points": draw(st.integers(0, 20)), "includes_over_cap": draw(st.booleans())}
    if date_order:
        values["allocation"] = "date-order"
    return document(**values)


@st.composite
def entries(draw: st.DrawFn, number: int) -> Entry:
    on = START + timedelta(days=draw(st.integers(-60, 36 * 30 + 90)))
    kind = draw(st.sampled_from(KIND_WORDS))
    since = on - timedelta(days=draw(st.integers(1, 700))) if kind == "field-time" and draw(st.booleans()) else None
    return Entry(
        key=str(number), on=on, since=since, kind=kind,
        amount=Fraction(draw(st.integers(1, 80)), draw(st.sampled_from([1, 2, 3, 4]))),
        unit=draw(st.sampled_from(["hour", "hour", "hour", "point", "minute", "each"])),
        title=draw(st.sampled_from(["one", "two", "three", ""])), topics=draw(st.frozensets(st.sampled_from(TOPICS))),
        shared=draw(st.integers(0, 4)) == 0, relevant=draw(st.integers(0, 9)) > 0,
        confirmed=draw(st.sampled_from([None, None, None, True, False])),
    )  # fmt: skip


@st.composite
def cases(draw: st.DrawFn, *, most: int = 10) -> Case:
    """A case of one period with up to `most` activities in and around it."""
    found = tuple(draw(entries(number)) for number in range(draw(st.integers(0, most))))
    carried = tuple(Carried(draw(st.integers(1, 900))) for _ in range(draw(st.integers(0, 1))))
    span = Span(START, add_months(START, 36))
    earns = Span(START - draw(st.sampled_from([0, 30])) * DAY, span.end + draw(st.sampled_from([0, 60])) * DAY)
    as_of = START + timedelta(days=draw(st.integers(300, 36 * 31)))
    return Case(Term(span, earns), as_of, found, carried)
