"""Fields that read what people write: a date in three boxes, a time in hours or minutes.

Only ASCII digits count as digits; whatever else looks like a number is refused with a sentence that says what to enter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
FIRST_DAY = date(1950, 1, 1)
LAST_DAY = date(2199, 12, 31)  # nothing is that far away, and periods can still be counted on from there
_LONGEST = 20  # nothing longer is a number here; refusing by length is quick whatever is sent

_H, _M = "(?:h|hrs?|hours?)", "(?:m|mins?|minutes?)"
_HOURS = re.compile(rf"(?=[.,]?[0-9])([0-9]{{0,6}})(?:[.,]([0-9]{{1,2}}))?\s*{_H}?")
_HOURS_AND_MINUTES = re.compile(
    r"([0-9]{1,4})\s*(?:h|hr|hrs|hour|hours)\s*([0-9]{1,2})\s*(?:m|min|mins|minute|minutes)?"
)
_CLOCK = re.compile(r"([0-9]{1,4}):([0-9]{2})")
_MINUTES = re.compile(rf"([0-9]{{1,6}})\s*{_M}")


@dataclass(frozen=True)
class Duration:
    """A length of time as written: a number with at most two decimals, in hours or in minutes."""

    number: Decimal
    unit: str  # "hour" or "minute"

    @property
    def hundredths(self) -> int:
        """The number in whole hundredths of its unit, as activities keep it."""
        return int(self.number * 100)


def parse_duration(text: str) -> Duration:
    """Read "1.5", "1,5", "1h30", "1:30" or "90 min".

    Minutes become hours where two decimals say it exactly (90 min is 1.5 hours) and stay minutes where not (50 min).
    Raises ValueError for anything else: signs, exponents, grouping, other digits, more than two decimals, nothing.
    """
    text = text.strip().lower()
    if not text or len(text) > _LONGEST:
        raise ValueError("not a length of time")
    if found := _HOURS.fullmatch(text):
        return Duration(Decimal(f"{found[1] or 0}.{found[2] or 0}").normalize() + 0, "hour")
    if found := _HOURS_AND_MINUTES.fullmatch(text) or _CLOCK.fullmatch(text):
        if int(found[2]) > 59:
            raise ValueError("an hour has 60 minutes")
        return _from_minutes(int(found[1]) * 60 + int(found[2]))
    if found := _MINUTES.fullmatch(text):
        return _from_minutes(int(found[1]))
    raise ValueError("not a length of time")


def _from_minutes(minutes: int) -> Duration:
    hundredths, rest = divmod(minutes * 100, 60)
    if rest:
        return Duration(Decimal(minutes), "minute")
    return Duration((Decimal(hundredths) / 100).normalize() + 0, "hour")


def show_duration(value: Duration) -> str:
    """As it is put back into the box: "1.5", "50 min"."""
    number = format(value.number, "f")
    return number if value.unit == "hour" else f"{number} min"


class HoursField(forms.CharField):
    """How long it took, typed with a decimal keypad. Gives a Duration."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "w-hours"})
    default_error_messages = {
        "required": "Enter how many hours it took",
        "unclear": "Enter the hours as a number, like 1.5, or as minutes, like 90 min",
        "zero": "Enter more than 0 hours",
        "too_many": "Enter {most} hours or fewer",
    }

    def __init__(self, *, most_hours: int = 10_000, **kwargs: Any) -> None:
        self.most_hours = most_hours
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Duration):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            duration = parse_duration(text)
        except ValueError:
            raise ValidationError(self.error_messages["unclear"], code="unclear") from None
        if duration.number <= 0:
            raise ValidationError(self.error_messages["zero"], code="zero")
        if duration.number > self.most_hours * (1 if duration.unit == "hour" else 60):
            raise ValidationError(self.error_messages["too_many"].format(most=f"{self.most_hours:,}"), code="too_many")
        return duration

    def run_validators(self, value: Any) -> None:
        """Nothing more to check: the text validators do not apply to a Duration."""

    def prepare_value(self, value: Any) -> Any:
        return show_duration(value) if isinstance(value, Duration) else value


