"""The form of taking a record as a worked example."""

from __future__ import annotations

from django import forms

from accounts.form_style import PlainForm
from accounts.plain_text import one_line


class SayForm(PlainForm, forms.Form):
    """What the example shows, in a sentence."""

    say = forms.CharField(
        label="What it shows", max_length=160, widget=forms.TextInput({"autocomplete": "off"}),
        help_text="Without names: everybody can read it once the rules are published.",
        error_messages={"required": "Enter what the example shows"},
    )  # fmt: skip
    lock_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    def clean_say(self) -> str:
        return one_line(self.cleaned_data["say"])
