"""Sign-in speaks our words: in forms, in refusals, in mails."""

from __future__ import annotations

import re

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core import mail
from django.test import Client

from accounts import sign_in_forms, sign_in_words
from accounts.adapter import AccountAdapter, TwoStepAdapter
from accounts.models import User
from tests.factories.accounts import UserFactory

SHUNNED = re.compile(r"\b(please|sorry|oops|invalid|valid|forbidden|must not|error)\b|!", re.IGNORECASE)
NOT_OURS = {"phone", "username"}  # this product has neither


@pytest.mark.parametrize(
    ("ours", "theirs"), [(AccountAdapter, DefaultAccountAdapter), (TwoStepAdapter, DefaultMFAAdapter)]
)
def test_every_refusal_has_our_words(ours: type, theirs: type) -> None:
    for key, text in ours.error_messages.items():
        if not any(word in key for word in NOT_OURS) and key != "select_only_one":
            assert text != theirs.error_messages.get(key), key
            assert not SHUNNED.search(str(text)), key


def test_our_words_name_refusals_that_exist() -> None:
    assert sign_in_words.ACCOUNT.keys() <= DefaultAccountAdapter.error_messages.keys()
    assert sign_in_words.TWO_STEP.keys() <= DefaultMFAAdapter.error_messages.keys()


def test_a_new_password_is_asked_once() -> None:
    for form in (
        sign_in_forms.ChangePasswordForm(UserFactory.build()),
        sign_in_forms.SetPasswordForm(UserFactory.build()),
        sign_in_forms.ResetPasswordKeyForm(),
    ):
        assert "password2" not in form.fields
        assert form.fields["password1"].help_text == "At least 10 characters"


def test_empty_sign_in_says_what_to_enter() -> None:
    form = sign_in_forms.LoginForm({})
    assert form.errors == {"login": ["Enter your email address"], "password": ["Enter your password"]}


def test_a_password_can_be_reset_and_the_mails_say_what_happens(client: Client, db: None) -> None:
    UserFactory(email="dana@example.org", confirmed=True)
    client.post("/account/password/reset/", {"email": "dana@example.org"})
    (sent,) = mail.outbox
    assert sent.subject == "Set a new CPD Points password"
    link = re.search(r"http://localhost:8000(/account/password/reset/key/\S+)", sent.body)
    assert link
    page = client.get(link[1], follow=True)
    path = page.redirect_chain[-1][0]
    assert "Choose a new password" in page.content.decode()
    short = client.post(path, {"password1": "short"})
    assert "Password must be 10 characters or more" in short.content.decode()
    client.post(path, {"password1": "a longer pass phrase"})
    assert User.objects.get().check_password("a longer pass phrase")
    told = mail.outbox[-1]
    assert told.subject == "Your CPD Points password was changed"
    assert "http://localhost:8000/account/password/reset/" in told.body
    assert "UTC" in told.body
    used = client.get(link[1], follow=True).content.decode()
    assert "This link no longer works" in used


def test_mails_are_plain_and_exact(client: Client, db: None) -> None:
    UserFactory(email="dana@example.org", confirmed=True)
    known = {"name": "Dana", "email": "dana@example.org", "password1": "correct horse battery"}
    client.post("/signup/", known)
    client.post("/account/password/reset/", {"email": "nobody@example.org"})
    subjects = [sent.subject for sent in mail.outbox]
    assert subjects == ["You already have a CPD Points account", "No CPD Points account with this address"]
    for sent in mail.outbox:
        assert not SHUNNED.search(sent.subject + sent.body)
        assert "If it was not you, do nothing." in sent.body
        assert not re.search(r"\n{3,}", sent.body)


def test_a_name_with_markup_or_line_breaks_reaches_no_subject_and_no_markup(client: Client, db: None) -> None:
    client.post(
        "/signup/", {"name": "A\r\nBcc: x@y.org", "email": "a@example.org", "password1": "correct horse battery"}
    )
    (sent,) = mail.outbox
    assert sent.subject == "Confirm your email address for CPD Points"
    assert sent.recipients() == ["a@example.org"]
