"""What may come in place of a passkey's answer: nothing of it breaks a page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.core import context
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from accounts.sign_in_forms import AddWebAuthnForm, AuthenticateWebAuthnForm, LoginWebAuthnForm

B64 = "AAAA"
ANSWER: dict[str, Any] = {
    "id": B64, "rawId": B64, "type": "public-key", "clientExtensionResults": {},
    "response": {
        "clientDataJSON": B64, "authenticatorData": B64, "signature": B64, "userHandle": B64,
        "attestationObject": B64,
    },
}  # fmt: skip
ODD = ["", "null", "0", "[]", "{}", '"x"', "NaN", "9" * 5000, "[" * 100_000, '{"response": []}', '{"response": "x"}']
WORTHLESS = (None, 0, [], {}, "", "x", "\u0661", "*", "Z" * 5000, 1e400)


def payloads() -> list[str]:
    """Something odd in each place of an answer in turn."""
    found = [*ODD, json.dumps(ANSWER)]
    for worthless in WORTHLESS:
        found += [json.dumps({**ANSWER, name: worthless}) for name in ANSWER]
        inner: dict[str, Any] = ANSWER["response"]
        found += [json.dumps({**ANSWER, "response": {**inner, name: worthless}}) for name in inner]
    return found


@pytest.fixture
def asked(technician: User) -> Any:
    """Inside of a request whose session waits for an answer."""
    request = RequestFactory().get("/")
    request.user, request.session = technician, SessionStore()
    request.session["mfa.webauthn.state"] = {"challenge": B64, "user_verification": "required"}
    with context.request_context(request):
        yield request


@pytest.mark.django_db
@pytest.mark.parametrize("made", [LoginWebAuthnForm, AuthenticateWebAuthnForm, AddWebAuthnForm])
def test_what_is_no_answer_of_a_passkey_is_refused(asked: Any, technician: User, made: Any) -> None:
    user = {} if made is LoginWebAuthnForm else {"user": technician}
    for payload in payloads():
        form = made(data={"credential": payload, "name": "Key"}, **user)
        assert not form.is_valid(), payload[:80]


@pytest.mark.django_db
def test_a_number_without_end_leads_back_to_the_sign_in_page(client: Client) -> None:
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": "9" * 5000})
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
