"""Trying what the database must refuse, past the ORM, with a control.

A statement that is refused proves little: it may be wrong in itself. So each is run once more with the guard
dropped, in the same transaction, and must then pass.
"""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

Statement = tuple[str, Sequence[Any]]

_FIND = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I CASCADE', conrelid::regclass, conname)
FROM pg_constraint WHERE conname = %(name)s AND contype <> 't'
UNION ALL
SELECT format('DROP TRIGGER %%I ON %%s', tgname, tgrelid::regclass)
FROM pg_trigger WHERE tgname = %(name)s AND NOT tgisinternal
UNION ALL
SELECT format('DROP INDEX %%I', c.relname) FROM pg_class c
WHERE c.relname = %(name)s AND c.relkind = 'i'
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid AND contype IN ('u', 'p', 'x'))
"""


def run(*statements: Statement) -> None:
    """Run the statements, then every check that waits for the end of the transaction."""
    with connection.cursor() as cursor:
        for sql, values in statements:
            cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def accepted(*statements: Statement) -> None:
    """The statements pass. Nothing of them stays."""
    with transaction.atomic():
        run(*statements)
        transaction.set_rollback(True)


def refused(guard: str, *statements: Statement) -> None:
    """The statements are refused by exactly this guard, and pass when it is dropped. Nothing of them stays."""
    run()  # what the test prepared must itself be right
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        run(*statements)
    assert caught.value.__cause__.diag.constraint_name == guard
    with transaction.atomic():
        drop(guard)
        run(*statements)
        transaction.set_rollback(True)


def drop(guard: str) -> None:
    """Drop a constraint, an index or a trigger by its name, for the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, {"name": guard})
        found = [row[0] for row in cursor.fetchall()]
        assert len(found) == 1, f"{guard}: {found}"
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still waiting cannot be altered
        cursor.execute(found[0])
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def foreign_key(table: str, column: str) -> str:
    """The name Django gave to the foreign key of one column."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
            " WHERE c.contype = 'f' AND c.conrelid = %s::regclass AND cardinality(c.conkey) = 1 AND a.attname = %s",
            [table, column],
        )
        return str(cursor.fetchone()[0])


def insert(table: str, **values: Any) -> Statement:
    """A raw INSERT."""
    columns = ", ".join(f'"{name}"' for name in values)
    places = ", ".join(["%s"] * len(values))
    return f"INSERT INTO {table} ({columns}) VALUES ({places})", list(values.values())


def update(table: str, key: int, **values: Any) -> Statement:
    """A raw UPDATE of one row."""
    changes = ", ".join(f'"{name}" = %s' for name in values)
    return f"UPDATE {table} SET {changes} WHERE id = %s", [*values.values(), key]


def delete(table: str, key: int) -> Statement:
    """A raw DELETE of one row."""
    return f"DELETE FROM {table} WHERE id = %s", [key]


def copy(table: str, key: int, **changes: Any) -> Statement:
    """A raw INSERT of a copy of one row with some values changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(quote_ident(column_name)) FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s AND column_name <> 'id'",
            [table],
        )
        columns: list[str] = cursor.fetchone()[0]
    names = {column: column.strip('"') for column in columns}
    taken = ", ".join("%s" if names[column] in changes else column for column in columns)
    values = [changes[names[column]] for column in columns if names[column] in changes]
    assert set(changes) <= set(names.values()), changes
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {taken} FROM {table} WHERE id = %s", [*values, key]
