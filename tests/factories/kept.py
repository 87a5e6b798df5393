"""Rows that many tests start from: made once by the product's own actions, after that copied back in milliseconds."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable

from django.apps import apps
from django.db import connection, transaction
from django.db.models import ForeignKey

from accounts.models import User

Rows = dict[str, list[dict[str, object]]]

_AUDIT = "accounts_auditevent"
_kept: dict[Hashable, tuple[Rows, int]] = {}


def kept(name: Hashable, make: Callable[[], object], *, user: User | None = None) -> None:
    """What `make` adds to the database. The second time in this process its rows are copied back, about `user` now.

    Only additions are kept. `name` must say everything that the rows depend on, keys of other rows among it; there
    must be no rows yet of the kind that `make` adds. The triggers stay silent for the copies: the rows have passed
    them once. Events of the audit trail are sealed anew.
    """
    if name in _kept:
        rows, about = _kept[name]
        _bring_back(rows, {about: user.pk} if user else {})
        return
    before = _keys()
    make()
    _kept[name] = _added_since(before), user.pk if user else 0


def _keys() -> dict[str, list[object]]:
    """The primary keys that are there, by table."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT "{model._meta.pk.column}" FROM "{model._meta.db_table}"')  # type: ignore[union-attr]
            found[model._meta.db_table] = [key for (key,) in cursor.fetchall()]
    return found


def _added_since(before: dict[str, list[object]]) -> Rows:
    found: Rows = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table, key = model._meta.db_table, model._meta.pk.column  # type: ignore[union-attr]
            cursor.execute(f'SELECT to_jsonb(t) FROM "{table}" t WHERE NOT "{key}" = ANY(%s)', [before[table]])
            rows = [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]
            if rows:
                found[table] = rows
    return found


def _bring_back(rows: Rows, people: dict[int, int]) -> None:
    about = {model._meta.db_table: _columns_about_people(model) for model in apps.get_models(include_auto_created=True)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, every in rows.items():
            if table != _AUDIT:
                _insert(cursor, table, [_about(row, about[table], people) for row in every])
        cursor.execute("SET LOCAL session_replication_role = origin")
        if _AUDIT in rows:
            unsealed = {"seq": None, "prev_hash": None, "hash": None}
            _insert(cursor, _AUDIT, [_about(row, about[_AUDIT], people) | unsealed for row in rows[_AUDIT]])


def _about(row: dict[str, object], columns: list[str], people: dict[int, int]) -> dict[str, object]:
    return row | {column: people.get(row[column], row[column]) for column in columns}  # type: ignore[call-overload]


def _columns_about_people(model: type) -> list[str]:
    return [
        one.column
        for one in model._meta.local_fields  # type: ignore[attr-defined]
        if isinstance(one, ForeignKey) and one.remote_field.model is User
    ]


def _insert(cursor: object, table: str, rows: list[dict[str, object]]) -> None:
    columns = ", ".join(f'"{column}"' for column in rows[0])
    cursor.execute(  # type: ignore[attr-defined]
        f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::"{table}", %s::jsonb)',
        [json.dumps(rows)],
    )
