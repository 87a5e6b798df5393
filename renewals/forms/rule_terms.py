"""From when a draft of rules is to hold, and whom it spares."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.fields import DayMonthYearField, RadioCards
from certifications.content import Content
from certifications.protections import MOST_GRACE, Protections


class TermsForm(forms.Form):
    """The terms of a draft. `lock_version` is the state of the draft that the page showed."""

    starts_on = DayMonthYearField(what="First day in force")
    applies = forms.ChoiceField(
        label="Applies to",
        choices=[("running", "Periods running on that day"), ("starting", "Only periods that start then or later")],
        widget=RadioCards(layout="single"),
    )
    keep = forms.BooleanField(label="Points that counted before stay counted", required=False)
    grace_months = forms.IntegerField(
        label="Months of grace",
        help_text="Periods that end within so many months after that day keep the rules they have. 0 for none.",
        min_value=0, max_value=MOST_GRACE, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-year"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"Enter a whole number from 0 to {MOST_GRACE}"
        ),
    )  # fmt: skip
    correction = forms.CharField(
        label="Reason for a day that is not ahead", required=False, max_length=300,
        help_text="To correct rules that were wrong, or for first rules that hold already. Closed periods keep their "
        "result.",
        error_messages={"max_length": "Use at most 300 characters"},
    )  # fmt: skip
    lock_version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def protections(self) -> Protections:
        """What was chosen, once the form holds."""
        chosen = self.cleaned_data
        running = chosen["applies"] == "running"
        # Who is not reached at all needs no other protection: two that say the same must be the same content.
        return Protections(
            running=running, keep=running and chosen["keep"], grace_months=chosen["grace_months"] if running else 0,
            correction=chosen["correction"],
        )  # fmt: skip


def initial_of(content: Content, lock_version: int) -> dict[str, Any]:
    """The form as the draft has it."""
    kept = content.protections
    return {
        "starts_on": content.starts_on, "applies": "running" if kept.running else "starting", "keep": kept.keep,
        "grace_months": kept.grace_months, "correction": kept.correction, "lock_version": lock_version,
    }  # fmt: skip
