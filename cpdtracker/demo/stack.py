"""The programs of the demo: what is run, with which settings, and when each is ready."""

import hashlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

from cpdtracker.demo.places import HOME, ROOT, secret_key
from cpdtracker.servers import ServerError, Servers
from cpdtracker.servers.example import example_environment
from cpdtracker.servers.problems import explain, last_words

PATIENCE = 60.0
PYTHON = [sys.executable, "-m"]


def bring_up(servers: Servers, port: int) -> str:
    """Prepare the data, start web, worker and beat, wait for them. Returns what to tell the visitor."""
    for folder in ("logs", "evidence", "mail"):
        (HOME / folder).mkdir(exist_ok=True)
    environment = settings_for(servers, port)
    if prepared() != code_hash():
        _prepare(environment)
    for name, command in programs(port).items():
        log = HOME / "logs" / f"{name}.log"
        # A worker ends itself where it meets a broken broker at the wrong moment; as in production it is started again.
        comes_back = None if name == "web" else 2.0
        servers.run(name, command, environment=environment, folder=ROOT, log=log, comes_back=comes_back)
        if name == "web":
            # The visitor waits for the pages; the worker comes up while they read.
            _wait_for_web(servers, f"http://127.0.0.1:{port}/readyz")
    return _welcome(port)


def settings_for(servers: Servers, port: int) -> dict[str, str]:
    """The environment of every program. What the visitor's shell has set for another place does not count here."""
    ours = {
        **example_environment(),
        "SECRET_KEY": secret_key(),
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "SITE_URL": f"http://localhost:{port}",
        "EVIDENCE_DIR": str(HOME / "evidence"),
        "DEMO_MAIL_DIR": str(HOME / "mail"),
        "DEMO": "1",
        "DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "cpdtracker.settings",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    return {**os.environ, **ours}


def programs(port: int) -> dict[str, list[str]]:
    """Web, worker and beat, as they run in production, only smaller."""
    celery = [*PYTHON, "celery", "-A", "cpdtracker"]
    web = ["--bind", f"127.0.0.1:{port}", "--threads", "8", "--graceful-timeout", "3", "--no-control-socket"]
    return {
        "web": [*PYTHON, "gunicorn", "cpdtracker.wsgi", *web],
        "worker": [
            *celery,
            "worker",
            "--concurrency",
            "1",
            "--loglevel",
            "INFO",
            "--without-gossip",
            "--without-mingle",
        ],
        "beat": [*celery, "beat", "--schedule", str(HOME / "beat-schedule")],
    }


def prepared() -> str:
    """The hash of the code that last prepared the data, or ""."""
    path = HOME / "prepared"
    return path.read_text() if path.exists() else ""


def code_hash() -> str:
    """Changes with any program or rule pack: then the data is prepared again, otherwise that step is saved."""
    digest = hashlib.sha256()
    for app in ("accounts", "certifications", "activities", "renewals", "cpdtracker"):
        for path in sorted((ROOT / app).rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _prepare(environment: dict[str, str]) -> None:
    log = HOME / "logs" / "prepare.log"
    with log.open("w") as file:
        command = [*PYTHON, "cpdtracker.demo.prepare", str(HOME / "people.json")]
        done = subprocess.run(command, env=environment, cwd=ROOT, stdout=file, stderr=file)
    if done.returncode:
        problem = explain("The demo", last_words(log))
        if prepared():
            raise ServerError(
                f"{problem}\nIf the code is newer than the data: make demo-reset removes the data and starts over."
            )
        raise problem
    (HOME / "prepared").write_text(code_hash())


def _wait_for_web(servers: Servers, address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(address):
        if ended := servers.ended(wait=0.1):
            raise explain(ended, last_words(HOME / "logs" / f"{ended}.log"))
        if time.monotonic() > deadline:
            raise ServerError(f"The web server did not answer within {PATIENCE:.0f} seconds: see .demo/logs/web.log.")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _welcome(port: int) -> str:
    address = f"http://localhost:{port}"
    lines = ["", f"  CPD Points     {address}", f"  Mail sent      {address}/demo/mail/", ""]
    people = json.loads((HOME / "people.json").read_text())
    if people:
        lines += ["  Sign in as", *_table(people), ""]
    return "\n".join(lines)


def _table(people: list[dict[str, str]]) -> list[str]:
    rows = [(person["email"], person["password"], person["about"]) for person in people]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return [f"    {email:<{widths[0]}}  {password:<{widths[1]}}  {about}" for email, password, about in rows]
