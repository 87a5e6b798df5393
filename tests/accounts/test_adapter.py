"""Signing up and in: what is kept, what is told, what is written down."""

import re
from smtplib import SMTPServerDisconnected
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

NEW = {"name": "Dana Reyes", "email": "Dana@Example.org", "password1": "correct horse battery staple"}


def link_in_last_mail() -> str:
    found = re.search(r"http://localhost:8000(/\S+)", mail.outbox[-1].body)
    assert found
    return found.group(1)


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))


def test_signing_up_confirming_and_coming_in(client: Client) -> None:
    answer = client.post("/signup/", NEW)
    assert answer["Location"] == "/account/email/sent/"
    dana = User.objects.get()
    assert (dana.name, dana.email_key) == ("Dana Reyes", "dana@example.org")
    assert abs(timezone.now() - dana.joined_at).total_seconds() < 60
    assert "_auth_user_id" not in client.session
    page = client.get(link_in_last_mail())
    assert page.status_code == 200
    assert not EmailAddress.objects.get().verified, "Opening the link alone, as mail scanners do, confirms nothing"
    answer = client.post(link_in_last_mail())
    assert EmailAddress.objects.get().verified
    assert client.session["_auth_user_id"] == str(dana.pk)
    event = AuditEvent.objects.get(verb="signed up")
    assert (event.actor, event.subject) == (dana, dana)


@pytest.mark.parametrize("email", ["dana@example.org", "DANA@EXAMPLE.ORG"])
def test_a_known_address_gets_the_same_answer_and_a_mail_that_says_so(client: Client, email: str) -> None:
    UserFactory(email="dana@example.org", confirmed=True)
    answer = client.post("/signup/", NEW | {"email": email})
    assert (answer.status_code, answer["Location"]) == (302, "/account/email/sent/")
    assert User.objects.count() == 1
    assert [message.to for message in mail.outbox] == [["dana@example.org"]]
    assert "/account/email/confirm/" not in mail.outbox[0].body


@pytest.mark.parametrize("email", ["dana@example.org", "new@example.org"])
def test_a_known_address_takes_as_long_as_a_new_one(client: Client, email: str) -> None:
    """Making a hash of the password is what takes time."""
    UserFactory(email="dana@example.org", confirmed=True)
    with patch.object(User, "set_password", autospec=True, side_effect=User.set_password) as hashed:
        client.post("/signup/", NEW | {"email": email})
    assert hashed.call_count == 1


