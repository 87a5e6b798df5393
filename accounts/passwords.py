"""How long a password is. Said in the words of the sign-up page."""

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