class RadioCards(forms.RadioSelect):
    """Radio buttons as large cards. `layout`: "" (two or three beside each other), "narrow" (three short ones on a
    phone) or "single" (one below the other)."""

    def __init__(self, *args: Any, layout: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layout = layout


class DayMonthYear(forms.MultiWidget):
    """Three boxes. A date copied from a card is typed, not looked up in a calendar."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        parts = (("Day", "w-day", "numeric"), ("Month", "w-month", ""), ("Year", "w-year", "numeric"))
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part.lower(): forms.TextInput(
                attrs={"part": part, "width": width, "inputmode": keypad, "autocomplete": "off"}
            )
            for part, width, keypad in parts
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[str]:
        return [str(value.day), f"{value:%B}", str(value.year)] if isinstance(value, date) else ["", "", ""]

    def _render(self, template_name: str, context: Mapping[str, Any], renderer: Any = None) -> SafeString:
        # From the project's own templates, where the house style lives, whichever form renderer is set.
        return render_to_string("components/day_month_year.html", dict(context))


class DayMonthYearField(forms.MultiValueField):
    """A date in three boxes; the month by number or by name. `what` names it in messages: "Expiry date"."""

    widget = DayMonthYear

    def __init__(
        self, *, what: str = "Date", earliest: date = FIRST_DAY, latest: date = LAST_DAY, **kwargs: Any
    ) -> None:
        self.what, self.earliest, self.latest = what, earliest, latest
        boxes = tuple(forms.CharField(required=False, max_length=_LONGEST) for _ in range(3))
        kwargs.setdefault("label", what)
        super().__init__(fields=boxes, require_all_fields=False, **kwargs)
        # Forms may set their own; the sentence names the date, since a page can ask for two.
        self.error_messages.setdefault("required", "")
        if "required" not in kwargs.get("error_messages", {}):
            self.error_messages["required"] = f"Enter the {what[:1].lower()}{what[1:]}"

    def clean(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        parts = [str(part or "").strip() for part in (value or ("", "", ""))]
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        missing = [name for name, part in zip(("a day", "a month", "a year"), parts, strict=True) if not part]
        if missing:
            raise ValidationError(f"{self.what} must include {' and '.join(missing)}", code="incomplete")
        return self._within_bounds(self._read(*parts))

    def _read(self, day: str, month: str, year: str) -> date:
        number = month_number(month)
        if number is None:
            raise ValidationError(f"{self.what}: enter the month as a number or a name, like 3 or March", code="month")
        if not re.fullmatch(r"[0-9]{4}", year):
            raise ValidationError(f"{self.what}: enter the year with four digits, like 2027", code="year")
        try:
            if not re.fullmatch(r"[0-9]{1,2}", day):
                raise ValueError
            return date(int(year), number, int(day))
        except ValueError:
            raise ValidationError(f"{self.what} must be a real date", code="unreal") from None

    def _within_bounds(self, found: date) -> date:
        for ok, word, bound in (
            (found >= self.earliest, "on or after", self.earliest),
            (found <= self.latest, "on or before", self.latest),
        ):
            if not ok:
                raise ValidationError(
                    f"{self.what} must be {word} {bound.day} {bound:%b} {bound.year}", code="out_of_bounds"
                )
        return found


def month_number(text: str) -> int | None:
    """1 to 12 for "3", "03", "Mar", "mar.", "March"; None for anything else."""
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text) if 1 <= int(text) <= 12 else None
    name = text.lower().rstrip(".")
    if len(name) < 3 or not name.isascii():
        return None
    found = [number for number, month in enumerate(MONTHS, 1) if month.startswith(name)]
    return found[0] if len(found) == 1 else None
