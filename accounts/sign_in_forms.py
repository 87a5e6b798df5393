"""The forms of sign-in and of two-step sign-in in our words. What they do is the library's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from accounts.form_style import PlainForm
from accounts.passwords import LEAST

NEW_PASSWORD_HELP = f"At least {LEAST} characters"


class EmailWords(PlainForm):
    """An email field that is asked for and refused in the same words everywhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("login") or self.fields["email"]
        field.error_messages["required"] = "Enter your email address"
        field.error_messages["invalid"] = "Enter an email address like name@example.com"


class NewPassword(PlainForm):
    """A new password is typed once: it can be looked at, so it need not be typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"].help_text = NEW_PASSWORD_HELP
        self.fields["password1"].label = "New password"
        self.fields["password1"].error_messages["required"] = "Enter a new password"


class LoginForm(EmailWords, account.LoginForm):
    """Email and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # the way to a new one stands below the button
        self.fields["password"].error_messages["required"] = "Enter your password"


class AddEmailForm(EmailWords, account.AddEmailForm):
    """A new address; it counts once its link was opened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "New email address"


class ResetPasswordForm(EmailWords, account.ResetPasswordForm):
    """Where to send the link."""


class ResetPasswordKeyForm(NewPassword, account.ResetPasswordKeyForm):
    """The new password, behind the link."""


class SetPasswordForm(NewPassword, account.SetPasswordForm):
    """The first password of somebody who had none."""


class ChangePasswordForm(NewPassword, account.ChangePasswordForm):
    """The password of now and the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Current password"
        self.fields["oldpassword"].help_text = ""
        self.fields["oldpassword"].error_messages["required"] = "Enter your current password"


class ReauthenticateForm(PlainForm, account.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = "Enter your password"


class CodeWords(PlainForm):
    """A code that is typed from a phone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code"
        self.fields["code"].error_messages["required"] = "Enter the code"
        self.fields["code"].widget.attrs["class"] = "w-hours"


class AuthenticateForm(CodeWords, mfa.AuthenticateForm):
    """The second step of signing in."""


class ReauthenticateCodeForm(CodeWords, mfa.ReauthenticateForm):
    """The second step once more."""


class ActivateTOTPForm(CodeWords, totp.ActivateTOTPForm):
    """The first code from a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class CredentialField(forms.JSONField):
    """What a browser says of a passkey: a table. The library keeps as one whatever else is nothing, like 0."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            said = super().to_python(value)
        except (ValueError, RecursionError):
            said = None
        if not said or not isinstance(said, dict):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return said


class FromDevice(forms.Form):
    """Whatever comes in place of a passkey's answer is refused; the library takes some of it apart unlooked at."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()

    def _clean_fields(self) -> None:
        self._refusing(super()._clean_fields)  # type: ignore[misc]

    def _clean_form(self) -> None:
        self._refusing(super()._clean_form)  # type: ignore[misc]

    def _refusing(self, clean: Callable[[], None]) -> None:
        try:
            clean()
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))


class LoginWebAuthnForm(FromDevice, webauthn.LoginWebAuthnForm):
    """Signing in with a passkey alone."""


class AuthenticateWebAuthnForm(FromDevice, webauthn.AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class ReauthenticateWebAuthnForm(FromDevice, webauthn.ReauthenticateWebAuthnForm):
    """A passkey once more."""


class AddWebAuthnForm(FromDevice, PlainForm, webauthn.AddWebAuthnForm):
    """A name for the passkey, and whether it may replace the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name"
        self.fields["name"].help_text = "So that you can tell your passkeys apart"
        self.fields["passwordless"].label = "Sign in with it instead of the password"
        self.fields["passwordless"].help_text = ""
        self.fields["passwordless"].initial = True


class EditWebAuthnForm(PlainForm, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(max_length=80, label="Name", error_messages={"required": "Enter a name"})
