"""`manage.py rules` in a shell, and what its ledger calls things."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path

from certifications.packs import SHIPPED
from certifications.rules_command import main

ROOT = SHIPPED.parents[1]
NICET = SHIPPED / "nicet/2010.toml"
CASE = """\
as_of = 2024-06-01
starts = 2024-04-01
ends = 2027-03-31
facts = { moonlighting = true, level = "II" }
activities = [
  { on = 2024-05-01, kind = "class" },
  { on = 2024-05-02, category = "active-practitioner", unit = "point" },
]
"""


def case_in(folder: Path) -> Path:
    path = folder / "case.toml"
    path.write_text(CASE)
    return path


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    command = [sys.executable, "manage.py", "rules", "count", str(NICET), str(case_in(tmp_path))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_the_ledger_names_what_has_no_title_and_facts_that_nobody_asks_for(tmp_path: Path) -> None:
    out = StringIO()
    assert main(["count", str(NICET), str(case_in(tmp_path))], out) == 0
    said = out.getvalue()
    assert "Facts that these rules do not ask for: moonlighting" in said
    assert "1 May 2024  Class or training" in said
    assert "2 May 2024  Active Practitioner" in said
