"""Fields for text, dates and links that people type or paste; each refuses in a sentence that says what to enter."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from datetime import date
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django import forms
from django.core.exceptions import ValidationError

from accounts.fields import FIRST_DAY, LAST_DAY
from accounts.plain_text import one_line

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", re.IGNORECASE)
# What mail programs make a link of. A bare "Booking.com" is a name.
_ADDRESS = re.compile(r"://|\bwww\.|\.[a-z]{2,}/", re.IGNORECASE)
_LONGEST_LINK = 500


class LineField(forms.CharField):
    """One line of text. What cannot be seen is not part of it, so a line of such marks counts as empty."""

    def to_python(self, value: Any) -> Any:
        return one_line(str(value)) if value not in self.empty_values else self.empty_value


class NameField(LineField):
    """What a person or a company is called. Names stand in mails to people who know neither: they carry no address."""

    default_error_messages = {"address": "Enter a name without a web address"}

    def to_python(self, value: Any) -> Any:
        name = super().to_python(value)
        if _ADDRESS.search(name):
            raise ValidationError(self.error_messages["address"], code="address")
        return name


class NoteField(forms.CharField):
    """Several lines of text, composed, without control marks."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return self.empty_value
        lines = str(value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(_plain(line) for line in lines).strip()


def _plain(line: str) -> str:
    composed = unicodedata.normalize("NFC", line)
    return "".join(char for char in composed if char == "\t" or unicodedata.category(char) not in ("Cc", "Cs"))


class IsoDate(forms.DateInput):
    """The browser's own date field; without one, a text field for 2026-10-01."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "w-date", **(attrs or {})}, format="%Y-%m-%d")


class DayField(forms.CharField):
    """A day from a date field, as 2026-10-01 and nothing else: 01/02/2026 means two days in two countries."""

    widget = IsoDate

    def __init__(self, *, what: str = "Date", earliest: date = FIRST_DAY, **kwargs: Any) -> None:
        self.what, self.earliest = what, earliest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date):
            return value
        text: str = super().to_python(value) or ""
        if not text:
            return None
        try:
            if not _ISO.fullmatch(text):
                raise ValueError
            found = date.fromisoformat(text)
        except ValueError:
            raise ValidationError(f"{self.what} must be a real date, like 2026-10-01", code="unreal") from None
        bound = max(self.earliest, min(found, LAST_DAY))
        if found != bound:
            word = "on or after" if found < bound else "on or before"
            said = f"{bound.day} {bound:%b} {bound.year}"
            raise ValidationError(f"{self.what} must be {word} {said}", code="out_of_bounds")
        return found

    def run_validators(self, value: Any) -> None:
        """Nothing more to check: the text validators do not apply to a date."""


class LinkField(forms.CharField):
    """An address on the public web. It is only ever shown; the server never opens it."""

    widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "autocapitalize": "none"})
    default_error_messages = {
        "unclear": "Enter a web address that starts with https:// or http://",
        "long": f"Link must be {_LONGEST_LINK} characters or fewer",
    }

    def to_python(self, value: Any) -> Any:
        text: str = super().to_python(value) or ""
        if not text:
            return self.empty_value
        if len(text) > _LONGEST_LINK:
            raise ValidationError(self.error_messages["long"], code="long")
        text = text if re.match(r"[a-z][a-z0-9+.-]*:|/|\\", text, re.IGNORECASE) else f"https://{text}"
        if not _is_outward(text):
            raise ValidationError(self.error_messages["unclear"], code="unclear")
        return text


def _is_outward(text: str) -> bool:
    if any(char.isspace() or unicodedata.category(char)[0] == "C" or char in "\\<>\"'`" for char in text):
        return False
    try:
        parts: SplitResult = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError:
        return False
    if parts.scheme.lower() not in ("http", "https") or parts.username is not None or parts.password is not None:
        return False
    return port != 0 and _is_public(host)


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        # A last part without a letter is a number in disguise, such as 127.1.
        return bool(_HOST.fullmatch(host)) and any(char.isalpha() for char in host.rpartition(".")[2])
