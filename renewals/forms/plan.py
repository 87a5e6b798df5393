"""The two short forms of the planner: work over time, and everything else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from accounts.fields import HoursField
from accounts.form_style import PlainForm
from accounts.text_fields import DayField
from certifications.rules.dates import written
from certifications.rules.words import AMOUNT_UNITS, KINDS
from renewals.plans import LONGEST, PlanLine, work

SHARES = {"100": "Full time", "80": "Four fifths", "75": "Three quarters", "60": "Three fifths", "50": "Half time",
          "40": "Two fifths", "25": "A quarter", "20": "A fifth"}  # fmt: skip
FIELD_TIME = "field-time"


class _PlanForm(PlainForm, forms.Form):
    """What both share: dates that lie ahead and in the period."""

    mark_optional = False

    def __init__(self, *args: Any, today: date, last: date, **kwargs: Any) -> None:
        self.today, self.last = today, last
        super().__init__(*args, **kwargs)

    def _ahead(self, name: str, found: date | None, what: str) -> date | None:
        if found is None:
            return None
        if found < self.today:
            self.add_error(name, f"{what} has passed. Plan from today on, and log what is already done")
        elif found > self.last:
            self.add_error(name, f"{what} must be on or before {written(self.last)}, when this period ends")
        return found


class WorkForm(_PlanForm):
    """Field time, from a day to a day."""

    share = forms.ChoiceField(
        label="Share", choices=list(SHARES.items()), error_messages={"invalid_choice": "Choose a share from the list"}
    )
    field_order = ("from", "to", "share")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="work_%s", **kwargs)
        self.fields["from"] = DayField(what="First day", label="From")
        self.fields["to"] = DayField(what="Last day", label="To")
        self.fields["from"].error_messages["required"] = "Enter the first day of the field time"
        self.fields["to"].error_messages["required"] = "Enter the last day of the field time"
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        since = self._ahead("from", data.get("from"), "First day")
        on = self._ahead("to", data.get("to"), "Last day")
        if since and on and not self.errors and on < since:
            self.add_error("to", "Last day must be on or after the first day")
        if since and on and not self.errors and (on - since).days > LONGEST:
            self.add_error("to", "Plan ten years or less at a time")
        return data

    @property
    def line(self) -> PlanLine:
        """The line of a plan that this says."""
        data = self.cleaned_data
        return work(FIELD_TIME, data["from"], data["to"], int(data["share"]))


class OnceForm(_PlanForm):
    """Something done at once: a class, a talk, an exam."""

    kind = forms.ChoiceField(label="Kind", error_messages={"invalid_choice": "Choose a kind from the list"})
    amount = HoursField(label="How much")
    unit = forms.ChoiceField(label="Unit", error_messages={"invalid_choice": "Choose a unit from the list"})
    on = DayField(what="Date", label="Date, if not today", required=False)

    def __init__(self, *args: Any, kinds: Sequence[str], units: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="once_%s", **kwargs)
        self.fields["kind"].choices = [(key, KINDS[key].label) for key in kinds]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [(key, AMOUNT_UNITS[key].many) for key in units]  # type: ignore[attr-defined]
        self.fields["amount"].error_messages["required"] = "Enter how much, like 8"
        self.fields["amount"].error_messages["unclear"] = "Enter how much as a number, like 8 or 1.5"
        self.fields["amount"].error_messages["zero"] = "Enter more than 0"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self._ahead("on", data.get("on"), "Date")
        written_as_time = any(char.isalpha() or char == ":" for char in str(self.data.get("amount", "")))
        if data.get("amount") and written_as_time and data.get("unit") not in ("hour", "minute"):
            self.add_error("amount", "Enter how much as a number, like 8 or 1.5")
        return data

    @property
    def line(self) -> PlanLine:
        """The line of a plan that this says; without a date it is today."""
        data = self.cleaned_data
        amount = data["amount"]
        unit = "minute" if amount.unit == "minute" else data["unit"]
        return PlanLine(data["kind"], data["on"] or self.today, amount.hundredths, unit)
