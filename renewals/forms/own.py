"""A certification that the catalogue lacks, as its holder describes it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from accounts.fields import DayMonthYearField
from accounts.form_style import PlainForm
from accounts.text_fields import LineField
from certifications.rules.dates import DAY, Span, add_months

from .holding import FARTHEST_MONTHS
from .numbers import PointsField


class OwnForm(PlainForm, forms.Form):
    """Name, points, and the two ends of the running period: enough to count, without caps."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)
    name = LineField(
        label="Name of the certification", max_length=160,
        error_messages={
            "required": "Enter the name of the certification",
            "max_length": "Name of the certification must be 160 characters or fewer",
        },
    )  # fmt: skip
    need = PointsField(
        label="Points needed", required=False, help_text="For the whole period. Leave it empty if it needs no points."
    )

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        latest = add_months(today, FARTHEST_MONTHS)
        self.fields["starts"] = DayMonthYearField(
            what="First day of the period", latest=latest, help_text="Points from this day on count."
        )
        self.fields["last"] = DayMonthYearField(what="End date", latest=latest, help_text="The last day that counts.")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        starts, last = found.get("starts"), found.get("last")
        if starts and last and last <= starts:
            self.add_error("last", "End date must be after the first day of the period")
        return found

    @property
    def span(self) -> Span:
        return Span(self.cleaned_data["starts"], self.cleaned_data["last"] + DAY)
