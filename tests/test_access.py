"""Every address, everybody who may come along, every method, for things here, elsewhere and nowhere.

What is refused answers exactly as what does not exist, and changes no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.urls import reverse

from cpdtracker.public import PUBLIC_VIEWS
from tests import access_world
from tests.access_matrix import ROWS
from tests.access_rows import INSIDE, OUTSIDE, OWNER, RULES, TECHNICIAN, Row
from tests.access_world import ABSENT, MISSING, World, never_read
from tests.cpdtracker.test_public import ALL
from tests.factories.packs import AT

READS, WRITES, NEVER = ("GET", "HEAD"), ("POST",), ("PUT", "PATCH", "DELETE", "OPTIONS")
# Refused before anybody is looked at: a stranger and the mightiest are enough.
NEVER_TRIED_BY = ("anonymous", TECHNICIAN, OWNER, RULES)
Touched = tuple[str, int]  # a table, and how many rows of it were written to
IDENTITIES = (*OUTSIDE, *INSIDE)
_MASKED = re.compile(rb'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": ?)"[^"]+"')
# Sessions are touched by whoever comes, tries of strangers are counted, and the trail may tell of a refusal.
_OF_EVERYBODY = {"django_session", "accounts_triescache", "accounts_auditevent"}


def test_every_address_has_a_row() -> None:
    names = {name for name, _ in ALL}
    assert names - ROWS.keys() == set(), "Say in tests/access_matrix.py who may open it"
    assert ROWS.keys() - names == set(), "There is no such address any more"


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_row_names_every_variable_part(name: str) -> None:
    assert set(ROWS[name].names) == set(dict(ALL).get(name, ROWS[name].names))


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("files")
    with (
        override_settings(CLOCK_AT=AT, MEDIA_ROOT=folder, CELERY_TASK_ALWAYS_EAGER=True, WEBHOOKS=True),
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        transaction.atomic(),
    ):
        yield access_world.build()
        transaction.set_rollback(True)


class Comer(Client):
    """Comes anew each time: what an answer did to the cookies (signing out, notices) is forgotten."""

    kept = ""

    def generic(self, *args: object, **kwargs: object) -> HttpResponseBase:
        self.cookies.clear()
        if self.kept:
            self.cookies[settings.SESSION_COOKIE_NAME] = self.kept
        return super().generic(*args, **kwargs)


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, Comer]:
    found = {"anonymous": Comer()}
    for name, user in world.people.items():
        found[name] = Comer()
        found[name].force_login(user)
        found[name].kept = found[name].cookies[settings.SESSION_COOKIE_NAME].value
    world.people["disabled"].is_active = False
    world.people["disabled"].save(update_fields=["is_active"])
    return found


@dataclass
class Walk:
    """One walk over the whole table: how many cells, and what was wrong."""

    world: World
    clients: dict[str, Comer]
    cells: int = 0
    touched: set[Touched] = field(default_factory=set)
    headed: set[tuple[str, str]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def through(self, name: str, row: Row) -> None:
        for identity in IDENTITIES:
            for method in NEVER if identity in NEVER_TRIED_BY else ():
                self._never(name, row, identity, method)
            for method in (*READS, *WRITES):
                self._cells(name, row, identity, method)

    def _never(self, name: str, row: Row, identity: str, method: str) -> None:
        """No page has such a method, for whomever and whatever: refused before anything is looked at."""
        answer = self.clients[identity].generic(method, self._address(name, row, "here"))
        self._cell(answer.status_code == 405, name, identity, method, "here", answer.status_code)

    def _cells(self, name: str, row: Row, identity: str, method: str) -> None:
        nowhere = None
        for place in _places(row):
            address = self._address(name, row, place)
            wanted = _wanted(name, row, identity, place)
            if (method, wanted) == ("HEAD", "answer") and (name, place) in self.headed:
                continue  # Django answers it by the same code as GET: once for each page is enough
            self.headed |= {(name, place)} if method == "HEAD" and wanted == "answer" else set()
            answer, touched = self._ask(identity, method, address, wanted)
            status, body = answer.status_code, _body(answer).replace(address.encode(), b"ADDRESS")
            match wanted:
                case "sign-in":
                    fits = status == 302 and answer["Location"].startswith(reverse(settings.LOGIN_URL)) and not touched
                case "answer":
                    read = [text for text in never_read(identity, self.world, name) if text.encode() in body]
                    fits = status < 500 and status not in (403, 404) and not read
                case _:
                    nowhere = nowhere or (status, body)
                    fits = status in (404, 405) and not touched and (status, body) == nowhere
            self._cell(fits, name, identity, method, place, status)

    def _address(self, name: str, row: Row, place: str) -> str:
        things = {"here": self.world.here, "elsewhere": self.world.elsewhere}.get(place)
        parts = {part: things[one] if things else ABSENT.get(one, MISSING) for part, one in row.names.items()}
        return reverse(name, kwargs=parts)

    def _cell(self, fits: bool, name: str, identity: str, method: str, place: str, status: int) -> None:
        self.cells += 1
        if not fits:
            self.wrong.append(f"{method} {name} {place} by {identity}: {status}")

    def _ask(self, identity: str, method: str, address: str, wanted: str) -> tuple[HttpResponseBase, set[Touched]]:
        """The answer, and the tables that a write touched. The checksum at the end tells of reading what is refused."""
        if method in READS and wanted != "answer":
            return self.clients[identity].generic(method, address), set()
        with transaction.atomic():
            answer = self.clients[identity].generic(method, address)
            now = self.touched if method in READS else touched_rows()
            transaction.set_rollback(True)
        new, self.touched = now - self.touched, now
        return answer, new


def _places(row: Row) -> tuple[str, ...]:
    if not row.names:
        return ("here",)
    return ("nowhere", "here", "elsewhere") if row.missing else ("here", "elsewhere")


def _wanted(name: str, row: Row, identity: str, place: str) -> str:
    """ "answer", "nothing" (as for what does not exist) or "sign-in"."""
    if identity in OUTSIDE and name not in PUBLIC_VIEWS:
        return "sign-in"
    allowed = {"here": row.who, "elsewhere": row.who_elsewhere, "nowhere": frozenset()}[place]
    return "answer" if identity in allowed else "nothing"


def _body(answer: HttpResponseBase) -> bytes:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return _MASKED.sub(b"", body)


def touched_rows() -> set[Touched]:
    """Tables with the number of rows written to in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return {(table, number) for table, number in cursor.fetchall() if table not in _OF_EVERYBODY}


