"""Asking for servers and letting go of them."""

import atexit
import json
import os
import select
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from cpdtracker.servers.plan import Plan
from cpdtracker.servers.problems import ServerError

ROOT = Path(__file__).resolve().parent.parent.parent


class Servers:
    """Addresses of running servers, and the folder of their data.

    They stop with `stop()`, at the end of `with`, or when this process ends, however it ends.
    """

    def __init__(
        self, keeper: "subprocess.Popen[str]", *, home: str, database_url: str = "", redis_url: str = ""
    ) -> None:
        self._keeper = keeper
        self.home = Path(home)
        self.database_url = database_url
        self.redis_url = redis_url
        atexit.register(self.stop)

    def __enter__(self) -> "Servers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def run(
        self, name: str, command: list[str], *, environment: dict[str, str], folder: Path, log: Path,
        grace: float = 10, comes_back: float | None = None,
    ) -> None:  # fmt: skip
        """Run a program beside the servers. It stops before them: asked first, made to after `grace` seconds.

        A program that ends by itself ends everything, or is started again after `comes_back` seconds.
        """
        wish = {"name": name, "command": command, "environment": environment, "grace": grace, "comes_back": comes_back}
        _tell(self._keeper, wish | {"folder": str(folder), "log": str(log)})

    def ended(self, *, wait: float) -> str:
        """The name of what ended by itself within `wait` seconds, or "" when all still runs."""
        out = self._keeper.stdout
        if out is None or not select.select([out], [], [], wait)[0]:
            return ""
        said = out.readline()
        return str(json.loads(said)["ended"]) if said else "The servers' keeper"

    def stop(self) -> None:
        """Stop everything and wait until it is gone. Safe to call twice."""
        atexit.unregister(self.stop)
        if self._keeper.stdin:
            with suppress(BrokenPipeError):
                self._keeper.stdin.close()
        self._keeper.wait()
        if self._keeper.stdout:
            self._keeper.stdout.close()


def start(plan: Plan) -> Servers:
    """Start what the plan asks for and return once it answers. ServerError says in one sentence what went wrong."""
    keeper = subprocess.Popen(
        [sys.executable, "-m", "cpdtracker.servers.keeper"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        # A Ctrl-C in the terminal is for us; the keeper stops when we do, after us.
        start_new_session=True,
    )
    try:
        _tell(keeper, plan.as_dict())
        said = keeper.stdout.readline() if keeper.stdout else ""
    except BaseException:
        keeper.communicate()
        raise
    answer = json.loads(said) if said else {"error": "The servers' keeper stopped without a word."}
    if "error" in answer:
        keeper.communicate()
        raise ServerError(answer["error"])
    return Servers(keeper, **answer)


def _tell(keeper: "subprocess.Popen[str]", words: dict[str, Any]) -> None:
    if keeper.stdin:
        keeper.stdin.write(json.dumps(words) + "\n")
        keeper.stdin.flush()
