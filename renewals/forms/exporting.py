"""The form that asks for an export."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

from django import forms

from accounts.models import Employer
from accounts.text_fields import DayField
from certifications.rules.dates import written

from ..exports.making import FORMATS, WHAT
from ..exports.report import MOST_LINES
from ..teams.filters import Filters
from .team import FilterForm

AHEAD = timedelta(days=5 * 366)


class ExportForm(FilterForm):
    """What, as of which day, in which format, and of whom."""

    what = forms.ChoiceField(
        label="What", choices=list(WHAT.items()), error_messages={"invalid_choice": "Choose what to export"}
    )
    on = DayField(what="Day", label="On")
    format = forms.ChoiceField(
        label="As", choices=list(FORMATS.items()), error_messages={"invalid_choice": "Choose a format"}
    )

    field_order = ["what", "on", "format", "team", "site", "certification", "ends", "standing"]

    def __init__(self, data: Any, *, employer: Employer, today: date, start: Mapping[str, str] | None = None) -> None:
        super().__init__(data, employer=employer, today=today)
        self.today = today
        self.fields["on"].widget.attrs["class"] = "form-control"
        self.initial = {"on": today, "what": "standing", "format": "csv"}
        for name, value in (start or {}).items():
            field = self.fields.get(name)
            # What an address says beyond the lists is not taken over.
            if isinstance(field, forms.ChoiceField) and field.valid_value(value):
                self.initial[name] = value

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < self.today:
            raise forms.ValidationError("Choose today or a later day: what counted on an earlier day is not kept")
        if on > self.today + AHEAD:
            raise forms.ValidationError("Choose a day within 5 years")
        return on

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or self.cleaned_data
        if chosen.get("format") == "pdf" and chosen.get("what") not in (None, "report"):
            self.add_error("format", "PDF is for the certification report. Choose CSV or Excel")
        return dict(chosen)

    def refuse_long(self) -> None:
        self.add_error("format", f"A PDF holds up to {MOST_LINES:,} certifications. Choose a team, or Excel")

    def kept(self) -> dict[str, Any]:
        """The filters as an export keeps them, with the words for the list of exports."""
        filters: Filters = self.filters()
        return {
            "team": filters.team, "site": filters.site, "certification": filters.certification,
            "ends": filters.ends.isoformat() if filters.ends else None, "standing": filters.standing,
            "said": self.said(filters),
        }  # fmt: skip

    def said(self, filters: Filters) -> str:
        """ "Crew A, Needs action, ends or ended by 31 Dec 2026"."""
        words = [self._label(name) for name in ("team", "site", "certification", "standing")]
        ends = f"ends or ended by {written(filters.ends)}" if filters.ends else ""
        return ", ".join(word for word in [*words, ends] if word)

    def _label(self, name: str) -> str:
        value = self.cleaned_data.get(name)
        choices: list[tuple[Any, str]] = list(cast(forms.ChoiceField, self.fields[name]).choices)  # type: ignore[arg-type]
        return next((label for key, label in choices if value and str(key) == value), "")
