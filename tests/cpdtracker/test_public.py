"""Deny by default: a stranger walks through every address there is, with every method."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.urls.converters import get_converters

from cpdtracker.public import PUBLIC_VIEWS

pytestmark = pytest.mark.django_db

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "MADEUP"]
# One value for each converter that an address may use. A new converter needs a line here.
SAMPLES = {
    "int": 1, "id": 1, "base36": "x", "str": "x", "slug": "x", "path": "x",
    "uuid": "11111111-2222-4333-8444-555555555555",
}  # fmt: skip
HEADERS = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def addresses(
    resolver: URLResolver, namespaces: tuple[str, ...] = (), samples: dict[str, object] | None = None
) -> Iterator[tuple[str, dict[str, object]]]:
    """Every leaf of the URLconf: its full name ("" for none), and a value for each variable part of its address."""
    words = {type(converter): word for word, converter in get_converters().items()}
    for entry in resolver.url_patterns:
        here = {key: SAMPLES[words[type(converter)]] for key, converter in entry.pattern.converters.items()}
        known = {**(samples or {}), **here}
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from addresses(entry, inner, known)
        else:
            yield ":".join((*namespaces, entry.name)) if entry.name else "", known


def address_of(name: str) -> str:
    return reverse(name, kwargs=dict(ALL)[name])


ALL = list(addresses(get_resolver()))
NAMES = sorted({name for name, _ in ALL})


def test_every_address_has_a_name_of_its_own() -> None:
    names = [name for name, _ in ALL]
    assert "" not in names, "An address without a name cannot be listed as public or closed"
    assert sorted(names) == NAMES, "Two addresses share a name"


def test_the_public_list_names_only_what_exists() -> None:
    assert set(NAMES) >= PUBLIC_VIEWS


@pytest.mark.parametrize("name", sorted(set(NAMES) - PUBLIC_VIEWS))
def test_a_stranger_gets_the_sign_in_page_or_nothing(name: str, client: Client) -> None:
    address = address_of(name)
    for method in METHODS:
        answer = client.generic(method, address)
        if method in ("GET", "HEAD", "POST"):
            assert answer.status_code == 302, (method, address, answer.status_code)
            assert "private" in answer["Cache-Control"]
            assert answer["Location"].startswith(reverse(settings.LOGIN_URL) + "?next="), answer["Location"]
        else:
            assert answer.status_code == 405, (method, address, answer.status_code)
        assert_headers(answer)


@pytest.mark.parametrize("name", sorted(PUBLIC_VIEWS))
def test_public_pages_answer_no_other_method(name: str, client: Client) -> None:
    address = address_of(name)
    for method in METHODS:
        answer = client.generic(method, address)
        assert answer.status_code < 500, (method, address)
        assert (answer.status_code == 405) or method in ("GET", "HEAD", "POST"), (method, address)
        assert_headers(answer)


@pytest.mark.parametrize(
    "path", ["/nothing-here/", "/.git/config", "/.env", "/admin/", "/media/", "/static/", "/metrics"]
)
def test_what_does_not_exist_is_not_found(path: str, client: Client) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()
    assert_headers(answer)


def assert_headers(answer) -> None:
    for name, value in HEADERS.items():
        if name == "Referrer-Policy" and answer.headers.get(name) == "no-referrer":
            continue  # stricter still: the address itself is a secret
        assert value in answer.headers.get(name, ""), (name, answer.headers)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert len(answer.headers["X-Request-ID"]) == 36
