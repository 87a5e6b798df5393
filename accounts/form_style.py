"""How every form here behaves: no browser validation, no placeholders, a sentence for every empty field."""

from __future__ import annotations

from typing import Any

from django import forms

_DEFAULT_REQUIRED = str(forms.Field.default_error_messages["required"])


class PlainForm:
    """Put before the form class. Gives each required field a message in the words of its own label."""

    fields: dict[str, forms.Field]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if str(field.error_messages.get("required")) == _DEFAULT_REQUIRED:
                field.error_messages["required"] = _missing(field, str(field.label or name.replace("_", " ")))


def _missing(field: forms.Field, label: str) -> str:
    """The sentence for a field that was left empty; a label that is a question cannot be taken up."""
    if isinstance(field, forms.BooleanField):
        return f'Tick "{label}"'
    verb = "Choose" if isinstance(field, forms.ChoiceField) else "Enter"
    if label.endswith("?"):
        return f"{verb} an answer"
    return f"{verb} {label[:1].lower()}{label[1:]}"
