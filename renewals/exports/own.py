"""A person's own record as a file."""

from __future__ import annotations

from typing import IO

from accounts.models import User
from accounts.spreadsheets.writing import write_csv

from .activities import ACTIVITY, of_person, own_rows
from .making import snapshot


def write_own(file: IO[bytes], user: User) -> int:
    """Everything this person logged, as CSV; returns the number of rows."""
    with snapshot():
        return write_csv(file, ACTIVITY, own_rows(of_person(user)))
