"""One line of text as people mean it: what cannot be seen is not part of it."""

from __future__ import annotations

import re
import unicodedata

# Zero-width joiners stay: emoji and several scripts need them.
_JOINERS = "\u200c\u200d"
_NOT_SEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def one_line(text: str) -> str:
    """The text composed (NFC), in one line, without control, direction and zero-width marks; "" if none is left.

    Marks that turn the direction of writing could make a name read as another one.
    """
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(_kept(char) for char in composed)
    line = re.sub(r"\s+", " ", kept).strip(f" {_JOINERS}")
    return line if any(unicodedata.category(char)[0] not in "CZM" for char in line) else ""


def _kept(char: str) -> str:
    if char in _JOINERS:
        return char
    if char in "\n\r\t\v\f":
        return " "
    return "" if unicodedata.category(char) in _NOT_SEEN else char
