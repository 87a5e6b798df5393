"""Whatever somebody writes behind the question mark of an address, no page breaks."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests import access_world
from tests.access_matrix import ROWS
from tests.access_rows import OWNER, RULES, SITE, TECHNICIAN
from tests.factories.packs import AT

ROOT = Path(__file__).resolve().parents[1]
APPS = ("accounts", "certifications", "activities", "renewals")
# What forms of filters are called by; what views read themselves is found in them.
OF_FORMS = {
    "q", "kind", "title", "amount", "unit", "team", "site", "standing", "certification", "ends", "since", "until",
    "person", "verb", "what", "format", "on", "level",
}  # fmt: skip
ODD = ("\x00", "9" * 400, "\u0661", "-1", "2026-13-45", "%", "'\"<>\\")


@cache
def names() -> frozenset[str]:
    """Every name that a view reads from the address."""
    code = "".join(path.read_text() for app in APPS for path in (ROOT / app).rglob("*.py"))
    return frozenset(OF_FORMS) | frozenset(re.findall(r'GET(?:\.get\(|\[)"(\w+)"', code))


@pytest.mark.thorough
@pytest.mark.django_db
def test_no_page_breaks(tmp_path: Path) -> None:
    with override_settings(CLOCK_AT=AT, MEDIA_ROOT=tmp_path, CELERY_TASK_ALWAYS_EAGER=True, WEBHOOKS=True):
        world = access_world.build()
        broken = []
        for name, row in ROWS.items():
            comer = next((one for one in (TECHNICIAN, OWNER, RULES, SITE) if one in row.who), None)
            if comer:
                client = Client(raise_request_exception=False)
                client.force_login(world.people[comer])
                address = reverse(name, kwargs={part: world.here[one] for part, one in row.names.items()})
                broken += [(name, odd) for odd in ODD if status_of(client, address, odd) >= 500]
    assert broken == []


def status_of(client: Client, address: str, odd: str) -> int:
    answer = client.get(address, dict.fromkeys(names(), odd))
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[arg-type]  # read to its end, a file is closed
    return answer.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["sharing:page", "sharing:badge", "sharing:link", "reminders:unsubscribe"])
@pytest.mark.parametrize("odd", ["%00", "%D9%A1", "x" * 300, "%27"])
def test_no_public_address_breaks(client: Client, name: str, odd: str) -> None:
    address = reverse(name, args=["TOKEN"]).replace("TOKEN", odd)
    assert client.get(address).status_code == 404
