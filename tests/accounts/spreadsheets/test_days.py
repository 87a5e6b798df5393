"""Days are read in every clear form, and asked about where they could be two."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.spreadsheets.days import DAY_FIRST, MONTH_FIRST, is_ambiguous, read_day


@pytest.mark.parametrize(
    "text",
    ["2027-03-31", "2027/3/31", "2027-03-31 00:00:00", "31 Mar 2027", "31-Mar-2027", "31st March 2027", "Mar 31, 2027",
     "March 31 2027", "Sept. 30, 2027", "3/31/2027", "31/3/2027", "31.03.2027", "5/5/2027"],
)  # fmt: skip
def test_clear_days_need_no_order(text: str) -> None:
    found = read_day(text)
    assert found.year == 2027
    assert not is_ambiguous(text)


@pytest.mark.parametrize("text", ["3/4/2027", "03.04.2027", "12-1-2027"])
def test_a_day_that_could_be_two_is_not_guessed(text: str) -> None:
    assert is_ambiguous(text)
    with pytest.raises(ValueError, match="month first or day first"):
        read_day(text)
    assert read_day(text, MONTH_FIRST) != read_day(text, DAY_FIRST)


def test_the_order_decides() -> None:
    assert read_day("3/4/2027", MONTH_FIRST) == date(2027, 3, 4)
    assert read_day("3/4/2027", DAY_FIRST) == date(2027, 4, 3)


@pytest.mark.parametrize("order", ["", MONTH_FIRST, DAY_FIRST])
@pytest.mark.parametrize(
    "text",
    ["", "soon", "2027", "3/2027", "3/31/27", "2027-02-29", "31/31/2027", "13/13/2027", "0/5/2027", "2027-13-01",
     "٣/٤/٢٠٢٧", "31 Foo 2027", "45747", "1/2/2027 and later", "99999-01-01"],
)  # fmt: skip
def test_what_is_no_day_is_refused(text: str, order: str) -> None:
    with pytest.raises(ValueError):
        read_day(text, order)


@pytest.mark.parametrize(("text", "order"), [("31/3/2027", MONTH_FIRST), ("3/31/2027", DAY_FIRST)])
def test_a_day_against_the_order_that_was_chosen_is_refused(text: str, order: str) -> None:
    with pytest.raises(ValueError):
        read_day(text, order)
