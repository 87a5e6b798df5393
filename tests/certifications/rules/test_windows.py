"""Windows of caps and minimums, laid over a period."""

from __future__ import annotations

from datetime import date

import pytest

from certifications.rules.cases import Term
from certifications.rules.dates import Span
from certifications.rules.windows import label, narrowness, required_spans, spans

PERIOD = Span(date(2024, 4, 1), date(2026, 8, 1))
TERM = Term(PERIOD, PERIOD)
DAYS = [date(2024, 5, 1), date(2024, 5, 1), date(2025, 2, 10)]


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("period", [("2024-04-01", "2026-08-01")]),
        ("activity", [("2024-04-01", "2026-08-01")]),
        ("year", [("2024-04-01", "2025-04-01"), ("2025-04-01", "2026-04-01"), ("2026-04-01", "2026-08-01")]),
        ("calendar-year", [("2024-04-01", "2025-01-01"), ("2025-01-01", "2026-01-01"), ("2026-01-01", "2026-08-01")]),
        ("day", [("2024-05-01", "2024-05-02"), ("2025-02-10", "2025-02-11")]),
        ("last-12-months", [("2025-08-01", "2026-08-01")]),
        ("last-36-months", [("2023-08-01", "2026-08-01")]),  # reaches back before the period
        ("first-6-months", [("2024-04-01", "2024-10-01")]),
        ("each-12-months", [("2024-04-01", "2025-04-01"), ("2025-04-01", "2026-04-01"), ("2026-04-01", "2026-08-01")]),
        ("each-20-months", [("2024-04-01", "2025-12-01"), ("2025-12-01", "2026-08-01")]),
        ("each-28-months", [("2024-04-01", "2026-08-01")]),
        ("first-60-months", [("2024-04-01", "2026-08-01")]),
        ("rolling-6-months", [("2024-05-01", "2024-11-01"), ("2025-02-10", "2025-08-10")]),
    ],
)
def test_spans(window: str, expected: list[tuple[str, str]]) -> None:
    found = spans(window, TERM, DAYS)
    assert [(str(span.start), str(span.end)) for span in found] == expected


def test_ever_holds_every_day() -> None:
    [always] = spans("ever", TERM, [])
    assert always.holds(date(1950, 1, 1))
    assert always.holds(date(2150, 1, 1))


def test_a_rolling_minimum_is_asked_once_up_to_the_end() -> None:
    assert required_spans("rolling-36-months", TERM, DAYS) == spans("last-36-months", TERM, DAYS)
    assert required_spans("year", TERM, DAYS) == spans("year", TERM, DAYS)


def test_windows_from_narrow_to_wide() -> None:
    order = ["activity", "day", "year", "last-12-months", "period", "ever"]
    assert sorted(order, key=narrowness) == order
    assert narrowness("year") == narrowness("calendar-year")


def test_labels_tell_repeated_windows_apart() -> None:
    year = spans("year", TERM, [])[1]
    assert label("year", year) == "2025-04-01"
    assert label("calendar-year", spans("calendar-year", TERM, [])[1]) == "2025"
    assert label("period", PERIOD) == ""
