"""The forms of whoever runs the site."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.form_style import PlainForm
from accounts.text_fields import DayField, LineField

from ..operating.trail import Trail


class HoldForm(PlainForm, forms.Form):
    """Why sending is held."""

    reason = LineField(
        label="Why",
        max_length=200,
        help_text="Whoever runs this site reads it, like: the mail server moves tonight.",
        error_messages={"required": "Say why sending is held", "max_length": "Use 200 characters or fewer"},
    )

    def clean_reason(self) -> str:
        """A sentence: it stands before others."""
        reason: str = self.cleaned_data["reason"]
        return reason if reason.endswith((".", "?", "!")) else f"{reason}."


class TrailForm(PlainForm, forms.Form):
    """Which events of the audit trail are looked at. Made for an address, so it is a GET form."""

    who = LineField(label="Who", required=False, max_length=254)
    what = LineField(label="What", required=False, max_length=80)
    since = DayField(what="From", label="From", required=False)
    until = DayField(what="To", label="To", required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or self.cleaned_data
        since, until = chosen.get("since"), chosen.get("until")
        if since and until and until < since:
            self.add_error("until", "To must not be before From")
        return dict(chosen)

    def asked(self) -> Trail:
        """What was asked for; everything where it cannot be read."""
        if not self.is_valid():
            return Trail()
        chosen = self.cleaned_data
        return Trail(chosen["who"], chosen["what"], chosen["since"], chosen["until"])
