"""Forms about the account itself."""

from typing import Any

from allauth.account.forms import SignupForm as EmailAndPasswordForm
from django import forms
from django.db import IntegrityError
from django.http import HttpRequest

from accounts.models import User
from accounts.passwords import LEAST
from accounts.text_fields import NameField

_NAME_LENGTH = User._meta.get_field("name").max_length


class SignupForm(EmailAndPasswordForm):
    """Name, email, password: the three things sign-up asks for, each once."""

    name = NameField(
        max_length=_NAME_LENGTH,
        error_messages={
            "required": "Enter your name",
            "max_length": f"Name must be {_NAME_LENGTH} characters or fewer",
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["required"] = "Enter your email address"
        self.fields["email"].error_messages["invalid"] = "Enter an email address like name@example.com"
        self.fields["password1"].error_messages["required"] = "Enter a password"
        self.fields["password1"].help_text = f"At least {LEAST} characters"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:  # type: ignore[has-type]
            # The same work as for a new account: the time an answer takes must not tell who is known here.
            User().set_password(self.cleaned_data["password1"])
        try:
            return super().try_save(request)
        except IntegrityError:
            # Somebody signed up with this address a moment ago: answer as for every known address.
            self.account_already_exists = True
            return super().try_save(request)
