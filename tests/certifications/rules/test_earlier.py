"""Rules that look back further than the period: lifetime caps, rolling months, courses that count once ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certifications.rules.cases import Case, Entry
from certifications.rules.counting import count
from certifications.rules.dates import add_months
from certifications.rules.document import Document

from . import generating as make
from .generating import START, case, document, entry
from .tables import open_book


def rules(*caps: dict[str, Any], **parts: Any) -> Document:
    made = [{"key": f"cap-{place}", "name": f"Cap {place}"} | cap for place, cap in enumerate(caps)]
    return document(**({"caps": made} | parts))


def counted(document: Document, *entries: Entry, **parts: Any) -> int:
    return count(document, case(*entries, **parts)).counted // 100


IN_ALL = {"points": 30, "window": "ever"}
IN_THREE_YEARS = {"points": 30, "window": "rolling-36-months"}


@pytest.mark.parametrize(
    ("cap", "before", "within", "points"),
    [
        (IN_ALL, [(date(2010, 1, 1), 20)], [(START, 20)], 10),
        (IN_ALL, [(date(2010, 1, 1), 50)], [(START, 20)], 0),  # never more than the cap itself
        (IN_ALL, [(date(2010, 1, 1), 20), (date(2011, 1, 1), 5)], [(START, 2), (date(2025, 1, 1), 9)], 5),
        (IN_THREE_YEARS, [(date(2022, 5, 1), 20)], [(date(2025, 4, 30), 20)], 10),
        (IN_THREE_YEARS, [(date(2022, 5, 1), 20)], [(date(2025, 5, 1), 20)], 20),  # a day later the months are over
        (IN_THREE_YEARS, [(date(2022, 5, 1), 20)], [(date(2025, 4, 30), 20), (date(2025, 5, 1), 20)], 30),
        # The second of the earlier ones was itself cut to 10, so 20 are left beside it.
        (IN_THREE_YEARS, [(date(2021, 5, 1), 20), (date(2022, 5, 1), 20)], [(date(2024, 6, 1), 40)], 20),
        (IN_THREE_YEARS | {"applies_from": date(2022, 6, 1)}, [(date(2022, 5, 1), 20)], [(date(2024, 6, 1), 40)], 30),
        ({"points": 30, "window": "last-48-months"}, [(date(2023, 5, 1), 20)], [(START, 40)], 10),
        ({"points": 30, "window": "last-48-months"}, [(date(2023, 3, 31), 20)], [(START, 40)], 30),
        ({"points": 30, "window": "last-36-months"}, [(date(2024, 3, 31), 20)], [(START, 40)], 30),
    ],
)
def test_what_earlier_periods_hold_fills_the_cap(
    cap: dict[str, Any], before: list[tuple[date, int]], within: list[tuple[date, int]], points: int
) -> None:
    past = [entry(f"p{place}", day, amount) for place, (day, amount) in enumerate(before)]
    now = [entry(str(place), day, amount) for place, (day, amount) in enumerate(within)]
    assert counted(rules(cap), *now, past=tuple(past)) == points
    assert counted(rules(cap), *past, *now) == points  # also where they are lines of this count, from before it


def test_the_ledger_says_what_earlier_periods_filled() -> None:
    outcome = count(rules(IN_ALL), case(entry("1", START, 20), past=(entry("p", date(2010, 1, 1), 25),)))
    [line] = outcome.lines
    assert [(loss.points, loss.limit, loss.text) for loss in line.losses] == [
        (1500, 3000, "Cap 0 counts up to 30 in all. You are at 30, 25 of it before this period."),
    ]
    assert [(cap.used, cap.limit, cap.full) for cap in outcome.caps] == [(3000, 3000, True)]


def test_a_course_of_a_closed_period_does_not_count_again() -> None:
    once = document(
        kinds=[{"key": "class", "name": "Class", "kind": "class", "category": ["a"], "points": 1, "once": "ever"}]
    )
    again, other = entry("1", START, 5, course="X-1"), entry("2", START, 5, course="X-2")
    past = entry("p", date(2020, 1, 1), 1, course="X-1")
    outcome = count(once, case(again, other, past=(past,)))
    assert [(line.key, line.counted) for line in outcome.lines] == [("1", 0), ("2", 500)]
    assert outcome.lines[0].losses[0].reason.value == "duplicate"


def test_minimums_over_years_see_closed_periods() -> None:
    ethics = {"key": "ethics", "name": "Ethics", "select": {"topic": "ethics"}}
    topics = frozenset({"ethics"})
    for window in ("rolling-48-months", "ever"):
        often = document(minimums=[ethics | {"times": 1, "window": window}])
        much = document(minimums=[ethics | {"points": 4, "window": window}])
        past = entry("p", date(2023, 5, 1), 3, topics=topics)
        assert count(often, case(past=(past,))).compliant
        assert not count(often, case()).compliant
        assert count(much, case(entry("1", START, 1, topics=topics), past=(past,))).compliant
        assert count(much, case(past=(past,))).requirements[0].short == 100


def test_what_must_not_count_fills_nothing() -> None:
    refused = entry("p", date(2023, 5, 1), 20, relevant=False)
    assert counted(rules(IN_ALL), entry("1", START, 20), past=(refused,)) == 20


@pytest.mark.parametrize(
    ("parts", "back"),
    [
        ({}, False),
        ({"caps": [{"key": "c", "name": "C", "points": 1, "window": "last-36-months"}]}, False),
        ({"caps": [{"key": "c", "name": "C", "points": 1, "window": "last-37-months"}]}, True),
        ({"minimums": [{"key": "m", "name": "M", "points": 1, "window": "ever"}]}, True),
        (
            {"alternatives": [{"key": "w", "name": "W", "minimums": [
                {"key": "m", "name": "M", "points": 1, "window": "rolling-6-months"},
            ]}]},
            True,
        ),
    ],
)  # fmt: skip
def test_only_rules_that_look_back_read_closed_periods(parts: dict[str, Any], back: bool) -> None:
    made = document(**parts)
    assert made.looks_back is back
    assert bool(open_book(made, case(past=(entry("p", date(2020, 1, 1)),))).past) is back


@given(make.documents(), make.cases())
def test_it_makes_no_difference_how_earlier_activities_are_told(document: Document, case: Case) -> None:
    start = case.term.earns.start
    past = tuple(one for one in case.entries if one.on < start)
    apart = replace(case, entries=tuple(one for one in case.entries if one.on >= start), past=past)
    if not document.looks_back:
        return
    one, other = count(document, case), count(document, apart)
    assert (one.counted, one.requirements, one.caps) == (other.counted, other.requirements, other.caps)


DAYS = st.dates(date(2020, 1, 1), add_months(START, 36))
MANY = st.lists(st.tuples(DAYS, st.integers(1, 9)), max_size=8)


@given(MANY, st.integers(1, 30), st.integers(2, 48))
def test_no_months_hold_more_than_the_cap(found: list[tuple[date, int]], limit: int, months: int) -> None:
    entries = [entry(str(place), day, amount) for place, (day, amount) in enumerate(sorted(found))]
    capped = rules({"points": limit, "window": f"rolling-{months}-months"})
    lines = [(line.on, line.counted) for line in count(capped, case(*entries)).lines if line.counted]
    for day, _ in lines:
        within = sum(points for other, points in lines if day <= other < add_months(day, months))
        assert within <= limit * 100
    free = count(rules(), case(*entries)).counted
    assert sum(points for _, points in lines) <= free


def test_an_event_may_have_its_own_time() -> None:
    often = document(events=[
        {"key": "app", "name": "Two questions", "select": {"kind": "assessment"}, "times": 2,
         "window": "last-12-months", "renews_months": 12},
    ])  # fmt: skip

    def met(*days: date) -> bool:
        asked = [entry(str(place), day, kind="assessment", unit="each") for place, day in enumerate(days)]
        return count(often, case(*asked)).compliant

    first, last = date(2026, 4, 1), date(2027, 3, 31)
    assert met(first, last)
    assert not met(date(2026, 3, 31), last)
    assert not met(last)
