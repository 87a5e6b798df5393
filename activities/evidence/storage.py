"""Where the bytes of evidence lie: one file for one content, named by its SHA-256, whole or not there at all."""

from __future__ import annotations

import hashlib
import os
import re
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings

_NEW = "new"  # files in the making; a leftover of a crash lies here and nowhere else


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def put(data: bytes) -> str:
    """Store bytes and return their SHA-256. Once this returns they survive a loss of power. Raises OSError."""
    digest = sha256_of(data)
    target = _place(digest)
    if target.exists() and target.stat().st_size == len(data):
        return digest
    making = Path(settings.MEDIA_ROOT) / _NEW
    making.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = making / uuid4().hex
    try:
        _write(temporary, data)
        temporary.replace(target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
        _sync(folder)
    return digest


def get(digest: str) -> IO[bytes]:
    """Open stored bytes. Raises FileNotFoundError."""
    return _place(digest).open("rb")


def drop(digest: str) -> None:
    """Remove stored bytes; nothing happens if they are gone already."""
    _place(digest).unlink(missing_ok=True)


def holds(digest: str) -> bool:
    """Whether these bytes lie here."""
    return _place(digest).exists()


def drop_unfinished(before: datetime) -> None:
    """Remove what a crash left in the making before this moment."""
    making = Path(settings.MEDIA_ROOT) / _NEW
    for path in making.iterdir() if making.is_dir() else ():
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def _place(digest: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise FileNotFoundError("no stored file has such a name")
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:4] / digest


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the name durable, not only the bytes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
