"""Dates that are read off a card."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.fields import DayMonthYear, DayMonthYearField


def boxes(name: str, day: date) -> dict[str, str]:
    """A date as a form sends it from three boxes."""
    widget: Any = DayMonthYear()
    return {name + part: text for part, text in zip(widget.widgets_names, widget.decompress(day), strict=True)}


class CardDateField(DayMonthYearField):
    """The date on a card. Where only its month matters the day may stay empty."""

    def __init__(self, *, day_matters: bool = True, **kwargs: Any) -> None:
        self.day_matters = day_matters
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        if isinstance(value, list | tuple) and not self.day_matters and len(value) == 3:
            day, month, year = (str(part or "").strip() for part in value)
            value = ["1" if not day and (month or year) else day, month, year]
        return super().clean(value)
