"""One box for how much, in many units, within what can have happened."""

import time

import pytest
from django import forms

from renewals.forms.amounts import UNITS, read_amount, shown_amount


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("1.5", "hour", (150, "hour")),
        ("1,5", "hour", (150, "hour")),
        ("1h30", "hour", (150, "hour")),
        ("1:30", "hour", (150, "hour")),
        ("90 min", "hour", (150, "hour")),
        ("50 min", "hour", (5000, "minute")),
        ("24", "hour", (2400, "hour")),
        (".25", "hour", (25, "hour")),
        ("90", "minute", (9000, "minute")),
        ("1h30", "minute", (150, "hour")),
        ("1440", "minute", (144000, "minute")),
        ("2.5", "day", (250, "day")),
        ("0,8", "ceu", (80, "ceu")),
        ("3", "semester-credit", (300, "semester-credit")),
        ("4", "quarter-credit", (400, "quarter-credit")),
        ("1", "each", (100, "each")),
        ("400", "point", (40000, "point")),
        ("3 points", "hour", (300, "point")),
        ("2,5 pts", "hour", (250, "point")),
        ("1 point", "point", (100, "point")),
    ],
)
def test_amounts(text: str, unit: str, amount: tuple[int, str]) -> None:
    assert read_amount(text, unit) == amount


def refused(text: str, unit: str, days: int = 1) -> str:
    begun = time.thread_time()
    with pytest.raises(forms.ValidationError) as caught:
        read_amount(text, unit, days)
    assert time.thread_time() - begun < 0.25
    return str(caught.value.messages[0])


NOT_NUMBERS = [
    "-1", "+1", "NaN", "Infinity", "1e400", "1E+5", "0.001", "0.333333", "1_000", "\uff11\uff12", "\u0661", "9" * 5000,
    "one", "1..5", ".", "1.", "\u00bd", ". points", "1e5 points", "points",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_NUMBERS)
@pytest.mark.parametrize("unit", UNITS)
def test_what_is_no_amount(text: str, unit: str) -> None:
    said = refused(text, unit)
    assert said.startswith("Enter the ")
    assert "number" in said


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("text", ["0", "0.0", "0,00"])
def test_nothing_at_all(text: str, unit: str) -> None:
    assert refused(text, unit).startswith("Enter more than 0 ")


@pytest.mark.parametrize(
    ("text", "unit", "days", "said"),
    [
        ("25", "hour", 1, "A day has 24 hours. If it took several days, give the first day below"),
        ("24.01", "hour", 1, "A day has 24 hours. If it took several days, give the first day below"),
        ("1441", "minute", 1, "A day has 24 hours. If it took several days, give the first day below"),
        ("73", "hour", 3, "These 3 days have 72 hours. Enter that or fewer"),
        ("401", "point", 1, "Enter 400 points on the certificate or fewer"),
        ("41", "ceu", 1, "Enter 40 CEUs or fewer"),
        ("101", "each", 1, "Enter 100 times or fewer"),
        ("367", "day", 1, "Enter 366 days or fewer"),
    ],
)
def test_more_than_can_have_happened(text: str, unit: str, days: int, said: str) -> None:
    assert refused(text, unit, days) == said


def test_a_course_of_several_days_has_their_hours() -> None:
    assert read_amount("40", "hour", 5) == (4000, "hour")


def test_what_is_missing_is_named_in_its_unit() -> None:
    assert refused("", "hour") == "Enter how many hours it took"
    assert refused("", "point") == "Enter how many points on the certificate"


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [(150, "hour", "1.5"), (5000, "minute", "50 min"), (123400, "hour", "1234"), (25, "day", "0.25")],
)
def test_an_amount_goes_back_into_its_box(amount: int, unit: str, shown: str) -> None:
    assert shown_amount(amount, unit) == shown
    assert read_amount(shown, "hour" if unit == "minute" else unit, 60) == (amount, unit)
