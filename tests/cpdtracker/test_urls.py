"""Every address, for somebody who is signed in: odd questions and ids of nothing are answered, never a server error."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from tests.cpdtracker.test_middleware import ODD
from tests.cpdtracker.test_public import ALL

pytestmark = pytest.mark.django_db

NAMES = ("q", "page", "next", "year", "kind", "category", "certification", "sort", "start", "end", "plan")
IDS = [0, 10**25, 2**63, 2**31]
PLAIN = sorted(name for name, samples in ALL if not samples)
WITH_NUMBER = sorted(name for name, samples in ALL if any(isinstance(value, int) for value in samples.values()))


@pytest.fixture
def inside(client: Client, technician: User) -> Client:
    client.force_login(technician)
    return client


@pytest.mark.parametrize("name", PLAIN)
def test_odd_questions(name: str, inside: Client) -> None:
    """Every name with some odd value, other ones at each address."""
    start = PLAIN.index(name)
    ask(inside, name, [ODD[(start + place) % len(ODD)] for place in range(len(NAMES))])


@pytest.mark.thorough
@pytest.mark.parametrize("name", PLAIN)
def test_every_odd_question(name: str, inside: Client) -> None:
    for value in ODD:
        ask(inside, name, [value] * len(NAMES))


def ask(inside: Client, name: str, values: list[str]) -> None:
    odd = [value.encode("utf-8", "surrogateescape").decode("latin-1") for value in values]
    query = "&".join(f"{key}={value}" for key, value in zip(NAMES, odd, strict=True))
    assert inside.get(reverse(name), QUERY_STRING=query).status_code < 500 or name == "readyz", (name, values)


@pytest.mark.parametrize("name", WITH_NUMBER)
@pytest.mark.thorough
def test_ids_of_nothing_are_not_found(name: str, inside: Client) -> None:
    for number in IDS:
        samples = {key: number if isinstance(value, int) else value for key, value in dict(ALL)[name].items()}
        try:
            address = reverse(name, kwargs=samples)
        except NoReverseMatch:
            continue  # An id that no column holds is no address at all.
        for method in ("GET", "POST"):
            answer = inside.generic(method, address)
            assert answer.status_code in (302, 403, 404, 405), (name, number, method, answer.status_code)
