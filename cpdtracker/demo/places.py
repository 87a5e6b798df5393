"""Where the demo keeps its things."""

import fcntl
import os
import shutil
from pathlib import Path

from cpdtracker.servers import ServerError
from cpdtracker.servers.secret import kept_secret

ROOT = Path(__file__).resolve().parent.parent.parent
HOME = Path(os.environ.get("DEMO_DIR") or ROOT / ".demo")


def secret_key() -> str:
    """The demo's SECRET_KEY, kept so that a second start does not sign everybody out."""
    return kept_secret(HOME / "secret_key", 50)


def reset() -> str:
    """Remove everything the demo stored. Returns the sentence to show; ServerError while it runs."""
    if not HOME.exists():
        return "There is nothing to reset."
    pointer = HOME / "elsewhere"
    homes = [Path(pointer.read_text()), HOME] if pointer.exists() else [HOME]
    for home in homes:
        _refuse_while_running(home)
    try:
        for home in homes:
            shutil.rmtree(home)
    except PermissionError:
        raise ServerError("Some of the demo's data belongs to another user: run this as that user.") from None
    return "The demo's data is removed. The next make demo starts over."


def _refuse_while_running(home: Path) -> None:
    path = home / "lock"
    if not path.exists():
        return
    with path.open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ServerError("The demo is running: stop it first, with Ctrl-C.") from None
