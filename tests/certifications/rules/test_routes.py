"""The shortest ways to the goal: each is enough, and a step less is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from certifications.rules.cases import Case, Entry
from certifications.rules.counting import count
from certifications.rules.document import Document
from certifications.rules.examples import case_of
from certifications.rules.forecast import at_end
from certifications.rules.route_search import enough
from certifications.rules.routes import routes

from .generating import case as made
from .generating import document
from .people import DANA, NICET, TODAY, case, pack, worked

STARTS, ENDS = date(2024, 4, 1), date(2027, 3, 31)


def suffices(document: Document, one: Case, *more: Entry) -> bool:
    end = at_end(one)
    return enough(count(document, replace(end, entries=(*end.entries, *more))))


def test_the_three_ways_of_the_worked_example() -> None:
    found = routes(NICET, DANA)
    assert [route.text for route in found] == [
        "5 months of field time",
        "9 points in Advance Profession (technical presentation or teaching a class)",
        "Passing a higher level (meets all 90)",
    ]
    work, talk, level = found
    assert (work.since, work.last_safe, work.done_already) == (date(2025, 10, 1), date(2026, 11, 1), False)
    assert talk.last_safe == level.last_safe == ENDS
    assert level.meets_all


def test_each_way_is_enough_and_a_step_less_is_not() -> None:
    work, talk, _ = routes(NICET, DANA)
    assert suffices(NICET, DANA, worked(date(2025, 10, 1), date(2026, 2, 28)))
    assert not suffices(NICET, DANA, worked(date(2025, 10, 1), date(2026, 1, 31)))
    [activity] = talk.entries
    assert suffices(NICET, DANA, activity)
    assert not suffices(NICET, DANA, replace(activity, amount=talk.amount - 1))
    assert work.amount == 5


def test_work_begun_on_the_last_safe_day_is_enough_and_a_month_later_is_not() -> None:
    work = routes(NICET, DANA)[0]
    assert suffices(NICET, DANA, worked(work.last_safe, ENDS))
    assert not suffices(NICET, DANA, worked(date(2026, 12, 1), ENDS))


def test_a_full_category_is_no_way() -> None:
    assert "additional-education" not in {route.category for route in routes(NICET, DANA, most=9)}


def test_nothing_is_left_to_do() -> None:
    plan = worked(date(2026, 10, 1), ENDS)
    assert routes(NICET, DANA, [plan]) == []
    assert routes(NICET, replace(DANA, entries=(*DANA.entries, plan), as_of=ENDS)) == []


def test_a_plan_shortens_the_ways() -> None:
    plan = worked(date(2026, 10, 1), date(2026, 12, 31))
    assert [route.text for route in routes(NICET, DANA, [plan])][:2] == [
        "2 months of field time",
        "3 points in Advance Profession (technical presentation or teaching a class)",
    ]


def test_time_is_over() -> None:
    assert routes(NICET, replace(DANA, as_of=date(2027, 4, 1))) == []


def test_on_the_last_day_there_is_still_a_way() -> None:
    last_day = routes(NICET, replace(DANA, as_of=ENDS))
    assert any(route.unit == "point" and route.on == ENDS for route in last_day)
    work = next(route for route in last_day if route.unit == "month")
    assert work.done_already


def test_who_holds_the_highest_level_is_not_sent_to_a_higher_one() -> None:
    found = routes(NICET, DANA, without={"upgrade"})
    assert not [route for route in found if route.kind == "upgrade"]


def test_a_minimum_is_met_by_what_it_means() -> None:
    document = pack("pmi/2015")
    example = next(one for one in document.examples if one.say.startswith("PMI-03"))
    assert [route.text for route in routes(document, case_of(document, example))] == [
        "2 hours of education in business acumen"
    ]


def test_no_single_way_where_several_minimums_are_open() -> None:
    document = pack("pmi/2015")
    assert routes(document, case(document, date(2026, 1, 1), date(2028, 12, 31))) == []


def changed(document: Document, *caps: object, **more: object) -> Document:
    """The NICET rules with another cap each on classes."""
    others = tuple(cap for cap in document.caps if cap.key != "additional-education")
    return document.model_copy(update={"caps": (*others, *caps), **more})


CLASSES = next(cap for cap in NICET.caps if cap.key == "additional-education")


def test_where_a_year_takes_only_so_much_the_rest_is_spread_over_years() -> None:
    rules = changed(NICET, CLASSES.model_copy(update={"window": "year", "points": 3600}))
    one = case(rules, STARTS, ENDS, worked(STARTS, date(2025, 3, 31)), as_of=date(2025, 3, 31))
    found = next(route for route in routes(rules, one, most=9) if route.category == "additional-education")
    assert (found.amount, found.spread) == (66, True)
    assert [(entry.on, entry.amount) for entry in found.entries] == [(date(2025, 4, 1), 33), (date(2026, 4, 1), 33)]
    assert suffices(rules, one, *found.entries)
    assert not suffices(rules, one, replace(found.entries[0], amount=found.amount))


def test_the_last_safe_day_of_a_course_is_in_the_year_that_has_room() -> None:
    shut = {"key": "late", "window": "year", "points": 0, "applies_from": date(2026, 4, 1)}
    rules = changed(NICET, CLASSES.model_copy(update=shut))
    one = case(rules, STARTS, ENDS, worked(STARTS, date(2026, 3, 31)), as_of=date(2025, 12, 1))
    found = next(route for route in routes(rules, one, most=9) if route.category == "additional-education")
    assert (found.amount, found.last_safe) == (42, date(2026, 3, 31))


@pytest.mark.parametrize(
    "name",
    ["nicet/2010", "nicet/newer-table", "iicrc/technician-one-hour", "pmi/2015", "comptia/security-plus-2018",
     "california-cpa/2014", "micro-credentials/no-end"],
)  # fmt: skip
def test_every_way_in_the_shipped_examples_is_proved(name: str) -> None:
    document = pack(name)
    for example in document.examples:
        one = case_of(document, example)
        for route in routes(document, one, most=9):
            if route.entries:
                assert suffices(document, one, *route.entries), (example.say, route)
            else:
                assert route.meets_all


def test_an_alternative_that_asks_for_less_is_the_shorter_way() -> None:
    less = {"key": "less", "name": "Less", "points": 6}
    route = routes(document(need={"points": 30}, alternatives=[less]), made(as_of=TODAY))[0]
    assert route.text == "6 hours of class"
    far = document(need={"points": 500}, alternatives=[less])  # more than anybody would be told to do
    assert routes(far, made(as_of=TODAY))[0].text == "6 hours of class"


def test_a_kind_that_is_withdrawn_is_safe_until_the_day_before() -> None:
    going = {"key": "class", "name": "Class", "kind": "class", "category": ["a"], "points": 1, "until": "2026-02-10"}
    route = routes(document(need={"points": 30}, kinds=[going]), made(as_of=date(2025, 10, 1)))[0]
    assert route.last_safe == date(2026, 2, 9)
