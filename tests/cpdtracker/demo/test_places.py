"""Where the demo keeps its things, and how they are removed."""

import fcntl
from pathlib import Path

import pytest

from cpdtracker.demo import places
from cpdtracker.servers import ServerError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "HOME", tmp_path / "demo")
    return tmp_path / "demo"


def test_reset_removes_everything_also_what_lies_elsewhere(home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    for folder in (home, elsewhere):
        folder.mkdir()
        (folder / "lock").touch()
    (home / "elsewhere").write_text(str(elsewhere))
    assert places.reset() == "The demo's data is removed. The next make demo starts over."
    assert not home.exists()
    assert not elsewhere.exists()


def test_reset_of_nothing_says_so() -> None:
    assert places.reset() == "There is nothing to reset."


def test_reset_waits_for_nobody_who_is_running(home: Path) -> None:
    home.mkdir()
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ServerError, match="The demo is running"):
            places.reset()
    assert home.exists()


def test_the_secret_key_is_made_once_and_readable_by_us_only(home: Path) -> None:
    home.mkdir()
    key = places.secret_key()
    assert len(key) >= 50
    assert places.secret_key() == key
    assert (home / "secret_key").stat().st_mode & 0o777 == 0o600
