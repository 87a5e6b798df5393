"""An employer's answer about one activity."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.form_style import PlainForm
from accounts.plain_text import one_line
from accounts.text_fields import NoteField


class AnswerForm(PlainForm, forms.Form):
    """Confirm, or ask for a change with a note. `version` and `seen` are what the answer is given on."""

    mark_optional = False

    note = NoteField(
        label="What should change?", required=False, max_length=500,
        help_text="The person reads this. For example: the certificate says 6 hours, not 8.",
        error_messages={"max_length": "Note must be 500 characters or fewer"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    change = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("change") and not one_line(data.get("note", "")) and not self.has_error("note"):
            self.add_error("note", "Enter what should change")
        if self.has_error("version"):
            del self._errors["version"]  # type: ignore[attr-defined]  # a broken one counts as an old one
            data["version"] = 0
        return data
