"""What people may write as a date and as a length of time."""

import time
from datetime import date
from decimal import Decimal

import pytest
from django import forms

from accounts.fields import DayMonthYearField, Duration, HoursField, RadioCards, month_number, parse_duration


class CardForm(forms.Form):
    expiry = DayMonthYearField(what="Expiry date", latest=date(2036, 12, 31))


class HoursForm(forms.Form):
    hours = HoursField(most_hours=2000)


def filled(day: str, month: str, year: str) -> CardForm:
    return CardForm({"expiry_day": day, "expiry_month": month, "expiry_year": year})


def error(form: forms.Form, field: str) -> str:
    (message,) = form.errors[field]
    return str(message)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("1.5", "1.5", "hour"),
        ("1,5", "1.5", "hour"),
        (" 8 ", "8", "hour"),
        ("0.25", "0.25", "hour"),
        (".5", "0.5", "hour"),
        ("8h", "8", "hour"),
        ("8 Hours", "8", "hour"),
        ("1h30", "1.5", "hour"),
        ("1 h 30 min", "1.5", "hour"),
        ("1:30", "1.5", "hour"),
        ("90 min", "1.5", "hour"),
        ("45m", "0.75", "hour"),
        ("50 min", "50", "minute"),
        ("1h20", "80", "minute"),
        ("100", "100", "hour"),
    ],
)
def test_lengths_of_time_are_read_exactly(text: str, number: str, unit: str) -> None:
    found = parse_duration(text)
    assert found == Duration(Decimal(number), unit)
    assert found.hundredths == Decimal(number) * 100
    assert "E" not in str(found.number)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "-1", "+1", "NaN", "Infinity", "1e5", "1E+5", "1_000", "1 000", "1,000", "1.005", "0.333333",
     "١٢", "\uff11\uff12",
     "one", "1h60", "1:75", "1..5", "1.", ".", "h", "min", "1h -5", "8 hours of class", "9" * 7, "1.5.2", "1½", "0x10",
     "1\u200b", "8;drop"],
)  # fmt: skip
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_duration(text)


@pytest.mark.parametrize(
    "text", ["9" * 5001, "9" * 1_000_000, "1." + "1" * 100_000, "1h" + "0" * 100_000, " " * 99_999]
)
def test_long_texts_are_refused_quickly(text: str) -> None:
    started = time.thread_time()
    with pytest.raises(ValueError):
        parse_duration(text)
    assert time.thread_time() - started < 0.25


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Enter how many hours it took"),
        ("   ", "Enter how many hours it took"),
        ("eight", "Enter the hours as a number, like 1.5, or as minutes, like 90 min"),
        ("0", "Enter more than 0 hours"),
        ("-0", "Enter the hours as a number, like 1.5, or as minutes, like 90 min"),
        ("0 min", "Enter more than 0 hours"),
        ("2000.01", "Enter 2,000 hours or fewer"),
        ("120001 min", "Enter 2,000 hours or fewer"),
        ("1\x00", "Enter the hours as a number, like 1.5, or as minutes, like 90 min"),
    ],
)
def test_hours_field_says_what_to_enter(text: str, sentence: str) -> None:
    assert error(HoursForm({"hours": text}), "hours") == sentence


def test_hours_field_gives_a_duration_and_keeps_what_was_typed() -> None:
    form = HoursForm({"hours": "1h30"})
    assert form.is_valid()
    assert form.cleaned_data["hours"] == Duration(Decimal("1.5"), "hour")
    assert 'value="1h30"' in str(form["hours"])
    assert 'inputmode="decimal"' in str(form["hours"])


def test_hours_field_shows_what_is_stored() -> None:
    form = HoursForm(initial={"hours": Duration(Decimal(50), "minute")})
    assert 'value="50 min"' in str(form["hours"])


