"""The form of the page for two people who edited one draft."""

from __future__ import annotations

import json
from typing import Any

from django import forms

from certifications.rules.parsing import MOST_BYTES
from certifications.rules.raw import as_raw, unfit


class MergeForm(forms.Form):
    """One's own document as it would have become, the state of the draft it is held against, and the way back."""

    mine = forms.CharField(max_length=MOST_BYTES * 2, strip=False)
    lock_version = forms.IntegerField(min_value=1, max_value=2_000_000_000)
    read = forms.IntegerField(min_value=1, max_value=2_000_000_000)
    back = forms.CharField(max_length=500, required=False)

    def clean_mine(self) -> dict[str, Any]:
        try:
            values = json.loads(self.cleaned_data["mine"], parse_float=str, parse_constant=str)
        except (ValueError, RecursionError):
            raise forms.ValidationError("This is not a document") from None
        if not isinstance(values, dict) or unfit(values):
            raise forms.ValidationError("This is not a document")
        return as_raw(values)
