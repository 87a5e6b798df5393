"""PDFs are kept as they are, so only those without anything that acts are taken."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import IO, Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from .problems import BadEvidence, Trouble

# Keys and actions through which a PDF runs something, starts something, or carries other files.
ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"})
ACTIVE_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute", "/GoToE"})
MOST_OBJECTS = 50_000
MOST_SECONDS = 4
_DEEPEST = 40


def check_pdf(file: IO[bytes]) -> None:
    """Raise BadEvidence unless this is a PDF with a page, without a password, scripts, launches and other files."""
    file.seek(0)
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            raise BadEvidence(Trouble.PASSWORD)
        if not reader.pages:
            raise BadEvidence(Trouble.PDF)
        if any(_acts(part) for part in _parts(reader)):
            raise BadEvidence(Trouble.ACTIVE)
    except BadEvidence:
        raise
    except (PyPdfError, ArithmeticError, AttributeError, AssertionError, LookupError, MemoryError, OSError,
            RecursionError, TypeError, ValueError, NotImplementedError):  # fmt: skip
        # The reader meets damaged files in many ways; the file is at fault, not we.
        raise BadEvidence(Trouble.PDF) from None


def _acts(part: DictionaryObject) -> bool:
    if ACTIVE_KEYS & set(part):
        return True
    return part.raw_get("/S") in ACTIVE_ACTIONS if "/S" in part else part.get("/Type") == "/EmbeddedFile"


def _parts(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary in the file, numbered or inside another one. Raises BadEvidence for a file made to be slow."""
    until = monotonic() + MOST_SECONDS
    yield from _inside(reader.trailer, 0)
    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise BadEvidence(Trouble.PDF)
    for number, generation in sorted(numbers):
        if monotonic() > until:
            raise BadEvidence(Trouble.PDF)
        yield from _inside(reader.get_object(IndirectObject(number, generation, reader)), 0)


def _inside(value: Any, depth: int) -> Iterator[DictionaryObject]:
    if depth > _DEEPEST:
        raise BadEvidence(Trouble.PDF)
    if isinstance(value, DictionaryObject):
        yield value
        for item in value.values():
            if not isinstance(item, IndirectObject):
                yield from _inside(item, depth + 1)
    elif isinstance(value, ArrayObject):
        for item in list.__iter__(value):
            if not isinstance(item, IndirectObject):
                yield from _inside(item, depth + 1)
