"""How every form here behaves: no browser validation, no placeholders, a sentence for every empty field."""

from __future__ import annotations

from typing import Any

from django import forms

_DEFAULT_REQUIRED = str(forms.Field.default_error_messages["required"])
_DEFAULT_CHOICE = str(forms.ChoiceField.default_error_messages["invalid_choice"])


class PlainForm:
    """Put before the form class. Gives each field messages in the words of its own label."""

    fields: dict[str, forms.Field]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            label, told = str(field.label or name.replace("_", " ").capitalize()), field.error_messages
            if str(told.get("required")) == _DEFAULT_REQUIRED:
                told["required"] = _missing(field, label)
            if str(told.get("invalid_choice")) == _DEFAULT_CHOICE:
                told["invalid_choice"] = f"{label}: choose from the list".replace("?:", ":")
            most = getattr(field, "max_length", None)
            if most and "max_length" not in told:
                what = "Use" if label.endswith("?") else f"{label} must be"
                told["max_length"] = f"{what} {most:,} characters or fewer"


def _missing(field: forms.Field, label: str) -> str:
    """The sentence for a field that was left empty; a label that is a question cannot be taken up."""
    if isinstance(field, forms.BooleanField):
        return f'Tick "{label}"'
    verb = "Choose" if isinstance(field, forms.ChoiceField) else "Enter"
    if label.endswith("?"):
        return f"{verb} an answer"
    return f"{verb} {label[:1].lower()}{label[1:]}"
