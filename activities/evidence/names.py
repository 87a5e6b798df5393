"""Names of files, as they may be shown and downloaded."""

from __future__ import annotations

import re
import unicodedata

from accounts.plain_text import one_line

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
PICTURES = frozenset({"jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "hif"})
_PLAIN = {"image/jpeg": "photo", "image/png": "photo", "application/pdf": "document"}
_TAKEN_BY_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_STEM = 100


def extension(name: str) -> str:
    """What stands behind the last dot of a file's own name, lower case; "" without one."""
    stem, dot, last = _last_part(name).rpartition(".")
    return last.strip().lower() if dot and stem.strip(". ") else ""


def clean_name(name: str, media_type: str) -> str:
    """The name of an uploaded file, safe to show and to save under, with the ending of its true type."""
    own = _last_part(name)
    if extension(own):
        own = own.rpartition(".")[0]
    own = re.sub(r'[<>:"|?*%\x00-\x1f]', " ", one_line(own))
    own = " ".join(own.split()).strip(". -")
    own = unicodedata.normalize("NFC", own[:_STEM]).strip(". -")
    if not own or _TAKEN_BY_WINDOWS.fullmatch(own):
        own = f"{_PLAIN[media_type]} {own}".strip()
    return f"{own}.{EXTENSIONS[media_type]}"


def _last_part(name: str) -> str:
    return re.split(r"[/\\]", name.replace("\x00", ""))[-1]
