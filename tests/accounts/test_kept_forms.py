"""A sign-in that runs out while somebody types: nothing is lost, and nothing goes to anybody else."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts import kept_forms
from accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PAGE = "/settings/"
TYPED = {"name": "Dana R. Reyes", "time_zone": "America/Chicago", "theme": "dark"}


@pytest.fixture
def dana() -> User:
    return UserFactory(name="Dana Reyes", email="dana@example.org", confirmed=True)


def sign_in(client: Client, email: str = "dana@example.org", to: str = "") -> str:
    form = {"login": email, "password": "correct horse battery staple", "next": to}
    return client.post("/signin/", form)["Location"]


def let_run_out(client: Client) -> None:
    session = client.session
    session.model.objects.filter(pk=session.session_key).update(expire_date=timezone.now() - timedelta(days=1))


def test_what_was_typed_comes_back_after_sign_in_once(client: Client, dana: User) -> None:
    sign_in(client)
    let_run_out(client)
    answer = client.post(PAGE, TYPED)
    assert answer["Location"] == f"/signin/?next={PAGE}"
    assert "Sign in to finish saving. We kept what you typed." in client.get(answer["Location"]).content.decode()
    dana.refresh_from_db()
    assert dana.name == "Dana Reyes", "Nothing is saved without a sign-in"
    assert sign_in(client, to=PAGE) == PAGE
    assert 'value="Dana R. Reyes"' in client.get(PAGE).content.decode()
    assert 'value="Dana R. Reyes"' not in client.get(PAGE).content.decode()


def test_somebody_else_who_signs_in_there_does_not_see_it(client: Client, dana: User) -> None:
    UserFactory(email="sam@example.org", confirmed=True)
    sign_in(client)
    let_run_out(client)
    client.post(PAGE, TYPED)
    sign_in(client, "sam@example.org")
    assert "Dana" not in client.get(PAGE).content.decode()


def test_a_stranger_whom_we_never_saw_leaves_nothing(client: Client) -> None:
    assert client.post(PAGE, TYPED).status_code == 302
    assert not client.session.keys()


def request_of(who: User, path: str = "/log/", **fields: object):
    request = RequestFactory().post(path, fields)
    request.session = Client().session
    answer = type("Answer", (), {"set_signed_cookie": lambda self, name, value, salt, **_: jar.update({name: value})})
    jar: dict[str, str] = {}
    kept_forms.remember_who(answer(), who.pk)
    from django.core import signing

    request.COOKIES.update({k: signing.get_cookie_signer(salt=k + k).sign(v) for k, v in jar.items()})
    request.user = who
    return request


def test_passwords_and_tokens_are_left_out_and_file_names_kept(dana: User) -> None:
    photo = SimpleUploadedFile("certificate.jpg", b"bytes")
    request = request_of(dana, title="Panel class", password="secret", csrfmiddlewaretoken="x", photo=photo)
    assert kept_forms.keep(request)
    assert "secret" not in str(dict(request.session))
    assert kept_forms.kept_files(request) == ["certificate.jpg"]
    taken = kept_forms.take(request)
    assert taken is not None
    assert taken.dict() == {"title": "Panel class"}
    assert kept_forms.take(request) is None


def test_a_form_goes_back_to_its_own_page_only(dana: User) -> None:
    request = request_of(dana, title="Panel class")
    kept_forms.keep(request)
    request.path = "/elsewhere/"
    assert kept_forms.take(request) is None


def test_what_is_too_long_is_not_kept(dana: User) -> None:
    assert not kept_forms.keep(request_of(dana, note="x" * 65 * 1024))


def test_a_forged_note_of_who_it_was_is_not_believed(dana: User) -> None:
    request = request_of(dana, title="Panel class")
    request.COOKIES = {name: value[:-1] + ("a" if value[-1] != "a" else "b") for name, value in request.COOKIES.items()}
    assert not kept_forms.keep(request)
