"""One way to write a date, one way to read it."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import engines


def test_dates_are_written_as_people_read_them() -> None:
    page = engines["django"].from_string("{{ day }} | {{ day|date }} | {{ moment }} | {{ moment|time }}")
    shown = page.render({"day": date(2027, 3, 31), "moment": datetime(2027, 3, 31, 9, 5, tzinfo=UTC)})
    assert shown == "31 Mar 2027 | 31 Mar 2027 | 31 Mar 2027, 09:05 | 09:05"


@pytest.mark.parametrize("text", ["01/02/2024", "2/1/24", "Feb 1, 2024", "1 February 2024", "20240201", "10000-01-01"])
def test_a_date_that_can_be_read_two_ways_is_not_read(text: str) -> None:
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean(text)


def test_the_one_form_is_read() -> None:
    assert forms.DateField().clean("2024-02-01") == date(2024, 2, 1)
