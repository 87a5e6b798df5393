"""The day on which a standing is looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from accounts.form_style import PlainForm
from accounts.text_fields import DayField
from certifications.rules.dates import written


class PastDayForm(PlainForm, forms.Form):
    """A day that is over, or today, since the certification is in the record."""

    on = DayField(what="Day", label="On")

    def __init__(self, data: Any, *, first: date, today: date, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.first, self.today = first, today
        self.fields["on"].widget.attrs["class"] = "form-control w-date"

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if not self.first <= on <= self.today:
            raise forms.ValidationError(f"Choose a day from {written(self.first)} to {written(self.today)}")
        return on
