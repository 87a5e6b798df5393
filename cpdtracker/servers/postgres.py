"""PostgreSQL: make the data folder once, start it, know when it answers."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from cpdtracker.servers.places import Account, Programs, make_folder
from cpdtracker.servers.problems import ServerError, explain
from cpdtracker.servers.process import Process, free_port

NAME = "cpdtracker"
# Sorting and upper case as PostgreSQL itself defines them: the same on every machine.
INITDB = ["-A", "scram-sha-256", "-E", "UTF8", "--no-sync", "--locale=C", "--locale-provider=builtin"]
INITDB += ["--builtin-locale=C.UTF-8", "-U", NAME]
ALWAYS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    # Containers often give /dev/shm only 64 MB and promise huge pages they do not have.
    "dynamic_shared_memory_type": "mmap",
    "huge_pages": "off",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
}
# For data that is thrown away anyhow.
FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "wal_level": "minimal"}
FORGETFUL |= {"max_wal_senders": "0"}


def start_postgres(
    *, programs: Programs, account: Account, home: Path, password: str, keep: bool
) -> tuple[Process, str]:
    """A running PostgreSQL with its data in `home`/postgres, and its address.

    Raises ServerError with one sentence, PortTaken when another try may help.
    """
    data = home / "postgres"
    # Written last: what was broken off half-way, by a full disk or a power cut, is made anew.
    complete = home / "postgres.complete"
    fresh = not complete.exists()
    if fresh:
        shutil.rmtree(data, ignore_errors=True)
        _make(programs, account, home, password)
    else:
        _check(programs, data)
    port = free_port()
    settings = ALWAYS | ({} if keep else FORGETFUL)
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    server = Process(
        name="PostgreSQL",
        command=[programs.pg("postgres"), "-D", str(data), "-p", str(port), *options],
        folder=data,
        log=home / "postgres.log",
        account=account.popen(),
        # Fast shutdown for data that is kept; for the rest nobody waits for a checkpoint.
        stop_signals=[signal.SIGINT, signal.SIGQUIT] if keep else [signal.SIGQUIT],
    )
    server.wait_until(lambda: _ready(data, server.pid))
    if fresh:
        _create_database(programs, port, password)
        complete.touch()
    return server, f"postgres://{NAME}:{password}@127.0.0.1:{port}/{NAME}"


def _make(programs: Programs, account: Account, home: Path, password: str) -> None:
    data = make_folder(home / "postgres", account)
    secret = home / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    account.own(secret)
    command = [programs.pg("initdb"), "-D", str(data), "--pwfile", str(secret), *INITDB]
    done = subprocess.run(command, cwd=data, capture_output=True, text=True, **account.popen())
    secret.unlink()
    if done.returncode:
        raise explain("PostgreSQL", done.stderr + done.stdout)


def _check(programs: Programs, data: Path) -> None:
    made_by = (data / "PG_VERSION").read_text().strip()
    ours = subprocess.run([programs.pg("postgres"), "--version"], capture_output=True, text=True).stdout
    if made_by not in ours.replace(".", " ").split():
        raise ServerError(f"The data was made by PostgreSQL {made_by}, which is not the one here: run make demo-reset.")
    # After a crash the number in the pid file may belong to any other program, and PostgreSQL would wait for it
    # to end. Our own lock says that no server of ours runs here.
    pid_file = data / "postmaster.pid"
    if pid_file.exists():
        pid = int(pid_file.read_text().split("\n", 1)[0] or 0)
        if not _is_postgres(pid):
            pid_file.unlink()


def _is_postgres(pid: int) -> bool:
    command = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        return command.exists() and b"postgres" in command.read_bytes()
    with suppress(OSError):
        os.kill(pid, 0)
        return True
    return False


def _ready(data: Path, pid: int) -> bool:
    # The last line of the pid file says "ready"; the first is the process, so that an old file is no answer.
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


def _create_database(programs: Programs, port: int, password: str) -> None:
    command = [programs.pg("createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", NAME, NAME]
    # By environment: a command line can be read by everybody on the machine.
    known = {**os.environ, "PGPASSWORD": password}
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", env=known)
    if done.returncode:
        raise explain("PostgreSQL", done.stderr)
