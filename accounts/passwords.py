"""What a password has to be. Said in the words of the sign-up page."""

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

LEAST = 10
# Hashing megabytes is a way to keep a server busy; nobody types this much.
MOST = 1024


class LengthValidator:
    """Between 10 and 1,024 characters; nothing is cut off."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) < LEAST:
            raise ValidationError(f"Password must be {LEAST} characters or more", code="password_too_short")
        if len(password) > MOST:
            raise ValidationError(f"Password must be {MOST} characters or fewer", code="password_too_long")

    def get_help_text(self) -> str:
        return f"At least {LEAST} characters"


class CommonValidator(password_validation.CommonPasswordValidator):
    """None of the passwords that are tried first."""

    def get_error_message(self) -> str:
        return "Choose a password that is harder to guess. Many people use this one"


class NumericValidator(password_validation.NumericPasswordValidator):
    """Not digits alone."""

    def get_error_message(self) -> str:
        return "Password must have letters as well as digits"
