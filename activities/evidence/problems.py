"""What can be wrong with a file, each with the sentence that says what to do."""

from __future__ import annotations

from enum import StrEnum

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_FILES = 2_000
MOST_BYTES_IN_ALL = 4 * 1024**3
MOST_FILES_OF_AN_ACTIVITY = 10


class Trouble(StrEnum):
    """Why a file is not taken. The values stand in addresses, so that a page can be loaded again."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    OTHER_TYPE = "other-type"
    OTHER_NAME = "other-name"
    PIXELS = "pixels"
    PICTURE = "picture"
    PDF = "pdf"
    PASSWORD = "password"  # noqa: S105  # a word, not a secret
    ACTIVE = "active"
    FULL = "full"
    ENOUGH = "enough"
    NOT_STORED = "not-stored"


SENTENCES = {
    Trouble.EMPTY: "The file is empty. Choose another file.",
    Trouble.TOO_LARGE: "The file is too large. A file can have up to 15 MB.",
    Trouble.OTHER_TYPE: "Choose a photo (JPEG, PNG, WebP or HEIC) or a PDF.",
    Trouble.OTHER_NAME: "The name of the file and what is in it do not agree. Save it again under its own type.",
    Trouble.PIXELS: "The picture has more than 40 million pixels. Take it at a lower resolution.",
    Trouble.PICTURE: "We could not read this picture. Take it again, or choose another file.",
    Trouble.PDF: "We could not read this PDF. Save it again as PDF, or take a photo of it.",
    Trouble.PASSWORD: "The PDF is protected by a password. Save it without one, or take a photo of it.",
    Trouble.ACTIVE: "The PDF holds a program or other files. Print it to a new PDF, or take a photo of it.",
    Trouble.FULL: "Your evidence takes all the space there is for it. Remove files you no longer need.",
    Trouble.ENOUGH: "An activity can have up to 10 files. Remove one first.",
    Trouble.NOT_STORED: "We could not store the file at this moment. Try again.",
}


class BadEvidence(ValueError):
    """A file that is not taken; `trouble` says why."""

    def __init__(self, trouble: Trouble):
        self.trouble = trouble
        super().__init__(SENTENCES[trouble])


def sentence(code: str) -> str:
    """The sentence for a trouble by its code in an address; "" for any other text."""
    return SENTENCES[Trouble(code)] if code in set(Trouble) else ""
