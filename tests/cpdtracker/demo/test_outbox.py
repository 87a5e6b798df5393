"""The demo's outbox: mails become files, and a page that exists only in the demo."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client

from cpdtracker.demo.outbox import OutboxBackend, latest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DEMO_MAIL_DIR = tmp_path / "mail"
    return settings.DEMO_MAIL_DIR


def test_mails_come_back_newest_first() -> None:
    first = EmailMessage("First", "Hello", to=["a@example.org"], cc=["b@example.org"])
    assert OutboxBackend().send_messages([first, EmailMessage("Second", "Hello", to=["c@example.org"])]) == 2
    assert [(mail.subject, mail.to) for mail in latest()] == [
        ("Second", "c@example.org"),
        ("First", "a@example.org, b@example.org"),
    ]


def test_a_line_break_in_a_subject_is_refused_as_a_mail_server_would() -> None:
    with pytest.raises(ValueError, match="newlines"):
        OutboxBackend().send_messages([EmailMessage("A\nBcc: x@example.org", "", to=["a@example.org"])])
    assert latest() == []


def test_the_page_shows_links_and_takes_text_as_text(client: Client, settings) -> None:
    settings.DEMO = True
    text = "<b>Confirm</b> here: http://localhost:8000/account/email/confirm/abc/ now"
    OutboxBackend().send_messages([EmailMessage("Confirm <i>", text, to=["a@example.org"])])
    page = client.get("/demo/mail/").content.decode()
    assert '<a href="http://localhost:8000/account/email/confirm/abc/"' in page
    assert "&lt;b&gt;Confirm" in page
    assert "Confirm &lt;i&gt;" in page


def test_an_empty_outbox_says_how_to_fill_it(client: Client, settings) -> None:
    settings.DEMO = True
    assert "Sign up" in client.get("/demo/mail/").content.decode()


def test_elsewhere_the_page_does_not_exist(client: Client, settings) -> None:
    settings.DEMO = False
    OutboxBackend().send_messages([EmailMessage("Secret", "", to=["a@example.org"])])
    answer = client.get("/demo/mail/")
    assert answer.status_code == 404
    assert "Secret" not in answer.content.decode()


def test_a_mail_can_be_seen_as_it_looks_only_in_the_demo(client: Client, settings) -> None:
    settings.DEMO = True
    mail = EmailMultiAlternatives("Hello", "Hello", to=["a@example.org"])
    mail.attach_alternative('<p style="color: #1A2330">Hello as it looks</p>', "text/html")
    OutboxBackend().send_messages([mail, EmailMessage("Plain", "Hello", to=["a@example.org"])])
    plain, rich = latest()
    assert f"/demo/mail/{rich.key}/" in client.get("/demo/mail/").content.decode()
    shown = client.get(f"/demo/mail/{rich.key}/")
    assert "Hello as it looks" in shown.content.decode()
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert client.get(f"/demo/mail/{plain.key}/").status_code == 404
    settings.DEMO = False
    assert client.get(f"/demo/mail/{rich.key}/").status_code == 404
