"""The audit trail as a list."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client

from accounts.audit import record
from accounts.models import User
from tests.factories.accounts import UserFactory
from tests.renewals.pages import hooked, said

PAGE = "/manage/audit/"


@pytest.fixture
def dana(admin: User) -> User:
    made: User = UserFactory(name="Dana Reyes", email="dana@example.org")
    told = [
        ("settings changed", made, datetime(2026, 9, 1, 12, tzinfo=UTC), {"name": "D"}, {"name": "<b>Dana</b>"}),
        (
            "sending held",
            admin,
            datetime(2026, 9, 2, 12, tzinfo=UTC),
            None,
            {"people": ["a", 2], "on": True, "note": "secret"},
        ),
    ]
    with transaction.atomic():
        for verb, by, at, before, after in told:
            record(verb=verb, by=by, at=at, target=by, label=f"About {by}", before=before, after=after)
        record(verb="counted", by=None, at=datetime(2026, 9, 3, tzinfo=UTC), target=made, label="x", subject=made)
    return made


def found(client: Client, **asked: str) -> list[str]:
    return hooked(client.get(PAGE, asked), "event")


def test_it_is_empty_at_first(client: Client, admin: User) -> None:
    assert "Nothing was found" in said(client.get(PAGE))


def test_newest_first_with_what_changed(client: Client, dana: User) -> None:
    page = client.get(PAGE)
    counted, _, changed = hooked(page, "event")
    assert counted.startswith("Counted: x 2 Sep 2026, 20:00, the product itself, about Dana Reyes.")
    assert "People: a, 2" in said(page)
    assert "Note: not shown here" in said(page)
    assert "secret" not in said(page)
    assert "On: yes" in said(page)
    assert "Name: D <b>Dana</b>" in changed


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"who": "reyes"}, 2), ({"who": "DANA@example.org"}, 2), ({"who": "nobody"}, 0), ({"what": "held"}, 1),
        ({"what": "About"}, 2), ({"what": "%"}, 0), ({"since": "2026-09-02"}, 2), ({"until": "2026-09-02"}, 2),
        ({"since": "2026-09-02", "until": "2026-09-02"}, 1), ({"who": "a\x00b"}, 0), ({"before": "9" * 40}, 3),
    ],
)  # fmt: skip
def test_filters(client: Client, dana: User, asked: dict[str, str], number: int) -> None:
    assert len(found(client, **asked)) == number


def test_what_cannot_be_read_is_said(client: Client, admin: User) -> None:
    for asked in ({"since": "2026-02-30"}, {"since": "2026-09-02", "until": "2026-09-01"}):
        assert client.get(PAGE, asked).status_code == 422


def test_pages(client: Client, dana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renewals.operating.trail.PAGE", 2)
    first = client.get(PAGE, {"what": "e"})
    older = first.context["found"].older
    assert f'href="?what=e&amp;before={older}"' in first.content.decode()
    second = client.get(PAGE, {"what": "e", "before": str(older)})
    assert [len(hooked(page, "event")) for page in (first, second)] == [2, 1]
    assert "Earlier entries" in said(second)
