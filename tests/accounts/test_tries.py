"""Tries are counted in the database: past the limit all are refused, whatever became of the requests."""

from __future__ import annotations

import time
from unittest.mock import patch

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from django.core import mail
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
    answers = [Client().post("/signup/", {}) for _ in range(21)]
    assert [one.status_code for one in answers] == [200] * 20 + [429]
    assert "Too many tries Nothing was changed. Wait a minute, then try again." in said(answers[-1])
    assert answers[-1]["Retry-After"] == "60"


def test_one_address_gets_a_link_for_a_new_password_five_times_an_hour(db: None) -> None:
    """Known or not: the answers and the numbers of mails are the same."""
    UserFactory(email="dana@example.org", confirmed=True)
    for address in ("dana@example.org", "nobody@example.org"):
        answers = [Client().post("/account/password/reset/", {"email": address}) for _ in range(6)]
        assert [one.status_code for one in answers] == [302] * 5 + [429]
        page = said(answers[-1])
        assert "The links we sent in the last hour still work" in page
        assert "You can ask for another one in an hour." in page
        assert answers[-1]["Retry-After"] == "3600"
        assert sum(one.to == [address] for one in mail.outbox) == 5


@pytest.mark.parametrize("known", [True, False])
def test_one_address_is_asked_to_confirm_five_times_a_day(known: bool, db: None) -> None:
    """Signing up with it again and again, from many places; the answer stays the same."""
    if known:
        UserFactory(email="dana@example.org", confirmed=True)
    sent = {"name": "Dana", "email": "dana@example.org", "password1": "correct horse battery"}
    start = time.time()
    for number in range(7):
        with patch("allauth.core.internal.ratelimit.time.time", return_value=start + number * 181):
            answer = Client(REMOTE_ADDR=f"203.0.113.{number}").post("/signup/", sent, follow=True)
        assert "Each link works for 3 days." in said(answer)
    assert len(mail.outbox) == 5


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
