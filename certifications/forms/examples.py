"""Forms of worked examples: accepting a result, and an example made by hand."""

from __future__ import annotations

from django import forms

from accounts.form_style import PlainForm
from accounts.plain_text import one_line


class AcceptForm(PlainForm, forms.Form):
    """Taking the new result as the expected one, with a note that says why it is right."""

    note = forms.CharField(
        label="Why the new result is right", max_length=500, help_text="It stays with the example.",
        error_messages={"required": "Enter why the new result is right"},
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    lock_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    def clean_note(self) -> str:
        return one_line(self.cleaned_data["note"])
