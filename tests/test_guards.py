"""Every guard the database has was tried past the ORM: a new one without such a test is found here."""

import re
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
TRIED = "".join(path.read_text() for path in Path(__file__).parent.glob("*/test_constraints*.py"))

# Django's own foreign keys and the keys of its two-column tables follow one pattern each and are tried by example;
# `>= 0` of whole numbers likewise. What pairs with an owner (…_with_…) exists only to be pointed at.
_GUARDS = """
SELECT name FROM (
    SELECT conname AS name, conrelid AS relation FROM pg_constraint
    WHERE contype IN ('c', 'x', 'u') OR (contype = 'f' AND cardinality(conkey) > 1)
    UNION
    SELECT tgname, tgrelid FROM pg_trigger WHERE NOT tgisinternal
    UNION
    SELECT i.relname, x.indrelid FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
    WHERE x.indisunique AND x.indpred IS NOT NULL
) guards JOIN pg_class r ON r.oid = guards.relation
WHERE r.relname ~ '^(accounts|certifications|activities|renewals)_'
    AND name !~ '^(accounts|certifications|activities|renewals)_.*_(uniq|check|key)$'
    AND name !~ '_with_'
ORDER BY name
"""


@pytest.mark.django_db
def test_every_guard_is_tried() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_GUARDS)
        guards = [row[0] for row in cursor.fetchall()]
    assert len(guards) > 60
    assert [guard for guard in guards if f'"{guard}"' not in TRIED] == []


def test_a_locked_row_can_be_pointed_at() -> None:
    """`FOR UPDATE` keeps those waiting who only point at the row, when their transaction ends: decision 0005."""
    apps = ("accounts", "certifications", "activities", "renewals")
    code = {path: path.read_text() for app in apps for path in (ROOT / app).rglob("*.py")}
    asked = {path: re.findall(r"select_for_update\((?!no_key=True)", text) for path, text in code.items()}
    assert [str(path) for path, found in asked.items() if found] == []
    assert sum(text.count("select_for_update(") for text in code.values()) > 50
