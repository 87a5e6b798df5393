"""A small pack written to disk, for tests that read and load packs."""

from __future__ import annotations

from pathlib import Path

BODY = """
format = 1
key = "guild"
name = "Guild"
trade = "Fire protection"
checked_on = 2026-09-01

[[ladders]]
key = "two"
levels = [{ code = "I", name = "Level I" }, { code = "II", name = "Level II", meaning = "Works alone." }]

[[certifications]]
key = "technician"
name = "Guild Technician"
short = "GT"
field = "Alarms"
ladder = "two"
related = ["inspector"]

[[certifications]]
key = "inspector"
name = "Guild Inspector"
short = "GI"
field = "Alarms"
"""

RULES = """
format = 1
[rules]
body = "guild"
key = "guild-cpd"
name = "Guild points"
version = "1"
in_force_from = 2020-01-01
status = "published"
checked_on = 2026-09-01
confidence = "body"
summary = "Ten points in three years."
certifications = ["technician"]
[[sources]]
key = "G1"
title = "Guild handbook"
url = "https://example.org/handbook"
[period]
months = 36
[need]
points = 10
source = "G1"
[[categories]]
key = "learning"
name = "Learning"
[[kinds]]
key = "class"
name = "Class"
kind = "class"
category = "learning"
points = 1
[[caps]]
key = "learning"
name = "Learning"
select = { category = "learning" }
points = 12
[[examples]]
say = "Twelve of fourteen hours count"
starts = 2024-01-01
ends = 2026-12-31
as_of = 2026-12-31
activities = [{ on = 2025-01-01, kind = "class", amount = 14 }]
[examples.expect]
counted = 12
compliant = true
"""


def write_pack(folder: Path, *, body: str = BODY, **documents: str) -> Path:
    """A pack folder named after the body; each keyword is a file, its text a rule document."""
    pack = folder / "guild"
    pack.mkdir(exist_ok=True)
    (pack / "body.toml").write_text(body)
    for name, text in (documents or {"first": RULES}).items():
        (pack / f"{name}.toml").write_text(text)
    return pack