def checksum() -> dict[str, str]:
    """A hash of all rows of every table, but of those that every visit writes."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in _OF_EVERYBODY:
                cursor.execute(
                    f"SELECT coalesce(md5(string_agg(md5(t::text), '' ORDER BY t::text)), '') FROM \"{table}\" t"
                )
                found[table] = cursor.fetchone()[0]
    return found


PARTS = 4  # so that every processor has something to walk


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_every_cell(world: World, clients: dict[str, Comer], capsys: pytest.CaptureFixture[str], part: int) -> None:
    names = sorted(name for name, _ in ALL if name in ROWS)[part::PARTS]
    walk = Walk(world, clients, touched=touched_rows())
    before = checksum()
    for name in names:
        walk.through(name, ROWS[name])
    with capsys.disabled():
        print(f"\n{len(names)} of {len(ROWS)} addresses, {len(IDENTITIES)} identities: {walk.cells:,} cells walked")
    assert not walk.wrong, "\n".join(walk.wrong)
    assert checksum() == before
    assert walk.cells > len(names) * (len(IDENTITIES) * 2 + len(NEVER_TRIED_BY) * len(NEVER))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["renewals:remove", "team:member_end", "sharing:leave"])
def test_the_walk_would_notice_a_write(world: World, clients: dict[str, Comer], name: str) -> None:
    """The control: an allowed call of the same kind does touch rows, and the walk sees it."""
    row = ROWS[name]
    with transaction.atomic():
        before = touched_rows()
        identity = next(iter(row.who))
        assert clients[identity].post(Walk(world, clients)._address(name, row, "here")).status_code == 302
        assert touched_rows() - before
        transaction.set_rollback(True)
