"""What a file really is, by its content; and what we keep of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

from .names import PICTURES, clean_name, extension
from .papers import check_pdf
from .pictures import redrawn
from .problems import MOST_BYTES, BadEvidence, Trouble

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


@dataclass(frozen=True)
class Checked:
    """A file as it will be stored."""

    data: bytes
    media_type: str
    name: str


def examine(file: IO[bytes], *, name: str, size: int) -> Checked:
    """Check an uploaded file and make it ready to be stored. Raises BadEvidence with the reason.

    Content decides what a file is; an ending that says otherwise is refused.
    """
    if size > MOST_BYTES:
        raise BadEvidence(Trouble.TOO_LARGE)
    file.seek(0)
    kind = kind_of(file.read(32))
    if size == 0:
        raise BadEvidence(Trouble.EMPTY)
    if not kind:
        raise BadEvidence(Trouble.OTHER_TYPE)
    ending = extension(name)
    if ending and ending not in (PICTURES if kind != "PDF" else {"pdf"}):
        raise BadEvidence(Trouble.OTHER_NAME)
    if kind == "PDF":
        check_pdf(file)
        file.seek(0)
        data, media_type = file.read(), "application/pdf"
    else:
        data, media_type = redrawn(file, kind)
    return Checked(data, media_type, clean_name(name, media_type))


def kind_of(start: bytes) -> str:
    """JPEG, PNG, WEBP, HEIF or PDF by the first bytes; "" for everything else."""
    if start.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "WEBP"
    if start[4:8] == b"ftyp" and start[8:12] in _HEIF_BRANDS:
        return "HEIF"
    return "PDF" if start.startswith(b"%PDF-") else ""
