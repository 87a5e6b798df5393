"""A certification that the catalogue lacks."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from certifications.models import Certification, HeldCertification
from renewals.queries import stands_of
from tests.factories.packs import TODAY
from tests.renewals.pages import said
from tests.renewals.sent import card

pytestmark = pytest.mark.django_db
NONCE = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def user(nicet: None, technician: User, client: Client) -> User:
    client.force_login(technician)
    return technician


OWN = {
    "nonce": NONCE,
    "name": "Rope access",
    "need": "40",
    **card("1", "2026", "1", "starts"),
    **card("12", "2028", "31", "last"),
}


def test_an_own_certification_counts_without_caps(client: Client, user: User) -> None:
    assert client.post("/certs/add/own/", OWN).status_code == 302
    assert client.post("/certs/add/own/", OWN).status_code == 302
    [stand] = stands_of(user, TODAY)
    assert (str(stand.holding.held), stand.standing.needed) == ("Rope access", 4000)
    assert (stand.holding.period.start, stand.holding.period.last_day) == (date(2026, 1, 1), date(2028, 12, 31))


def test_it_may_need_no_points(client: Client, user: User) -> None:
    assert client.post("/start/certification/own/", {**OWN, "need": ""})["Location"] == reverse(
        "renewals:start_history"
    )
    assert HeldCertification.objects.get(user=user).plain_need is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Enter the name of the certification"),
        ({"name": " \u200b "}, "Enter the name of the certification"),
        ({"name": "x" * 161}, "160 characters or fewer"),
        ({"need": "abc"}, "Enter the points as a number, like 40"),
        ({"need": "-1"}, "Enter the points as a number, like 40"),
        ({"need": "0"}, "Enter more than 0 points"),
        ({"need": "1e400"}, "Enter the points as a number, like 40"),
        ({"need": "1_000"}, "Enter the points as a number, like 40"),
        ({"need": "\u0664\u0660"}, "Enter the points as a number, like 40"),
        ({"need": "0.001"}, "Enter the points as a number, like 40"),
        ({"need": "9" * 5000}, "Enter the points as a number, like 40"),
        ({"need": "100001"}, "Enter 100,000 points or fewer"),
        (card("", "", "", "last"), "Enter the end date"),
        (card("1", "2025", "1", "last"), "End date must be after the first day of the period"),
    ],
)
def test_wrong_input_for_an_own_one(client: Client, user: User, changed: dict[str, str], words: str) -> None:
    page = client.post("/start/certification/own/", {**OWN, **changed})
    assert page.status_code == 422
    assert words in said(page)
    assert not Certification.objects.filter(owner=user).exists()


def test_decimal_commas_are_read(client: Client, user: User) -> None:
    client.post("/start/certification/own/", {**OWN, "need": "12,5"})
    assert HeldCertification.objects.get(user=user).plain_need == 1250


def test_markup_in_a_name_is_shown_as_text(client: Client, user: User) -> None:
    client.post("/start/certification/own/", {**OWN, "name": '<b onmouseover="x">Rope</b>'})
    page = client.get("/start/certification/")
    assert "<b onmouseover" not in page.content.decode()
    assert "&lt;b onmouseover" in page.content.decode()
