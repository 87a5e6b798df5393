"""Asking for servers and letting go of them."""

import atexit
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from cpdtracker.servers.plan import Plan
from cpdtracker.servers.problems import ServerError

ROOT = Path(__file__).resolve().parent.parent.parent


class Servers:
    """Addresses of running servers. They stop with `stop()`, at the end of `with`, or when this process ends."""

    def __init__(self, keeper: "subprocess.Popen[bytes]", *, database_url: str = "", redis_url: str = "") -> None:
        self._keeper = keeper
        self.database_url = database_url
        self.redis_url = redis_url
        atexit.register(self.stop)

    def __enter__(self) -> "Servers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def alive(self) -> bool:
        return self._keeper.poll() is None

    def stop(self) -> None:
        """Stop the servers and wait until they are gone. Safe to call twice."""
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
        # A Ctrl-C in the terminal is for us; the keeper stops when we do, after us.
        start_new_session=True,
    )
    if keeper.stdin is None or keeper.stdout is None:
        raise ServerError("The servers' keeper did not start.")
    try:
        keeper.stdin.write(json.dumps(plan.as_dict()).encode() + b"\n")
        keeper.stdin.flush()
        said = keeper.stdout.readline()
    except BaseException:
        keeper.stdin.close()
        keeper.wait()
        raise
    answer = json.loads(said) if said else {"error": "The servers' keeper stopped without a word."}
    if "error" in answer:
        keeper.communicate()
        raise ServerError(answer["error"])
    return Servers(keeper, **answer)
