"""What the machine that watches us sees."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_healthz_is_ok_without_asking_anything(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_readyz_names_every_part(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.json() == {"database": "ok", "broker": "ok", "migrations": "ok"}
    assert answer.status_code == 200
