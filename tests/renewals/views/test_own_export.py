"""A person takes their own record along, and nobody else's."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client

from accounts.models import User

PAGE = "/activities/export.csv"


def rows_of(response: Any) -> list[dict[str, str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_activity_with_what_counted_and_why_not(client: Client, dana: User) -> None:
    client.force_login(dana)
    response = client.get(PAGE)
    assert response["Content-Disposition"] == 'attachment; filename="Activities 2026-10-01.csv"'
    assert "no-store" in response["Cache-Control"]
    rows = rows_of(response)
    assert [row["Title"] for row in rows][:2] == ["Smoke control webinars", "Code update course"]
    assert sum(int(row["Asked"]) for row in rows) == 99
    assert sum(int(row["Counted"]) for row in rows) == 81
    first = rows[0]
    assert (first["Date"], first["Date (in words)"]) == ("2026-08-14", "14 Aug 2026")
    assert (first["Asked"], first["Counted"], first["Not counted because"]) == ("11", "3", "Cap reached")


@pytest.mark.usefixtures("dana")
def test_nobody_elses(client: Client, stranger: User) -> None:
    client.force_login(stranger)
    assert rows_of(client.get(PAGE)) == []


def test_strangers_sign_in_first(client: Client, db: None) -> None:
    assert client.get(PAGE)["Location"].startswith("/signin/")
    assert client.post(PAGE).status_code in (302, 405)
