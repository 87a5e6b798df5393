"""Servers start, answer, and leave nothing behind, whatever happens to whoever asked for them."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from cpdtracker.servers import Plan, ServerError, start
from cpdtracker.servers.places import data_home

ROOT = Path(__file__).resolve().parents[3]
# Ctrl-C works in it even where the tests themselves run in the background.
ASK = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from cpdtracker.servers import Plan, start
servers = start(Plan(folder=sys.argv[1] or None))
print(servers.home, flush=True)
while True:  # a signal that comes just before a sleep is heard after it
    time.sleep(0.1)
"""


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Path]:
    """A folder for kept data. As root the data may lie elsewhere: gone afterwards too."""
    folder = tmp_path / "data"
    yield folder
    home = data_home(folder)
    if home != folder:
        shutil.rmtree(home)


def processes_with(text: str) -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if text in command:
            found.append(command)
    return found


def eventually(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_both_servers_answer_only_with_the_password_and_are_gone_afterwards() -> None:
    with start(Plan()) as servers:
        home = servers.home
        with psycopg2.connect(servers.database_url) as link, link.cursor() as cursor:
            cursor.execute("SHOW fsync")
            assert cursor.fetchone() == ("off",)
        link.close()
        without = servers.database_url.replace(servers.database_url.split(":")[2].split("@")[0], "wrong")
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            psycopg2.connect(without)
        with redis.Redis.from_url(servers.redis_url) as valkey:
            assert valkey.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert any("postgres" in command for command in processes_with(str(home)))
    assert not home.exists()
    assert processes_with(str(home)) == []


def test_one_server_can_be_left_out() -> None:
    with start(Plan(postgres=False)) as servers:
        assert servers.database_url == ""
        assert servers.redis_url.startswith("redis://:")


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_when_whoever_asked_dies(blow: signal.Signals) -> None:
    asking = subprocess.Popen(
        [sys.executable, "-c", ASK, ""], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    with asking:
        try:
            home = asking.stdout.readline().strip() if asking.stdout else ""
            assert processes_with(home)
            asking.send_signal(blow)
            asking.wait(60)
        finally:
            asking.kill()
    assert eventually(lambda: not processes_with(home) and not Path(home).exists())


def test_kept_data_survives_a_crash_and_serves_one_at_a_time(kept: Path) -> None:
    folder = str(kept)
    with start(Plan(folder=folder)) as servers:
        home = servers.home
        write(servers.database_url, "CREATE TABLE kept AS SELECT 7 AS number")
        with pytest.raises(ServerError, match="already running"):
            start(Plan(folder=folder))
        os.kill(int((home / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        assert eventually(lambda: servers.ended(wait=0) == "PostgreSQL")
    # As after a power cut: the number in the old file now belongs to some other program.
    (home / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{home}/postgres\n0\n1\n\n127.0.0.1\n")
    with start(Plan(folder=folder)) as servers:
        with psycopg2.connect(servers.database_url) as link, link.cursor() as cursor:
            cursor.execute("SELECT number FROM kept")
            assert cursor.fetchone() == (7,)
        link.close()


def test_data_of_another_major_version_is_named(kept: Path) -> None:
    (data_home(kept) / "postgres").mkdir()
    (data_home(kept) / "postgres" / "PG_VERSION").write_text("9\n")
    (data_home(kept) / "postgres.complete").touch()
    with pytest.raises(ServerError, match=r"made by PostgreSQL 9, .* make demo-reset"):
        start(Plan(folder=str(kept), valkey=False))


def test_what_was_broken_off_half_way_is_made_anew(kept: Path) -> None:
    (data_home(kept) / "postgres").mkdir()
    (data_home(kept) / "postgres" / "PG_VERSION").write_text("18\n")
    with start(Plan(folder=str(kept), valkey=False)) as servers:
        write(servers.database_url, "CREATE TABLE works ()")


def test_a_kept_valkey_that_was_stopped_comes_back_at_its_address(kept: Path) -> None:
    with start(Plan(folder=str(kept), postgres=False, valkey_comes_back=0.1)) as servers:
        first = pid_of(servers.redis_url)
        os.kill(first, signal.SIGKILL)
        assert eventually(lambda: pid_of(servers.redis_url) not in (0, first))
        assert servers.ended(wait=0) == ""


def pid_of(address: str) -> int:
    """The process that answers there, or 0."""
    valkey = redis.Redis.from_url(address, retry=Retry(NoBackoff(), 0))
    try:
        return int(valkey.info()["process_id"])
    except redis.RedisError:
        return 0
    finally:
        valkey.close()


def test_a_program_beside_the_servers_is_watched_and_stopped_with_its_children(tmp_path: Path) -> None:
    mark = f"sleep 98{os.getpid()}"
    with start(Plan(postgres=False)) as servers:
        command = ["/bin/sh", "-c", f"{mark} & trap '' TERM; wait"]
        servers.run("program", command, environment=dict(os.environ), folder=tmp_path, log=tmp_path / "log", grace=0.3)
        assert eventually(lambda: len(processes_with(mark)) == 2)
        assert servers.ended(wait=0) == ""
        servers.run("short", ["/bin/true"], environment={}, folder=tmp_path, log=tmp_path / "log2")
        assert servers.ended(wait=60) == "short"
    assert processes_with(mark) == []


def write(address: str, statement: str) -> None:
    link = psycopg2.connect(address)
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute(statement)
    link.close()


def test_a_program_that_may_end_is_started_again_and_its_log_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with start(Plan(postgres=False)) as servers:
        again = ["/bin/sh", "-c", "echo started"]
        servers.run("worker", again, environment=dict(os.environ), folder=tmp_path, log=log, comes_back=0.1)
        assert eventually(lambda: log.exists() and log.read_text().count("started") >= 2)
        assert servers.ended(wait=0) == ""
