"""What is refused before a view sees it, and what is said when a view cannot go on."""

from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.renewals import InAppNoticeFactory

pytestmark = pytest.mark.django_db

ODD = [
    "\x00",
    "%00",
    "\udce9",
    "9" * 5000,
    "-1",
    "10000000000000000000",
    "%ff",
    "../../etc/passwd",
    "{{7*7}}",
    "'\"<b>",
]


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize("path", ["/", "/signin/", "/signup/", "/nothing/", "/readyz"])
def test_odd_queries_are_never_a_server_error(path: str, value: str, client: Client) -> None:
    raw = value.encode("utf-8", "surrogateescape")
    query = raw.decode("latin-1")
    for name in ("q", "page", "next", "year"):
        answer = client.get(path, QUERY_STRING=f"{name}={query}")
        assert answer.status_code < 500


def test_a_body_too_long_is_refused_before_it_is_read(client: Client) -> None:
    answer = client.generic("POST", "/signin/", b"x", CONTENT_LENGTH=str(settings.REQUEST_MAX_BYTES + 1))
    assert answer.status_code == 413
    assert "15 MB" in answer.content.decode()


def test_a_form_too_long_is_refused(client: Client) -> None:
    answer = client.post("/signin/", {"login": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert answer.status_code == 413


def test_too_many_fields_are_refused(client: Client) -> None:
    fields = {f"f{number}": "1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert client.post("/signin/", fields).status_code == 400


@pytest.mark.parametrize("length", ["-1", "abc", "", "9" * 40, "\u0663"])
def test_a_nonsense_length_is_no_server_error(length: str, client: Client) -> None:
    assert client.get("/signin/", CONTENT_LENGTH=length).status_code == 200


def test_another_host_is_refused(client: Client) -> None:
    answer = client.get("/signin/", headers={"host": "evil.example"})
    assert answer.status_code == 400


def test_a_form_from_elsewhere_is_refused() -> None:
    answer = Client(enforce_csrf_checks=True).post("/signin/", {"login": "a@example.org"})
    assert answer.status_code == 403
    assert "open for too long" in answer.content.decode()


def test_a_method_in_disguise_stays_what_it_is(client: Client) -> None:
    answer = client.get("/signout/", {"_method": "POST"}, headers={"x-http-method-override": "DELETE"})
    assert answer.status_code == 302


def test_a_lapsed_sign_in_over_htmx_leads_the_whole_page_to_sign_in(client: Client) -> None:
    answer = client.get(reverse("account_email"), headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == reverse("account_login")


def test_a_server_error_shows_no_trace_and_a_number_to_quote(client: Client) -> None:
    client.raise_request_exception = False
    with (
        patch("cpdtracker.health.healthz", side_effect=RuntimeError),
        patch("allauth.account.views.LoginView.get", side_effect=RuntimeError("the inside")),
    ):
        answer = client.get("/signin/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Something went wrong on our side" in page
    assert answer["X-Request-ID"] in page
    assert "the inside" not in page


def test_moments_are_shown_by_the_clock_of_who_reads(client: Client) -> None:
    late = datetime(2026, 10, 2, 1, 30, tzinfo=UTC)
    reader = UserFactory(time_zone="America/New_York")
    InAppNoticeFactory(user=reader, made_at=late)
    client.force_login(reader)
    assert "1 Oct 2026" in client.get(reverse("reminders:told")).text
    reader.time_zone = "Nowhere/Gone"
    reader.save()
    assert client.get(reverse("reminders:told")).status_code == 200
    assert timezone.get_current_timezone_name() == "UTC"