def test_two_who_sign_up_with_one_address_at_once_get_one_account(client: Client) -> None:
    UserFactory(email="dana@example.org", confirmed=True)
    # As if the other had not been there yet when the form was checked.
    with patch("allauth.account.internal.flows.manage_email.email_already_exists", lambda email: (email, False)):
        answer = client.post("/signup/", NEW)
    assert (answer.status_code, answer["Location"]) == (302, "/account/email/sent/")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "email", ["dána@example.org", "dana@exämple.org", "\uff44ana@example.org", "dan\u0430@example.org"]
)
def test_letters_that_look_like_others_are_refused(client: Client, email: str) -> None:
    answer = client.post("/signup/", NEW | {"email": email})
    assert answer.status_code == 200
    assert "Enter an email address like name@example.com" in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Enter your name"),
        ("name", "   ", "Enter your name"),
        ("name", "\u200b\u200b", "Enter your name"),
        ("name", "WWW.evil.example", "Enter a name without a web address"),
        ("name", "x" * 121, "Name must be 120 characters or fewer"),
        ("email", "", "Enter your email address"),
        ("email", "dana", "Enter an email address like name@example.com"),
        ("email", "dana@example.org, sam@example.org", "Enter an email address like name@example.com"),
        ("email", "dana@example.org\r\nBcc: sam@example.org", "Enter an email address like name@example.com"),
        ("password1", "", "Enter a password"),
        ("password1", "short", "Password must be 10 characters or more"),
        ("password1", "password12345", "Choose a password that is harder to guess"),
        ("password1", "8364950274", "Password must have letters as well as digits"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_stored(
    client: Client, field: str, value: str, sentence: str
) -> None:
    answer = client.post("/signup/", NEW | {field: value})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not User.objects.exists()
    assert mail.outbox == []


def test_a_name_stays_in_one_line(client: Client) -> None:
    client.post("/signup/", NEW | {"name": " Dana\r\nBcc: x  Reyes "})
    assert User.objects.get().name == "Dana Bcc: x Reyes"


def test_extra_fields_set_nothing(client: Client) -> None:
    client.post("/signup/", NEW | {"is_superuser": "1", "is_rules_admin": "1", "is_demo": "1", "id": "7"})
    dana = User.objects.get()
    assert (dana.is_superuser, dana.is_rules_admin, dana.is_demo) == (False, False, False)


def test_a_mail_server_that_is_away_does_not_tell_who_is_known(client: Client) -> None:
    UserFactory(email="dana@example.org", confirmed=True)
    with patch("django.core.mail.EmailMessage.send", side_effect=SMTPServerDisconnected):
        answers = [client.post("/account/password/reset/", {"email": f"{who}@example.org"}) for who in ("dana", "sam")]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/account/password/reset/sent/")}


def test_the_sixth_wrong_password_waits_even_when_it_is_right(client: Client) -> None:
    UserFactory(email="dana@example.org", confirmed=True)
    for _ in range(5):
        client.post("/signin/", {"login": "dana@example.org", "password": "not this one at all"})
    # A new address in each forged header changes nothing.
    answer = client.post(
        "/signin/",
        {"login": "dana@example.org", "password": "correct horse battery staple"},
        headers={"x-forwarded-for": "198.51.100.7"},
    )
    assert "Wait 5 minutes" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_links_in_mails_lead_to_the_site_whatever_host_a_request_claims(client: Client) -> None:
    UserFactory(email="dana@example.org", confirmed=True)
    client.post("/account/password/reset/", {"email": "dana@example.org"}, HTTP_HOST="127.0.0.1:6666")
    client.post("/account/password/reset/", {"email": "sam@example.org"}, HTTP_HOST="127.0.0.1:6666")
    client.post("/signup/", NEW, HTTP_HOST="127.0.0.1:6666")
    for sent in mail.outbox:
        assert set(re.findall(r"\w+://[^/\s]+", sent.body)) == {"http://localhost:8000"}
    assert len(mail.outbox) == 3


@pytest.mark.parametrize("target", ["//evil.example/", "https:evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_only_to_our_own_pages(client: Client, target: str) -> None:
    UserFactory(email="dana@example.org", confirmed=True)
    form = {"login": "dana@example.org", "password": "correct horse battery staple", "next": target}
    assert client.post(f"/signin/?next={target}", form)["Location"] == "/start/"


def test_a_session_gets_a_new_number_at_sign_in_and_dies_at_sign_out(client: Client) -> None:
    UserFactory(email="dana@example.org", confirmed=True)
    client.get("/signin/")
    session = client.session
    session["set"] = "before"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post("/signin/", {"login": "dana@example.org", "password": "correct horse battery staple"})
    inside = client.cookies["sessionid"].value
    assert inside != before
    answer = client.post("/signout/")
    assert answer["Clear-Site-Data"] == '"cache"'  # or Back shows the pages to who comes next
    stolen = Client()
    stolen.cookies["sessionid"] = inside
    assert stolen.get("/account/email/").status_code == 302


def test_a_changed_password_is_written_down_and_told_by_mail(client: Client) -> None:
    dana = UserFactory(email="dana@example.org", confirmed=True)
    client.post("/signin/", {"login": "dana@example.org", "password": "correct horse battery staple"})
    new = {"password1": "another good long one", "oldpassword": "correct horse battery staple"}
    wrong = client.post("/account/password/", new | {"oldpassword": "wrong horse"})
    assert "The current password is not right" in wrong.content.decode()
    client.post("/account/password/", new)
    dana.refresh_from_db()
    assert dana.check_password("another good long one")
    assert verbs() == ["password changed"]
    assert mail.outbox[-1].to == ["dana@example.org"]
