"""Forms about the account itself."""

from typing import Any

from allauth.account.forms import SignupForm as EmailAndPasswordForm
from django import forms

from accounts.passwords import LEAST


class SignupForm(EmailAndPasswordForm):  # type: ignore[misc]
    """Name, email, password: the three things sign-up asks for, each once."""

    name = forms.CharField(
        max_length=150,
        error_messages={"required": "Enter your name"},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["required"] = "Enter your email address"
        self.fields["password1"].error_messages["required"] = "Enter a password"
        self.fields["password1"].help_text = f"At least {LEAST} characters"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
