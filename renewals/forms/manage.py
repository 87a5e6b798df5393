"""The forms of whoever runs the site."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.form_style import PlainForm
from accounts.text_fields import DayField, LineField

from ..operating.trail import Trail


class ReasonForm(PlainForm, forms.Form):
    """Why something is decided about somebody: they read it, and the audit log keeps it."""

    reason = LineField(
        label="Why", max_length=200, error_messages={"required": "Say why", "max_length": "Use 200 characters or fewer"}
    )

    def clean_reason(self) -> str:
        """A sentence: it stands before others."""
        reason: str = self.cleaned_data["reason"]
        return reason if reason.endswith((".", "?", "!")) else f"{reason}."


class HoldForm(ReasonForm):
    """Why sending is held."""

    reason = LineField(
        label="Why",
        max_length=200,
        help_text="Whoever runs this site reads it, like: the mail server moves tonight.",
        error_messages={"required": "Say why sending is held", "max_length": "Use 200 characters or fewer"},
    )


class FindForm(PlainForm, forms.Form):
    """Whom or what to look for. Made for an address, so it is a GET form."""

    q = LineField(required=False, max_length=254)

    def __init__(self, data: Any, *, label: str) -> None:
        super().__init__({"q": data.get("q", "")})
        self.fields["q"].label = label
        self.fields["q"].error_messages["max_length"] = "Use 254 characters or fewer"
        self.fields["q"].widget.attrs |= {"class": "form-control", "autocomplete": "off", "type": "search"}

    def asked(self) -> str:
        """What to look for; nothing where it cannot be read."""
        return str(self.cleaned_data["q"]) if self.is_valid() else ""


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
