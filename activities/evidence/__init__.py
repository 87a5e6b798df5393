"""Evidence as files: what is taken, what is made of it, where it lies. No database here."""

from .checking import Checked, examine
from .names import clean_name
from .problems import (
    MOST_BYTES,
    MOST_BYTES_IN_ALL,
    MOST_FILES,
    MOST_FILES_OF_AN_ACTIVITY,
    SENTENCES,
    BadEvidence,
    Trouble,
    sentence,
)

__all__ = [
    "MOST_BYTES", "MOST_BYTES_IN_ALL", "MOST_FILES", "MOST_FILES_OF_AN_ACTIVITY", "SENTENCES", "BadEvidence", "Checked",
    "Trouble", "clean_name", "examine", "sentence",
]  # fmt: skip
