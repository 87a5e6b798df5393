"""One way to send a mail."""

from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend

from accounts import mail
from accounts.mail import Letter
from tests.factories.employers import InvitationFactory

pytestmark = pytest.mark.django_db


def letter(**changes: object) -> Letter:
    invitation = InvitationFactory(employer__name="Ridgeline & Sons", invited_by__name="R. Okafor")
    return Letter("invitation", "dana@example.org", {"invitation": invitation, "link": "http://x/"}, **changes)


def test_a_mail_has_a_subject_a_text_and_a_page() -> None:
    assert mail.send(letter())
    (sent,) = django_mail.outbox
    assert sent.to == ["dana@example.org"]
    assert sent.subject == "Ridgeline & Sons invites you to CPD Points"
    assert "R. Okafor of Ridgeline & Sons invites you" in sent.body
    (page, kind) = sent.alternatives[0]
    assert kind == "text/html"
    assert "Ridgeline &amp; Sons" in page


def test_a_name_cannot_add_a_header() -> None:
    made = letter(headers={"List-Id": "a\r\nBcc: x@example.org"})
    made.context["invitation"].employer.name = "Ridge\r\nBcc: x@example.org"
    mail.send(made)
    (sent,) = django_mail.outbox
    assert sent.subject == "Ridge Bcc: x@example.org invites you to CPD Points"
    assert sent.extra_headers == {"List-Id": "a Bcc: x@example.org"}
    assert sent.message()["Bcc"] is None


@pytest.mark.parametrize(
    "to", ["", "dana", "a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", "A <a@example.org>"]
)
def test_a_mail_goes_to_one_address(to: str) -> None:
    with pytest.raises(ValueError, match="one address"):
        mail.send(Letter("invitation", to, letter().context))
    assert django_mail.outbox == []


def test_one_that_is_not_taken_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    send, tries = EmailBackend.send_messages, []

    def away_once(self: EmailBackend, messages: list) -> int:
        tries.append(messages)
        if len(tries) == 1:
            raise SMTPServerDisconnected("gone")
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", away_once)
    assert mail.send_all([letter(), letter()]) == 1


def test_no_server_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: EmailBackend) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", away)
    assert mail.send_all([letter(), letter()]) == 0


def test_links_are_on_our_host(settings) -> None:
    settings.SITE_URL = "https://cpd.example.org"
    assert mail.link("/invite/x/") == "https://cpd.example.org/invite/x/"
