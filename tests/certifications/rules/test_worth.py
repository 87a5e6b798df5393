"""From an amount to points: rates, conversions, rounding, least and most."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certifications.rules.cases import Entry, Term
from certifications.rules.dates import Span
from certifications.rules.document import KindRule, Rounding
from certifications.rules.words import Reason
from certifications.rules.worth import Worth, Worths, enough, number, rate, rounded, worth
from tests.certifications.rules.generating import entry

TERM = Term(*[Span(date(2024, 4, 1), date(2027, 4, 1))] * 2)


def rule(**parts: Any) -> KindRule:
    return KindRule.model_validate({"key": "k", "name": "K", "category": ["a"], "points": 1} | parts)


def worth_of(asked: Entry, needed: int = 9000, **parts: Any) -> Worth:
    return worth(rule(**parts), asked, needed=needed, term=TERM)


@pytest.mark.parametrize(
    ("parts", "amount", "unit", "points"),
    [
        ({}, 8, "hour", 800),
        ({}, 90, "minute", 150),
        ({"hour_minutes": 50}, 115, "minute", 230),
        ({"hour_minutes": 50}, 2, "hour", 200),  # hours are the body's own hours
        ({"per": "minute"}, 50, "minute", 5000),
        ({"per": "minute", "hour_minutes": 50}, 2, "hour", 10000),
        ({"hours_in": {"ceu": 10}}, "0.5", "ceu", 500),
        ({"hours_in": {"ceu": 1}}, 20, "ceu", 2000),  # a vendor's "CEU" is worth a tenth
        ({"hours_in": {"semester-credit": 15, "quarter-credit": 10}}, 3, "semester-credit", 4500),
        ({"hours_in": {"semester-credit": 45}}, 1, "semester-credit", 4500),
        ({"hours_in": {"day": 7}, "every": 7}, 3, "day", 300),
        ({"per": "ceu", "hours_in": {"ceu": 10}}, 5, "hour", 50),
        ({"per": "day", "hours_in": {"day": 8}, "points": 4}, 4, "hour", 200),
        ({"every": 7}, 21, "hour", 300),
        ({"points": 2, "per": "month"}, 6, "month", 1200),
        ({"points": 3, "per": "month", "every": 12}, 12, "month", 300),
        ({"points": 3, "per": "each"}, 2, "each", 600),
        ({"points": 10, "per": "each"}, 40, "hour", 1000),  # a book is a book, however long it took
        ({}, 9, "point", 900),
        ({"points": None, "per": "point"}, 9, "point", 900),
        ({"points": "0.1", "per": "point"}, 20, "point", 200),  # somebody else's points
        ({"multiply": [{"role": "instructor", "times": 3}]}, 2, "hour", 200),
    ],
)
def test_amounts_become_points(parts: dict[str, Any], amount: object, unit: str, points: int) -> None:
    found = worth_of(entry(amount=str(amount), unit=unit), **parts)
    assert (found.points, found.asked, found.lost) == (points, points, ())


def test_a_role_counts_several_times() -> None:
    thrice = {"multiply": [{"role": ["instructor"], "times": 3}]}
    assert worth_of(entry(amount=2, role="instructor"), **thrice).points == 600


@pytest.mark.parametrize(
    ("parts", "unit", "why"),
    [
        ({}, "each", "count hours here, not times"),
        ({}, "ceu", "count hours here, not CEUs"),
        ({"per": "month"}, "hour", "count months here, not hours"),
        ({"points": None, "per": "point"}, "hour", "the points stated on the certificate"),
        ({"stated": False}, "point", "count hours here, not points"),
    ],
)
def test_what_cannot_be_read_is_refused(parts: dict[str, Any], unit: str, why: str) -> None:
    found = worth_of(entry(amount=2, unit=unit), **parts)
    assert found.points == 0
    assert why in found.refused


def test_work_over_time_counts_its_months_and_its_share() -> None:
    year = entry(on=date(2025, 3, 31), since=date(2024, 4, 1), unit="month", share=50)
    assert worth_of(year, points=2, per="month").points == 1200


def test_a_whole_period_of_work_brings_it_all_and_no_more() -> None:
    whole = {"points": 8, "per": "month", "for_whole_period": True}
    half = entry(on=date(2025, 9, 30), since=date(2024, 4, 1), unit="month")
    beyond = entry(on=date(2027, 12, 31), since=date(2020, 1, 1), unit="month")
    assert worth_of(half, **whole).points == 400
    assert worth_of(beyond, **whole).points == 800


@pytest.mark.parametrize(
    ("mode", "found"),
    [
        ("down", [0, 100, 100, 100, 200]),
        ("nearest", [0, 100, 200, 200, 200]),
        ("half-down", [0, 100, 100, 200, 200]),
        ("up", [100, 100, 200, 200, 200]),
    ],
)
def test_rounding(mode: str, found: list[int]) -> None:
    steps = Rounding.model_validate({"step": 1, "mode": mode})
    assert [rounded(Fraction(points), steps) for points in (1, 100, 150, 151, 200)] == found


@given(st.fractions(0, 10_000), st.sampled_from(["1", "0.25", "0.2", "0.5"]))
def test_rounding_moves_less_than_a_step(points: Fraction, step: str) -> None:
    for mode in ("down", "nearest", "half-down", "up"):
        steps = Rounding.model_validate({"step": step, "mode": mode})
        assert abs(rounded(points, steps) - points) < Fraction(step) * 100


@pytest.mark.parametrize(
    ("minutes", "points"),
    [(115, 220), (45, 0), (50, 100), (49, 0), (60, 120)],
)
def test_the_first_full_credit_comes_before_fractions(minutes: int, points: int) -> None:
    found = worth_of(
        entry(amount=minutes, unit="minute"), hour_minutes=50,
        rounding={"step": "0.2", "mode": "down", "first_full": 1},
    )  # fmt: skip
    assert found.points == points


def test_too_short_counts_nothing_and_says_so() -> None:
    found = worth_of(entry(amount="0.5"), minimum="0.75")
    assert (found.asked, found.points) == (50, 0)
    assert found.lost == ((Reason.TOO_SHORT, 50, "Shorter than the least that counts, 0.75 hours."),)


def test_the_first_full_point_is_said_in_points_and_not_in_units() -> None:
    fifths = {"per": "minute", "every": 50, "rounding": {"step": "0.2", "first_full": 1}}
    assert worth_of(entry(amount=45, unit="minute"), **fifths).lost == (
        (Reason.TOO_SHORT, 90, "It comes to 0.9. Only from 1 on it counts."),
    )
    hourly = {"minimum": 1, "rounding": {"step": 1, "first_full": 2}}
    for amount, text in (
        ("0.5", "Shorter than the least that counts, 1 hour."), ("1.5", "It comes to 1.5. Only from 2 on it counts."),
    ):  # fmt: skip
        assert worth_of(entry(amount=amount), **hourly).lost[0][2] == text


def test_what_is_for_the_whole_period_is_counted_in_months() -> None:
    with pytest.raises(ValueError, match="for_whole_period needs per = 'month'"):
        rule(for_whole_period=True, points=8)
    assert worth_of(entry(amount="0.75"), minimum="0.75").points == 75


def test_rounding_up_asks_for_more_and_loses_nothing() -> None:
    found = worth_of(entry(amount="1.5"), rounding={"step": 1, "mode": "nearest"})
    assert (found.asked, found.points, found.lost) == (200, 200, ())


def test_rounding_down_names_what_is_lost() -> None:
    found = worth_of(entry(amount="1.4"), rounding={"step": 1, "mode": "nearest"})
    assert (found.asked, found.points) == (140, 100)
    assert found.lost[0][:2] == (Reason.ROUNDING, 40)


def test_an_activity_brings_at_least_and_at_most() -> None:
    assert worth_of(entry(amount="0.1"), least=1).points == 100
    most = worth_of(entry(amount=40), most=32)
    assert (most.points, most.lost) == (
        3200,
        ((Reason.ACTIVITY_CAP, 800, "One activity of this kind counts up to 32."),),
    )
    assert worth_of(entry(amount=40), most_percent=10).points == 900
    assert worth_of(entry(amount=40), most=5, most_percent=10).points == 500
    stated = worth_of(entry(amount=40, unit="point"), most=32)
    assert stated.points == 3200


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({}, "1 an hour"),
        ({"points": 2, "per": "month"}, "2 a month"),
        ({"every": 7}, "1 for each 7 hours"),
        ({"points": 20, "per": "each"}, "20 each time"),
        ({"points": None}, "the points stated on the certificate"),
        ({"points": 8, "per": "month", "for_whole_period": True}, "8 for the whole period"),
    ],
)
def test_rates_in_words(parts: dict[str, Any], words: str) -> None:
    assert rate(rule(**parts)) == words


@pytest.mark.parametrize(
    ("parts", "amount", "wanted"),
    [
        ({"minimum": "0.75"}, "0.5", "0.75"),
        ({"rounding": {"step": 1, "mode": "down"}}, "1.4", "2"),
        ({"rounding": {"step": 1, "mode": "nearest"}}, "1.4", "1.5"),
        ({"rounding": {"step": "0.5", "mode": "down", "first_full": 1}}, "0.5", "1"),
        ({"points": None}, "1", None),
    ],
)
def test_how_much_would_be_enough(parts: dict[str, Any], amount: str, wanted: str | None) -> None:
    found = enough(rule(**parts), entry(amount=amount), TERM)
    assert found == (None if wanted is None else Fraction(wanted))


def test_the_same_question_under_the_same_rule_is_worked_out_once() -> None:
    one_rule, worths = rule(), Worths(TERM, 9000)
    one = worths.of(one_rule, entry("1", amount=2))
    assert Worths(TERM, 9000).of(one_rule, entry("2", amount=2)) is one
    assert worths.of(one_rule, entry("3", amount=2, role="chair")) is not one
    assert worths.of(rule(points=3), entry("4", amount=2)).points == 600


def test_a_limit_that_is_a_share_of_the_need_is_that_of_each_need() -> None:
    half = rule(most_percent=50)
    assert [Worths(TERM, needed).of(half, entry(amount=90)).points for needed in (9000, 6000, 9000)] == [
        4500, 3000, 4500,
    ]  # fmt: skip


def test_amounts_of_the_whole_period_are_those_of_each_period() -> None:
    whole = rule(per="month", for_whole_period=True, points=30)
    short = Term(Span(date(2024, 1, 1), date(2025, 1, 1)), Span(date(2024, 1, 1), date(2025, 1, 1)))
    found = [Worths(term, 9000).of(whole, entry(amount=12, unit="month")).points for term in (TERM, short)]
    assert found[1] == 3000
    assert found[0] < found[1]


def test_numbers_in_words() -> None:
    assert [number(Fraction(text)) for text in ("1", "0.75", "1/3", "2.5")] == ["1", "0.75", "1/3", "2.5"]
