"""The settings file as a whole, read in a process of its own with a chosen environment."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cpdtracker.servers.example import example_environment

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SITE_URL": "https://cpd.example.org",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "DATABASE_URL": "postgres://u:p@db.example.org:5432/cpd",
    "REDIS_URL": "rediss://:p@valkey.example.org:6379/0",
    "TRUSTED_PROXY_COUNT": "1",
}
REQUIRED = ["SECRET_KEY", "SITE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL"]


def python(*arguments: str, without: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """A program; without one the settings alone, as every program reads them first."""
    known = {**example_environment(), "PATH": os.environ["PATH"], **PRODUCTION, **environment}
    known.pop(without, None)
    command = [sys.executable, "-W", "error", *(arguments or ("-c", "import cpdtracker.settings"))]
    return subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True)


def test_production_settings_pass_djangos_own_deployment_check() -> None:
    done = python("manage.py", "check", "--deploy", "--fail-level", "INFO")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_setting_stops_the_start_with_its_name(name: str) -> None:
    done = python(without=name)
    assert done.returncode != 0
    assert f"ImproperlyConfigured: {name} is not set." in done.stderr


def test_a_command_started_by_hand_reads_the_file_of_the_services(tmp_path: Path) -> None:
    """What is set already stays."""
    file = tmp_path / "cpdtracker.env"
    file.write_text(
        "# A comment\nDEFAULT_FROM_EMAIL=CPD Points <points@example.org>\nSITE_URL=https://other.example.org\n"
    )
    show = "from cpdtracker import settings; print(settings.DEFAULT_FROM_EMAIL, settings.SITE_URL)"
    done = python("-c", show, without="DEFAULT_FROM_EMAIL", ENV_FILE=str(file))
    assert done.stdout == "CPD Points <points@example.org> https://cpd.example.org\n", done.stderr
    missing = python(ENV_FILE=str(tmp_path / "nothing"))
    assert "ImproperlyConfigured: ENV_FILE cannot be read: " in missing.stderr


@pytest.mark.parametrize(("name", "value"), [("DEBUG", "1"), ("DEMO", "1"), ("CLOCK_AT", "2026-10-01T09:00:00-04:00")])
def test_what_is_for_this_machine_only_cannot_be_switched_on_elsewhere(name: str, value: str) -> None:
    done = python(**{name: value})
    assert done.returncode != 0
    assert "only where SITE_URL is this machine" in done.stderr


def test_the_example_file_names_every_setting_and_no_other() -> None:
    code = "".join((ROOT / "cpdtracker" / name).read_text() for name in ("settings.py", "environment.py"))
    read = set(re.findall(r"""(?:env(?:ironment)?\.\w+)\(\s*"([A-Z_]+)\"""", code)) | {"SECRET_KEY"}
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^#? ?([A-Z_]+)=", example, flags=re.MULTILINE))
    compose = {"POSTGRES_PASSWORD", "VALKEY_PASSWORD", "WEB_CONCURRENCY"}
    assert named - compose == read
