"""One running server process."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from cpdtracker.servers.places import Account
from cpdtracker.servers.problems import ServerError, explain, last_words

PATIENCE = 60.0


class PortTaken(ServerError):
    """Somebody took the free port between our asking and the server's start; try another one."""


def free_port() -> int:
    """A port on the loopback address that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A program that runs until it is stopped. `stop_signals` go from polite to final."""

    def __init__(
        self, *, name: str, command: list[str], folder: Path, account: Account, stop_signals: list[signal.Signals],
        said: str | None = None,
    ) -> None:
        self.name = name
        self.log = folder.parent / f"{folder.name}.log"
        self.stop_signals = stop_signals
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.PIPE if said is not None else subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **account.popen(),
            )
        if said is not None:
            pipe: IO[bytes] | None = self.process.stdin
            with suppress(BrokenPipeError):
                if pipe:
                    pipe.write(said.encode())
                    pipe.close()

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Return once `ready` says yes; ServerError when the program ends or takes too long."""
        deadline = time.monotonic() + PATIENCE
        while not ready():
            if self.process.poll() is not None:
                output = last_words(self.log)
                if "Address already in use" in output:
                    raise PortTaken(f"{self.name} found its port taken.")
                raise explain(self.name, output)
            if time.monotonic() > deadline:
                self.stop()
                raise ServerError(f"{self.name} did not answer within {PATIENCE:.0f} seconds: is the machine busy?")
            time.sleep(0.01)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Ask, then insist. Returns when the process is gone."""
        for step in [*self.stop_signals, signal.SIGKILL]:
            if not self.alive:
                return
            self.process.send_signal(step)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=15)
        self.process.wait()
