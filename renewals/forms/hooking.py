"""The form of an employer's webhook."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.form_style import PlainForm
from accounts.text_fields import LineField

from ..models import Webhook
from ..webhooks.posting import Refused, checked


class WebhookForm(PlainForm, forms.Form):
    """Where an employer's own system is told."""

    url = LineField(
        label="Address",
        max_length=300,
        help_text="Starts with https:// and answers from the public internet.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": "Enter an address", "max_length": "Address must be 300 characters or fewer"},
    )
    is_on = forms.BooleanField(label="Send messages to it", required=False)

    mark_optional = False

    @classmethod
    def of(cls, hook: Webhook | None, data: Any = None) -> WebhookForm:
        return cls(data, initial={"url": hook.url if hook else "", "is_on": hook.is_on if hook else True})

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            checked(url)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None
        return url
