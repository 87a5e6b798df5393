"""The process that keeps servers and programs: it starts them, says where they are, and stops them.

It lives exactly as long as the pipe on its standard input. Whoever asked for the servers holds the other end; when
that process ends, by itself, by Ctrl-C or by a crash, the pipe closes and everything here stops and is cleaned up.

It is told one JSON object a line: first the plan, then any programs to run beside the servers. It says one JSON
object a line: the addresses or an error, and later the name of whatever ended by itself.
"""

import fcntl
import json
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from cpdtracker.servers.places import account_for, data_home, find_programs, throw_away_home
from cpdtracker.servers.plan import Plan
from cpdtracker.servers.postgres import start_postgres
from cpdtracker.servers.problems import ServerError, explain
from cpdtracker.servers.process import PortTaken, Process
from cpdtracker.servers.secret import kept_secret
from cpdtracker.servers.valkey import start_valkey

Starter = Callable[[], tuple[Process, str]]


def main() -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with _running(Plan(**json.loads(sys.stdin.readline()))) as (processes, answer):
            _say(answer)
            return _keep(processes)
    except ServerError as error:
        _say({"error": str(error)})
    except OSError as error:
        _say({"error": str(explain("A server", str(error)))})
    return 1


def _say(words: dict[str, Any]) -> None:
    print(json.dumps(words), flush=True)


def _keep(processes: list[Process]) -> int:
    """Wait until the pipe closes (0) or something ends by itself (1)."""
    ended = threading.Event()

    def listen() -> None:
        for line in sys.stdin:
            wish = json.loads(line)
            for key in ("folder", "log"):
                wish[key] = Path(wish[key])
            processes.append(Process(**wish))
        ended.set()

    threading.Thread(target=listen, daemon=True).start()
    gone: dict[str, float] = {}
    while not ended.wait(0.2):
        for process in list(processes):
            if process.alive:
                gone.pop(process.name, None)
            elif process.comes_back is None:
                _say({"ended": process.name})
                return 1
            elif time.monotonic() - gone.setdefault(process.name, time.monotonic()) > process.comes_back:
                process.start()
    return 0


@contextmanager
def _running(plan: Plan) -> Iterator[tuple[list[Process], dict[str, str]]]:
    """The servers of the plan, started side by side; stopped in the end, throw-away folders removed."""
    with ExitStack() as undo:
        scratch = throw_away_home()
        undo.callback(shutil.rmtree, scratch, ignore_errors=True)
        home = scratch
        if plan.folder:
            home = data_home(Path(plan.folder))
            undo.enter_context(_only_one(home))
        account = account_for(home / "postgres")
        common: dict[str, Any] = {"account": account, "home": home, "keep": bool(plan.folder)}
        common |= {"programs": find_programs(account, scratch), "password": _password(home)}
        jobs: dict[str, Starter] = {}
        if plan.postgres:
            jobs["database_url"] = lambda: start_postgres(**common)
        if plan.valkey:
            jobs["redis_url"] = lambda: start_valkey(**common, comes_back=plan.valkey_comes_back)
        processes: list[Process] = []
        undo.callback(_stop_all, processes)
        yield processes, {**_start_all(jobs, processes), "home": str(home)}


def _start_all(jobs: dict[str, Starter], processes: list[Process]) -> dict[str, str]:
    """Start all jobs side by side. What did start is put into `processes` even when another one fails."""
    addresses = {}
    problem = None
    with ThreadPoolExecutor() as pool:
        running = {name: pool.submit(_try_ports, job) for name, job in jobs.items()}
    for name, future in running.items():
        if error := future.exception():
            problem = error
            continue
        process, addresses[name] = future.result()
        processes.append(process)
    if problem:
        raise problem
    return addresses


def _try_ports(job: Starter) -> tuple[Process, str]:
    for _ in range(5):
        try:
            return job()
        except PortTaken:
            time.sleep(0.05)
    return job()


def _stop_all(processes: list[Process]) -> None:
    """Programs first, all at once; then the servers they use."""
    servers = [process for process in processes if process.name in ("PostgreSQL", "Valkey")]
    programs = [process for process in processes if process not in servers]
    for group in (programs, servers):
        with ThreadPoolExecutor() as pool:
            list(pool.map(Process.stop, group))


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
    return kept_secret(home / "secret", 24)


if __name__ == "__main__":
    sys.exit(main())
