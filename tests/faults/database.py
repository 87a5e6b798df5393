"""A PostgreSQL of our own that keeps its port and its data when it is stopped and started again."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
from contextlib import suppress

from cpdtracker.servers import postgres
from cpdtracker.servers.places import account_for, find_programs, throw_away_home
from cpdtracker.servers.process import free_port
from tests.faults.stack import until

_PASSWORD = "only-for-this-run"
# What was committed must be there after a restart; that the disk has it need not be waited for.
_SETTINGS = postgres.ALWAYS | {"fsync": "off", "wal_level": "minimal", "max_wal_senders": "0"}


class Database:
    """One server, from nothing."""

    def __init__(self) -> None:
        self._home = throw_away_home()
        self._account = account_for(None)
        self._programs = find_programs(self._account, self._home)
        postgres._make(self._programs, self._account, self._home, _PASSWORD)
        self.port = free_port()
        self.start()
        postgres._create_database(self._programs, self.port, _PASSWORD)
        self.url = f"postgres://{postgres.NAME}:{_PASSWORD}@127.0.0.1:{self.port}/{postgres.NAME}"

    def start(self) -> None:
        options = [part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value}")]
        data = self._home / "postgres"
        command = [self._programs.pg("postgres"), "-D", str(data), "-p", str(self.port), *options]
        self._process = subprocess.Popen(
            command, cwd=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._account.popen()
        )
        until(lambda: postgres._ready(data, self._process.pid), 60)
        until(self._listens, 60)

    def restart(self, *, at_once: bool) -> None:
        """Stop it as an administrator would, fast or with no time for anything, and start it again."""
        self.stop(at_once=at_once)
        self.start()

    def stop(self, *, at_once: bool = True) -> None:
        self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
        self._process.wait()

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def _listens(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False
