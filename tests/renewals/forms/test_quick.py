"""What a person remembers: rows by month, and work in the field."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.models import Activity
from renewals.queries import stands_of
from tests.factories.accounts import EmailAddressFactory
from tests.factories.packs import TODAY, give, load_packs
from tests.renewals.pages import said

pytestmark = pytest.mark.django_db
NONCE = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def user(nicet: None, technician: User, client: Client) -> User:
    client.force_login(technician)
    return technician


@pytest.fixture
def holder(user: User) -> User:
    give(user, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    return user


def row(number: int, kind: str, hours: str, month: str) -> dict[str, str]:
    return {f"row-{number}-kind": kind, f"row-{number}-hours": hours, f"row-{number}-month": month}


def test_the_second_step_offers_the_months_of_the_period(client: Client, holder: User) -> None:
    page = client.get("/start/history/")
    assert "Step 2 of 3" in said(page)
    assert "Only what you did since 1 Apr 2024 can count." in said(page)
    months = re.findall(r'<option value="(20\d\d-\d\d-01)"', page.content.decode())
    assert (months[0], min(months)) == ("2026-10-01", "2024-04-01")


def test_rows_and_field_time_become_activities_that_count_at_once(client: Client, holder: User) -> None:
    sent = {
        "nonce": NONCE, "field-time-since": "2025-04-01", "field-time-until": "2025-09-01", "field-time-share": "100",
        **row(1, "class", "16", "2024-09-01"), **row(4, "webinar", "90 min", "2026-10-01"),
    }  # fmt: skip
    for _ in range(2):
        assert client.post("/start/history/", sent)["Location"] == reverse("renewals:start_activity")
    found = list(Activity.objects.of(holder).order_by("on").values_list("kind", "since", "on", "amount", "unit"))
    assert found == [
        ("class", None, date(2024, 9, 30), 1600, "hour"),
        ("field-time", date(2025, 4, 1), date(2025, 9, 30), 600, "month"),
        ("webinar", None, TODAY, 150, "hour"),
    ]
    [stand] = stands_of(holder, TODAY)
    assert stand.standing.counted == 3000


def test_nothing_yet_goes_on(client: Client, holder: User) -> None:
    assert client.post("/start/history/", {"nonce": NONCE}).status_code == 302
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (row(2, "class", "", "2026-01-01"), "Activity 2: enter the hours"),
        (row(2, "", "3", "2026-01-01"), "Activity 2: choose the kind"),
        (row(2, "class", "3", ""), "Activity 2: choose the month"),
        (row(1, "class", "abc", "2026-01-01"), "Activity 1: enter the hours as a number"),
        (row(1, "class", "0", "2026-01-01"), "Activity 1: enter more than 0 hours"),
        (row(1, "class", "-3", "2026-01-01"), "Activity 1: enter the hours as a number"),
        (row(1, "class", "800", "2026-01-01"), "hours. Enter that or fewer"),
        (row(1, "sabotage", "3", "2026-01-01"), "Kind: choose one of the options"),
        (row(1, "class", "3", "2030-01-01"), "Month: choose one of the options"),
        ({"field-time-until": "2025-09-01"}, "Field time: choose the month it began"),
        ({"field-time-since": "2025-09-01", "field-time-until": "2025-04-01"}, "must not be before the first"),
        ({"field-time-since": "x"}, "From: choose one of the months"),
    ],
)
def test_wrong_rows_are_answered_and_nothing_is_kept(
    client: Client, holder: User, sent: dict[str, str], words: str
) -> None:
    page = client.post("/start/history/", {"nonce": NONCE, **row(5, "meeting", "2", "2026-02-01"), **sent})
    assert page.status_code == 422
    assert words in said(page)
    assert "<title>Error: " in page.content.decode()
    assert not Activity.objects.exists()


def test_a_row_says_everything_that_is_wrong_with_it(client: Client, holder: User) -> None:
    text = said(client.post("/start/history/", {"nonce": NONCE, **row(1, "", "abc", "")}))
    for words in ("Activity 1: choose the kind", "Activity 1: enter the hours as", "Activity 1: choose the month"):
        assert words in text


def test_field_time_is_asked_only_where_rules_count_it(client: Client, user: User) -> None:
    load_packs("iicrc")
    give(user, "wrt", expiry=date(2028, 5, 31))
    assert "Field time in this period" not in said(client.get("/start/history/"))


def test_more_rows_than_there_are_set_nothing(client: Client, holder: User) -> None:
    sent = {"nonce": "broken", **row(6, "class", "3", "2026-01-01"), **row(99999, "class", "3", "2026-01-01")}
    assert client.post("/start/history/", sent).status_code == 302
    assert not Activity.objects.exists()


def test_a_form_sent_after_the_sign_in_ran_out_comes_back(client: Client, holder: User) -> None:
    client.cookies["cpd_who"] = signing.get_cookie_signer(salt="cpd_whocpd_who").sign(str(holder.pk))
    client.session.flush()
    assert client.post("/start/history/", {"nonce": NONCE, **row(3, "class", "7", "2026-01-01")}).status_code == 302
    assert not Activity.objects.exists()
    sign_in_keeping_the_session(client, holder)
    assert 'value="7"' in client.get("/start/history/").content.decode()


def sign_in_keeping_the_session(client: Client, user: User) -> None:
    """As the sign-in page does: what was kept for this person stays."""
    EmailAddressFactory(user=user)
    answer = client.post("/signin/", {"login": user.email, "password": "correct horse battery staple"})
    assert answer.status_code == 302
