"""The demo as a visitor sees it: started, used, stopped, started again."""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cpdtracker.servers.process import free_port
from tests.cpdtracker.servers.test_client import ROOT, eventually, processes_with


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    home = tmp_path / "demo"
    yield home
    pointer = home / "elsewhere"
    if pointer.exists():
        shutil.rmtree(pointer.read_text(), ignore_errors=True)


@contextmanager
def demo(folder: Path, port: int) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    """A running demo and what it said up to its last line."""
    known = {**os.environ, "DEMO_DIR": str(folder), "PORT": str(port), "DATABASE_URL": "not ours"}
    command = [sys.executable, "-u", "-m", "cpdtracker.demo"]
    with subprocess.Popen(command, cwd=ROOT, env=known, stdout=subprocess.PIPE, text=True) as running:
        said = []
        for line in running.stdout or []:
            said.append(line.strip())
            if line.startswith("Started in"):
                break
        try:
            yield running, said
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(timeout=120)


@pytest.mark.thorough
def test_it_starts_twice_and_leaves_no_process(folder: Path) -> None:
    port = free_port()
    with demo(folder, port) as (running, said):
        assert f"CPD Points     http://localhost:{port}" in said
        with urllib.request.urlopen(f"http://localhost:{port}/demo/mail/") as answer:
            assert answer.status == 200
        with urllib.request.urlopen(f"http://localhost:{port}/static/bootstrap/bootstrap.min.css") as answer:
            assert answer.headers["Content-Type"].startswith("text/css")
        again = subprocess.run(
            [sys.executable, "-m", "cpdtracker.demo"],
            cwd=ROOT, env={**os.environ, "DEMO_DIR": str(folder)}, capture_output=True, text=True,
        )  # fmt: skip
        assert (again.returncode, again.stderr.count("\n")) == (1, 1)
        assert "already running" in again.stderr
        assert eventually(lambda: " ready." in (folder / "logs" / "worker.log").read_text())
    assert running.returncode == 0
    assert not processes_with(str(folder))
    assert not processes_with(f"127.0.0.1:{port}")
    with demo(folder, free_port()) as (running, said):
        seconds = float(re.search(r"Started in ([\d.]+) seconds", said[-1]).group(1))  # type: ignore[union-attr]
        assert seconds < 60
        running.kill()
        running.wait()
        assert eventually(lambda: not processes_with(str(folder)))
