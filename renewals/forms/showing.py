"""What to show on the public page."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.form_style import PlainForm
from certifications.models import HeldCertification

from .more import Ticks


class ShowForm(PlainForm, forms.Form):
    """Which certifications, and how much of each."""

    mark_optional = False

    held = forms.ModelMultipleChoiceField(
        queryset=HeldCertification.objects.none(), label="What to show", widget=Ticks,
        error_messages={
            "required": "Choose at least one certification", "invalid_choice": "Choose from the list",
            "invalid_pk_value": "Choose from the list",
        },
    )  # fmt: skip
    shows_level = forms.BooleanField(label="Show the level", required=False)
    shows_end = forms.BooleanField(label="Show the end date", required=False)

    def __init__(self, data: Any = None, *, user: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        mine = HeldCertification.objects.of(user).in_use().with_certification().order_by("added_at", "pk")
        self.fields["held"].queryset = mine  # type: ignore[attr-defined]
