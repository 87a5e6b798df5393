"""Whatever somebody sends with a form, no page breaks, and what is refused writes nothing.

The names of the fields are read from the pages themselves, so that a new field is tried as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import override_settings
from django.urls import Resolver404, resolve, reverse

from tests import access_world
from tests.access_matrix import ROWS
from tests.access_rows import INVITED, OWNER, RULES, SITE, TECHNICIAN
from tests.access_world import World
from tests.factories.packs import AT
from tests.test_access import Comer, touched_rows

COMERS = (TECHNICIAN, OWNER, RULES, SITE, INVITED, "anonymous")
ODD = ("\x00", "\u200b", "\u202e\u0661", "-1", "9" * 5000, "9" * 19, "1e400", "9999-12-31", "0001-01-01",
       "'\"<>\\{{ 7 }}" + "[" * 2000)  # fmt: skip
FEW = ("\x00", "9" * 5000, "9999-12-31", "1e400")
FILES = {
    "nothing.pdf": b"", "program.pdf": b"MZ\x90\x00" * 99, "script.png": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "list.csv": b"Email,Name\n=cmd|x,\0\na@b.example,\0x\n", "list.xlsx": b"PK\x03\x04" + b"x" * 400,
    "rules.toml": b"format = 1\nb = 0x" + b"f" * 9000 + b"\nc = 0001-01-01\nd = inf\n",
}  # fmt: skip
BROKEN = (
    ("multipart/form-data", b"x"), ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; na"),
    ("application/json", b'{"a": 1'), ("application/x-www-form-urlencoded", b"a=%ED%A0%80&b=%00&=&%zz"),
    ("application/x-www-form-urlencoded; charset=utf-7", b"a=1"),
)  # fmt: skip
# What was sent with a form that is refused is kept for its next try; whoever came, and what they tried, is noted.
KEPT = {"activities_evidence"}


class Fields(HTMLParser):
    """The forms of a page that are posted: where they go, and what their fields are called."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found = page, dict[str, set[str]]()
        self._inside: set[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            address = (said.get("action") or self.page).partition("?")[0] or self.page
            self._inside = self.found.setdefault(address, set()) if said.get("method") == "post" else None
        elif self._inside is not None and (name := said.get("name")):
            self._inside.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None


@dataclass
class Sweep:
    """Everybody with their pages, and what went wrong."""

    world: World
    clients: dict[str, Comer]
    wrong: list[str] = field(default_factory=list)
    sent: int = 0

    def pages(self, names: list[str]) -> dict[tuple[str, str], set[str]]:
        """Who may send what where: fields by comer and address, as the pages with these names show them."""
        found: dict[tuple[str, str], set[str]] = {}
        for name in names:
            row = ROWS[name]
            for comer in [one for one in COMERS if one in row.who][:1]:
                address = reverse(name, kwargs={part: self.world.here[one] for part, one in row.names.items()})
                found.setdefault((comer, address), set())
                if page := self._read(comer, address):
                    reader = Fields(address)
                    reader.feed(page)
                    for action, fields in reader.found.items():
                        if _is_ours(action):
                            found.setdefault((comer, action), set()).update(fields - {"csrfmiddlewaretoken"})
        return found

    def through(self, comer: str, address: str, fields: set[str], odd: tuple[str, ...]) -> None:
        """Everything odd to one address, each time for all its fields at once."""
        if self.send(comer, address, {}) == 405:
            return
        for one in odd:
            self.send(comer, address, dict.fromkeys(fields, one))
        for content_type, body in BROKEN:
            self.send(comer, address, body, content_type=content_type)
        for name, content in FILES.items() if fields & {"file", "photo", "document"} else ():
            self.send(comer, address, {one: SimpleUploadedFile(name, content) for one in fields})

    def send(self, comer: str, address: str, body: object, **kind: str) -> int:
        self.sent += 1
        with transaction.atomic():
            before = touched_rows()
            status = self.clients[comer].post(address, body, **kind).status_code
            if status < 500:
                connection.check_constraints()  # what is otherwise looked at when the request has ended
            written = {table for table, _ in touched_rows() - before} - KEPT
            transaction.set_rollback(True)
        if resolve(address).view_name == "account_confirm_email":
            written = set()  # the address alone confirms, whatever is sent to it
        if status >= 500 or (status >= 400 and written):
            self.wrong.append(f"{status} {address} by {comer} wrote {sorted(written)}: {str(body)[:80]!r}")
        return status

    def _read(self, comer: str, address: str) -> str:
        """A page; nothing where there is a file or none."""
        with transaction.atomic():
            answer = self.clients[comer].get(address)
            transaction.set_rollback(True)
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[arg-type]  # read to its end, a file is closed
            return ""
        return answer.content.decode() if answer["Content-Type"].startswith("text/html") else ""


def _is_ours(address: str) -> bool:
    try:
        return resolve(address).view_name in ROWS
    except Resolver404:
        return False


@contextmanager
def sweeping(folder: Path) -> Iterator[Sweep]:
    with override_settings(CLOCK_AT=AT, MEDIA_ROOT=folder, CELERY_TASK_ALWAYS_EAGER=True, WEBHOOKS=True):
        world = access_world.build()
        clients = {name: Comer(raise_request_exception=False) for name in COMERS}
        for name in set(COMERS) - {"anonymous"}:
            clients[name].force_login(world.people[name])
            clients[name].kept = clients[name].cookies[settings.SESSION_COOKIE_NAME].value
        yield Sweep(world, clients)


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(2))
def test_no_form_breaks(tmp_path: Path, part: int) -> None:
    with sweeping(tmp_path) as sweep:
        pages = sorted(sweep.pages(sorted(ROWS)).items())
        for (comer, address), fields in pages[part::2]:
            sweep.through(comer, address, fields, ODD)
    assert not sweep.wrong, "\n".join(sweep.wrong)
    assert sweep.sent > 800


@pytest.mark.django_db
def test_forms_that_take_most_do_not_break(tmp_path: Path) -> None:
    """The same for the pages where most is typed, with what broke one of them before."""
    names = ["activities:field_time", "certifications:draft_import", "renewals:period", "team:class_new", "team:import"]
    with sweeping(tmp_path) as sweep:
        for (comer, address), fields in sweep.pages(names).items():
            if resolve(address).view_name in names:
                sweep.through(comer, address, fields, FEW)
    assert not sweep.wrong, "\n".join(sweep.wrong)
    assert sweep.sent > 50
