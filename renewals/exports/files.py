"""Where exports lie: beside the evidence, outside of what is served as static, under names nobody can guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings

_NAME = re.compile(r"[0-9a-f]{32}\.(csv|xlsx|pdf)")


@contextmanager
def new_file(ending: str) -> Iterator[tuple[str, IO[bytes]]]:
    """A new file and the name it is kept under; removed again if writing fails."""
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{uuid4().hex}.{ending}"
    path = _folder() / name
    try:
        with path.open("xb") as file:
            path.chmod(0o600)
            yield name, file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def open_file(name: str) -> IO[bytes]:
    """Open a kept file. Raises FileNotFoundError."""
    return _place(name).open("rb")


def size_of(name: str) -> int:
    return _place(name).stat().st_size


def drop(name: str) -> None:
    """Remove a kept file; nothing happens if it is gone already."""
    _place(name).unlink(missing_ok=True)


def _place(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise FileNotFoundError("no export has such a name")
    return _folder() / name


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "exports"
