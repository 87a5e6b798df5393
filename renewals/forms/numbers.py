"""Numbers of points as people write them."""

from __future__ import annotations

from typing import Any

from django import forms

from certifications.rules.points import hundredths, show

_MOST = 100_000_00


class PointsField(forms.CharField):
    """How many points. Gives whole hundredths; "12,5" is read like "12.5"."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "w-hours"})
    default_error_messages = {
        "unclear": "Enter the points as a number, like 40",
        "zero": "Enter more than 0 points",
        "too_many": "Enter 100,000 points or fewer",
    }

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int):
            return value
        text = super().to_python(value) or ""
        if text in self.empty_values:
            return None
        try:
            points = hundredths(text.replace(",", ".", 1) if text.isascii() else text)
        except ValueError:
            raise forms.ValidationError(self.error_messages["unclear"], code="unclear") from None
        if points == 0:
            raise forms.ValidationError(self.error_messages["zero"], code="zero")
        if points > _MOST:
            raise forms.ValidationError(self.error_messages["too_many"], code="too_many")
        return points

    def run_validators(self, value: Any) -> None:
        """Nothing more to check: the text validators do not apply to a number."""

    def prepare_value(self, value: Any) -> Any:
        return show(value).replace(",", "") if isinstance(value, int) else value
