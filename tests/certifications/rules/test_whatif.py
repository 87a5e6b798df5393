"""What would make points count: found by counting again, with the points it would bring."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from certifications.rules.cases import Case, Entry
from certifications.rules.counting import count
from certifications.rules.document import Document
from certifications.rules.whatif import WhatIf, what_if, what_ifs
from certifications.rules.words import Reason
from tests.certifications.rules import generating as make
from tests.certifications.rules.generating import case, document, entry

RULE = {"key": "class", "name": "Class", "kind": "class", "category": ["a"], "points": 1}


def found(document: Document, *entries: Entry, **parts: Any) -> list[WhatIf]:
    """What would help the last entry."""
    asked = case(*entries, **parts)
    outcome = count(document, asked)
    line = next(line for line in outcome.lines if line.key == entries[-1].key)
    return what_if(document, asked, outcome, line)


def rules(*kinds: dict[str, Any], **parts: Any) -> Document:
    return document(**({"kinds": [RULE | {"key": f"k{n}"} | kind for n, kind in enumerate(kinds)]} | parts))


@pytest.mark.parametrize(
    ("kind", "parts", "text"),
    [
        ({}, {"on": date(2024, 3, 1)}, "If the date were 1 Apr 2024 or later, 5 more would count."),
        ({}, {"on": date(2027, 4, 9)}, "If the date were 31 Mar 2027 or earlier, 5 more would count."),
        ({"evidence": "to-count"}, {"evidence": False}, "With evidence, 5 more would count."),
        ({"confirmed": True}, {}, "If it were confirmed, 5 more would count."),
        ({"confirmed": True}, {"confirmed": False}, "If it were confirmed, 5 more would count."),
        ({}, {"relevant": False}, "If it were related to this field, 5 more would count."),
        ({"above_level": True}, {"above_level": False}, "If it were above your level, 5 more would count."),
        ({}, {"duplicate_of": "0"}, "If it were another activity, 5 more would count."),
        ({"minimum": 8}, {}, "If it were 8 hours, 8 more would count."),
        ({"rounding": {"step": 4, "mode": "down"}}, {}, "If it were 8 hours, 4 more would count."),
        ({"every": "6/7", "rounding": {}}, {}, "If it were 5.15 hours, 1 more would count."),  # from 36/7 on
    ],
)
def test_each_reason_has_its_own_way_out(kind: dict[str, Any], parts: dict[str, Any], text: str) -> None:
    [one] = found(rules(kind), entry(amount=5, **parts), as_of=date(2027, 6, 1))
    assert one.text == text


def test_what_has_not_come_counts_once_it_has() -> None:
    later = entry("2", date(2024, 5, 1), 3)  # has not come either, and is not meant
    [one] = found(rules({}), later, entry(on=date(2024, 6, 9), amount=5), as_of=date(2024, 4, 9))
    assert (one.text, one.points) == ("Once 9 Jun 2024 has come, 5 more would count.", 500)


def test_a_repetition_would_count_if_it_were_another_course() -> None:
    once = rules({"once": "period"})
    [one] = found(once, entry("1", amount=5, course="A"), entry("2", date(2025, 6, 1), 5, course="A"))
    assert (one.reason, one.points) == (Reason.DUPLICATE, 500)


def test_nothing_helps_where_the_category_is_full() -> None:
    full = rules({}, caps=[{"key": "all", "name": "All", "points": 5}])
    assert found(full, entry("1", amount=5), entry("2", date(2020, 1, 1), 5)) == []
    assert found(full, entry("1", amount=5), entry("2", date(2025, 1, 1), 5)) == []


def test_another_category_that_the_kind_allows() -> None:
    two = rules({"category": ["a", "b"]}, caps=[{"key": "a", "name": "A", "select": {"category": "a"}, "points": 5}])
    [one] = found(two, entry(amount=9, category="a"))
    assert one.text == "If it stood in B, 4 more would count."
    capped = rules(
        {"category": ["a", "b"]},
        caps=[{"key": key, "name": key, "select": {"category": key}, "points": 5} for key in ("a", "b")],
    )
    assert found(capped, entry(amount=5, category="a")) == []
    [tight] = found(capped, entry("1", amount=5, category="a"), entry("2", date(2025, 1, 1), 3, category="a"))
    assert tight.text == "If it stood in B, where 5 are free, 3 more would count."


def test_another_year() -> None:
    yearly = rules({}, caps=[{"key": "y", "name": "Y", "window": "year", "points": 5}])
    found_ways = found(yearly, entry("1", date(2024, 5, 1), 5), entry("2", date(2024, 6, 1), 3), as_of=date(2025, 6, 1))
    assert [one.text for one in found_ways] == ["If it were of Apr 2025 to Mar 2026, 3 more would count."]


def test_another_kind_of_the_same_group() -> None:
    webinars = rules({"kind": "webinar"}, {"kind": "teaching", "category": ["b"]})
    [one] = found(webinars, entry(amount=4))
    assert one.text == 'If it were "Live webinar", 4 more would count.'


def test_most_points_first_and_every_line_at_once() -> None:
    asked = case(entry("1", date(2024, 3, 1), 5), entry("2", date(2024, 5, 1), 2), entry("3", kind="reading"))
    outcome = count(rules({}), asked)
    assert set(what_ifs(rules({}), asked, outcome)) == {"1", "3"}
    assert what_if(rules({}), asked, outcome, outcome.lines[1]) == []


def test_carried_points_have_no_way_out() -> None:
    carried = make.case(carried=(make.Carried(500),))
    tight = rules({}, caps=[{"key": "all", "name": "All", "points": 3}])
    outcome = count(tight, carried)
    assert outcome.lines[0].losses
    assert what_ifs(tight, carried, outcome) == {"carried-0": []}


def test_the_last_day_is_a_later_one_where_relief_is_given() -> None:
    relief = {"ends_from": "2027-01-01", "ends_until": "2027-12-31", "extra_months": 6, "select": {"category": "a"}}
    longer = rules({}, period={"months": 36, "relief": [relief]})
    [one] = found(longer, entry(amount=5, on=date(2027, 11, 1)), as_of=date(2027, 12, 1))
    assert one.text == "If the date were 30 Sep 2027 or earlier, 5 more would count."


@given(make.documents(), make.cases(most=5))
def test_every_answer_brings_something_and_is_said_once(document: Document, asked: Case) -> None:
    outcome = count(document, asked)
    for ways in what_ifs(document, asked, outcome).values():
        assert all(one.points > 0 and one.text.endswith("more would count.") for one in ways)
        assert len({one.text for one in ways}) == len(ways)
        assert [one.points for one in ways] == sorted((one.points for one in ways), reverse=True)