def test_an_optional_length_of_time_may_be_left_empty() -> None:
    assert HoursField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (("31", "3", "2027"), date(2027, 3, 31)),
        (("31", "03", "2027"), date(2027, 3, 31)),
        (("1", "Mar", "2027"), date(2027, 3, 1)),
        ((" 1 ", "march", " 2027 "), date(2027, 3, 1)),
        (("1", "SEPT.", "2027"), date(2027, 9, 1)),
        (("29", "February", "2028"), date(2028, 2, 29)),
        (("1", "1", "1950"), date(1950, 1, 1)),
        (("31", "12", "2036"), date(2036, 12, 31)),
    ],
)
def test_dates_are_read(parts: tuple[str, str, str], found: date) -> None:
    form = filled(*parts)
    assert form.is_valid()
    assert form.cleaned_data["expiry"] == found


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("", "", ""), "Enter the expiry date"),
        (("31", "3", ""), "Expiry date must include a year"),
        (("", "March", ""), "Expiry date must include a day and a year"),
        (("29", "2", "2027"), "Expiry date must be a real date"),
        (("30", "2", "2024"), "Expiry date must be a real date"),
        (("0", "2", "2024"), "Expiry date must be a real date"),
        (("٣١", "3", "2027"), "Expiry date must be a real date"),
        (("1", "13", "2024"), "Expiry date: enter the month as a number or a name, like 3 or March"),
        (("1", "Ma", "2024"), "Expiry date: enter the month as a number or a name, like 3 or March"),
        (("1", "marzo", "2024"), "Expiry date: enter the month as a number or a name, like 3 or March"),
        (("1", "3", "27"), "Expiry date: enter the year with four digits, like 2027"),
        (("1", "3", "10000"), "Expiry date: enter the year with four digits, like 2027"),
        (("1", "3", "\uff12\uff10\uff12\uff17"), "Expiry date: enter the year with four digits, like 2027"),
        (("31", "12", "1949"), "Expiry date must be on or after 1 Jan 1950"),
        (("1", "1", "0001"), "Expiry date must be on or after 1 Jan 1950"),
        (("1", "1", "2037"), "Expiry date must be on or before 31 Dec 2036"),
        (("31", "12", "9999"), "Expiry date must be on or before 31 Dec 2036"),
    ],
)
def test_dates_are_refused_with_a_sentence(parts: tuple[str, str, str], sentence: str) -> None:
    assert error(filled(*parts), "expiry") == sentence


def test_a_date_without_a_bound_of_its_own_still_has_one() -> None:
    with pytest.raises(forms.ValidationError, match="Date must be on or before 31 Dec 2199"):
        DayMonthYearField().clean(["31", "12", "9999"])


def test_a_long_text_in_a_date_is_refused_quickly() -> None:
    started = time.thread_time()
    assert not filled("9" * 1_000_000, "9" * 1_000_000, "9" * 1_000_000).is_valid()
    assert time.thread_time() - started < 0.25


def test_the_three_boxes_keep_what_was_typed_and_have_their_labels() -> None:
    drawn = str(filled("31", "Feb", "")["expiry"])
    assert 'value="31"' in drawn
    assert 'value="Feb"' in drawn
    for name, control in (("Day", "id_expiry_0"), ("Month", "id_expiry_1"), ("Year", "id_expiry_2")):
        assert f'<label for="{control}">{name}</label>' in drawn
        assert f'id="{control}"' in drawn
    assert "required" not in drawn


def test_a_stored_date_is_shown_with_the_name_of_its_month() -> None:
    drawn = str(CardForm(initial={"expiry": date(2027, 3, 31)})["expiry"])
    assert all(f'value="{part}"' in drawn for part in ("31", "March", "2027"))


def test_an_optional_date_may_be_left_empty_but_not_half_empty() -> None:
    field = DayMonthYearField(what="End date", required=False)
    assert field.clean(["", "", ""]) is None
    assert field.clean(None) is None
    with pytest.raises(forms.ValidationError, match="End date must include a month and a year"):
        field.clean(["1", "", ""])


def test_every_month_has_its_number_its_name_and_its_short_name() -> None:
    for number in range(1, 13):
        name = date(2027, number, 1)
        assert month_number(str(number)) == month_number(f"{name:%B}") == month_number(f"{name:%b}") == number


@pytest.mark.parametrize("text", ["0", "13", "", "Ju", "Jun e", "juny", "\uff4a\uff55\uff4e\uff45", "-3", "3.0"])
def test_what_is_no_month(text: str) -> None:
    assert month_number(text) is None


def test_radio_cards_carry_their_layout_without_writing_it_into_the_input() -> None:
    field = forms.ChoiceField(choices=[("a", "A")], widget=RadioCards(layout="narrow"))
    assert field.widget.layout == "narrow"
    assert "narrow" not in field.widget.render("when", None)
