"""One running process: a server, or a program beside it."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cpdtracker.servers.problems import ServerError, explain, last_words

PATIENCE = 60.0


class PortTaken(ServerError):
    """Somebody took the free port between our asking and the server's start; try another one."""


def free_port() -> int:
    """A port on the loopback address that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Process:
    """A program that runs until it is stopped.

    stop_signals: what to send, from polite to final; SIGKILL to its whole group comes last.
    said: what it reads on standard input.
    account: arguments for subprocess that choose the user.
    grace: seconds to wait after each signal.
    comes_back: seconds after which it is started again when it ended by itself; None means its end ends everything.
    """

    name: str
    command: Sequence[str]
    folder: Path
    log: Path
    stop_signals: Sequence[int] = (signal.SIGTERM,)
    said: str = ""
    environment: dict[str, str] | None = None
    account: dict[str, object] = field(default_factory=dict)
    grace: float = 10.0
    comes_back: float | None = None

    def __post_init__(self) -> None:
        self.log.write_bytes(b"")
        self.start()

    def start(self) -> None:
        """Start it, at first and again; its log goes on."""
        with self.log.open("ab") as log:
            self._process: subprocess.Popen[bytes] = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                # A group of its own, so that the last signal reaches its children too.
                start_new_session=True,
                **self.account,  # type: ignore[call-overload]
            )
        if self._process.stdin:
            with suppress(BrokenPipeError):
                self._process.stdin.write(self.said.encode())
                self._process.stdin.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Return once `ready` says yes; ServerError when the program ends or takes too long."""
        deadline = time.monotonic() + PATIENCE
        while not ready():
            if not self.alive:
                output = last_words(self.log)
                if "Address already in use" in output:
                    raise PortTaken(f"{self.name} found its port taken.")
                raise explain(self.name, output)
            if time.monotonic() > deadline:
                self.stop()
                raise ServerError(f"{self.name} did not answer within {PATIENCE:.0f} seconds: is the machine busy?")
            time.sleep(0.01)

    def stop(self) -> None:
        """Ask, then insist. Returns when the process and its children are gone."""
        for step in self.stop_signals:
            if self.alive:
                self._process.send_signal(step)
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(timeout=self.grace)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
