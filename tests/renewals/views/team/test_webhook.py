"""An owner says where their own system is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import AuditEvent, Employer, Membership
from renewals.models import Webhook, WebhookMessage
from renewals.webhooks.signing import secret_of
from tests.factories.employers import EmployerFactory
from tests.renewals.pages import hooked, said
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
PAGE, URL = "/team/settings/webhook/", "https://hooks.example.org/in"


@pytest.fixture
def employer(client: Client, settings: Any) -> Employer:
    settings.WEBHOOKS = True
    with transaction.atomic():  # with its owner, who is stored after it
        made: Employer = EmployerFactory(name="Ridgeline")
    client.force_login(Membership.objects.get(employer=made).user)
    return made


def test_the_secret_is_shown_once(client: Client, employer: Employer) -> None:
    assert "Tell a system of yours" in said(client.get(PAGE))
    page = client.post(PAGE, {"url": URL, "is_on": "on"})
    hook = Webhook.objects.get()
    assert hooked(page, "secret") == [secret_of(hook)]
    assert secret_of(hook) not in client.get(PAGE).content.decode()
    page = client.post(PAGE, {"renew": "1"})
    first, hook = secret_of(hook), Webhook.objects.get()
    assert hooked(page, "secret") == [secret_of(hook)] != [first]
    assert client.post(PAGE, {"url": URL}, follow=True).status_code == 200
    assert not Webhook.objects.get().is_on
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "webhook set up", "webhook secret renewed", "webhook changed",
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_shows_the_secret_in_both_answers(employer: Employer) -> None:
    owner = Membership.objects.get(employer=employer).user

    def send() -> list[str]:
        browser = Client()
        browser.force_login(owner)
        return hooked(browser.post(PAGE, {"url": URL, "is_on": "on"}), "secret")

    assert at_once(send, send) == [[secret_of(Webhook.objects.get())]] * 2


@pytest.mark.parametrize("url", ["", "http\u200b", "javascript:alert(1)", "ftp://example.org/", "https://" + "a" * 300])
def test_what_is_no_address_is_said(client: Client, employer: Employer, url: str) -> None:
    assert client.post(PAGE, {"url": url, "is_on": "on"}).status_code == 422
    assert not Webhook.objects.exists()


def test_a_test_says_whether_it_arrived(client: Client, employer: Employer) -> None:
    client.post(PAGE, {"url": "http://127.0.0.1:1/", "is_on": "on"})
    page = said(client.post(PAGE, {"test": "1"}, follow=True))
    assert "The test did not arrive. ConnectionRefusedError" in page
    assert "Not delivered, test-" in page


def test_after_five_tests_the_page_says_when_the_next_one_is_possible(
    client: Client, employer: Employer, settings: Any
) -> None:
    client.post(PAGE, {"url": "http://127.0.0.1:1/", "is_on": "on"})
    for _ in range(5):
        client.post(PAGE, {"test": "1"})
    page = said(client.post(PAGE, {"test": "1"}, follow=True))
    assert "5 tests within 10 minutes are enough. Send the next one from 1 Oct 2026, 09:10." in page
    assert WebhookMessage.objects.count() == 5
    settings.CLOCK_AT += timedelta(minutes=10)
    assert "The test did not arrive." in said(client.post(PAGE, {"test": "1"}, follow=True))


def test_there_is_no_such_page_where_it_is_off(client: Client, employer: Employer, settings: Any) -> None:
    assert "Set up a webhook" in said(client.get("/team/settings/"))
    settings.WEBHOOKS = False
    assert client.get(PAGE).status_code == 404
    assert "Set up a webhook" not in said(client.get("/team/settings/"))
