"""Tries are counted in the database: past the limit all are refused, whatever became of the requests."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.factories.accounts import UserFactory
from tests.renewals.pages import said

RIGHT = {"login": "dana@example.org", "password": "correct horse battery staple"}
WRONG = RIGHT | {"password": "not the right one"}
TOO_MANY = "Too many tries. Wait 5 minutes, then try again"


def keys() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM accounts_triescache ORDER BY cache_key")
        return [key for (key,) in cursor.fetchall()]


def insert(name: str, number: int, expires: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_triescache SELECT %s || n, '', now() + %s::interval FROM generate_series(1, %s) n",
            [name, expires, number],
        )


def test_after_many_wrong_passwords_the_right_one_is_refused_too(db: None) -> None:
    UserFactory(email="dana@example.org", confirmed=True)
    UserFactory(email="sam@example.org", confirmed=True)
    for _ in range(5):
        assert "The email address or the password is not right" in said(Client().post("/signin/", WRONG))
    assert TOO_MANY in said(Client().post("/signin/", RIGHT))
    # Another account, from the same place, is not shut.
    assert Client().post("/signin/", RIGHT | {"login": "sam@example.org"}).status_code == 302


def test_a_right_password_is_no_counted_failure(db: None) -> None:
    UserFactory(email="dana@example.org", confirmed=True)
    for _ in range(6):
        assert Client().post("/signin/", RIGHT).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_try_counts_although_its_request_came_to_nothing() -> None:
    UserFactory(email="dana@example.org", confirmed=True)
    broken = Client(raise_request_exception=False)
    with patch.object(AuthenticationBackend, "authenticate", side_effect=RuntimeError):
        for _ in range(5):
            assert broken.post("/signin/", RIGHT).status_code == 500
    assert TOO_MANY in said(Client().post("/signin/", RIGHT))


def test_the_page_of_signing_up_is_limited_too(db: None) -> None:
    statuses = [Client().post("/signup/", {}).status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]


def test_what_is_over_is_thrown_away_and_nothing_else(db: None) -> None:
    insert("over", 3, "-2 seconds")
    insert("counts", 400, "1 minute")
    cache.set("new", [1.0], 60)
    assert len(keys()) == 401
    assert not any("over" in key for key in keys())
    assert cache.get("new") == [1.0]


def test_a_lock_is_held_by_one_until_it_is_over(db: None) -> None:
    assert cache.add("lock", True, 60)
    assert not cache.add("lock", True, 60)
    cache.set("lock", True, -1)
    assert cache.add("lock", True, 60)


@pytest.mark.django_db(transaction=True)
def test_no_other_test_left_a_count() -> None:
    assert keys() == []
