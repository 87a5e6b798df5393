"""The process that keeps the servers: it starts them, says where they are, and stops them.

It lives exactly as long as the pipe on its standard input. Whoever asked for the servers holds the other end; when
that process ends, by itself, by Ctrl-C or by a crash, the pipe closes and everything here stops and is cleaned up.
"""

import fcntl
import json
import os
import secrets
import select
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from cpdtracker.servers.places import account_for, data_home, find_programs, throw_away_home
from cpdtracker.servers.plan import Plan
from cpdtracker.servers.postgres import start_postgres
from cpdtracker.servers.problems import ServerError, explain
from cpdtracker.servers.process import PortTaken, Server
from cpdtracker.servers.valkey import start_valkey

Starter = Callable[[], tuple[Server, str]]


def main() -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with _running(Plan(**json.loads(sys.stdin.buffer.readline()))) as (servers, addresses):
            _say(addresses)
            return _watch(servers)
    except ServerError as error:
        _say({"error": str(error)})
    except OSError as error:
        _say({"error": str(explain("A server", str(error)))})
    return 1


def _say(words: dict[str, Any]) -> None:
    print(json.dumps(words), flush=True)


def _watch(servers: list[Server]) -> int:
    """Wait until the pipe closes (0) or a server ends by itself (1)."""
    while True:
        if select.select([sys.stdin], [], [], 0.5)[0] and not os.read(sys.stdin.fileno(), 100):
            return 0
        if not all(server.alive for server in servers):
            return 1


@contextmanager
def _running(plan: Plan) -> Iterator[tuple[list[Server], dict[str, str]]]:
    """The servers of the plan, started side by side; stopped in the end, throw-away folders removed."""
    with ExitStack() as undo:
        scratch = throw_away_home()
        undo.callback(shutil.rmtree, scratch, ignore_errors=True)
        home = scratch
        if plan.folder:
            home = data_home(Path(plan.folder))
            undo.enter_context(_only_one(home))
        account = account_for(home / "postgres")
        programs = find_programs(account, scratch)
        password = _password(home)
        common: dict[str, Any] = {"programs": programs, "account": account, "home": home}
        common |= {"password": password, "keep": bool(plan.folder)}
        jobs: dict[str, Starter] = {}
        if plan.postgres:
            jobs["database_url"] = lambda: start_postgres(**common)
        if plan.valkey:
            jobs["redis_url"] = lambda: start_valkey(**common)
        servers: list[Server] = []
        undo.callback(lambda: [server.stop() for server in servers])
        yield servers, _start_all(jobs, servers)


def _start_all(jobs: dict[str, Starter], servers: list[Server]) -> dict[str, str]:
    """Start all jobs side by side. What did start is put into `servers` even when another one fails."""
    addresses = {}
    problem = None
    with ThreadPoolExecutor() as pool:
        running = {name: pool.submit(_try_ports, job) for name, job in jobs.items()}
    for name, future in running.items():
        error = future.exception()
        if error:
            problem = error
            continue
        server, addresses[name] = future.result()
        servers.append(server)
    if problem:
        raise problem
    return addresses


def _try_ports(job: Starter) -> tuple[Server, str]:
    for _ in range(5):
        try:
            return job()
        except PortTaken:
            continue
    return job()


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    """Hold the folder's lock: two sets of servers on the same data would destroy it."""
    with (home / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ServerError("The demo is already running from this folder: stop it first, with Ctrl-C.") from None
        yield


def _password(home: Path) -> str:
    """The servers' password: made once, kept beside the data, readable by us only."""
    path = home / "secret"
    if not path.exists():
        opener: Callable[[str, int], int] = lambda name, flags: os.open(name, flags, 0o600)  # noqa: E731
        file: IO[str]
        with open(path, "w", opener=opener) as file:
            file.write(secrets.token_urlsafe(24))
    return path.read_text()


if __name__ == "__main__":
    sys.exit(main())
