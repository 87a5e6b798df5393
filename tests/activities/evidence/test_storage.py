"""Bytes are whole under their hash, or not there."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings

from activities.evidence import storage


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "evidence"
    return settings.MEDIA_ROOT


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_bytes_come_back_by_their_hash() -> None:
    digest = storage.put(b"certificate")
    assert digest == hashlib.sha256(b"certificate").hexdigest()
    with storage.get(digest) as file:
        assert file.read() == b"certificate"
    assert storage.holds(digest)


def test_the_same_bytes_are_stored_once_and_for_nobody_else_to_read() -> None:
    storage.put(b"certificate")
    storage.put(b"certificate")
    [file] = files()
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def test_bytes_are_on_disk_before_they_have_their_name() -> None:
    order: list[str] = []
    sync, rename = os.fsync, Path.replace
    with (
        patch("os.fsync", side_effect=lambda handle: (order.append("sync"), sync(handle))[1]),
        patch.object(Path, "replace", lambda self, target: (order.append("name"), rename(self, target))[1]),
    ):
        storage.put(b"certificate")
    assert order[:2] == ["sync", "name"]
    assert "sync" in order[2:], "The folder is made durable too"


def test_a_full_disk_leaves_nothing_behind() -> None:
    with (
        patch("os.fsync", side_effect=OSError(28, "No space left on device")),
        pytest.raises(OSError, match="No space"),
    ):
        storage.put(b"certificate")
    assert files() == []


def test_a_file_cut_short_by_a_crash_is_written_again() -> None:
    digest = storage.put(b"certificate")
    [file] = files()
    file.write_bytes(b"cert")
    storage.put(b"certificate")
    with storage.get(digest) as again:
        assert again.read() == b"certificate"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 63, "A" * 64, "", "a" * 64 + "/x"])
def test_no_other_name_is_looked_up(name: str) -> None:
    with pytest.raises(FileNotFoundError):
        storage.get(name)


def test_dropping_twice_is_once() -> None:
    digest = storage.put(b"certificate")
    storage.drop(digest)
    storage.drop(digest)
    assert not storage.holds(digest)


def test_what_a_crash_left_in_the_making_goes_after_a_while(folder: Path) -> None:
    making = folder / "new"
    making.mkdir(parents=True)
    old, fresh = making / "old", making / "fresh"
    old.write_bytes(b"x")
    fresh.write_bytes(b"x")
    noon = datetime(2026, 10, 1, 12, tzinfo=UTC)
    os.utime(old, times=((noon - timedelta(days=2)).timestamp(),) * 2)
    os.utime(fresh, times=(noon.timestamp(),) * 2)
    storage.drop_unfinished(noon - timedelta(days=1))
    assert [path.name for path in files()] == ["fresh"]


def test_nothing_is_there_yet() -> None:
    storage.drop_unfinished(datetime(2026, 10, 1, tzinfo=UTC))
    assert files() == []
