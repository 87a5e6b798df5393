"""What every test starts from."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True, scope="session")
def fast_passwords() -> None:
    """Real password hashes are slow on purpose; tests make many."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def empty_cache(request: pytest.FixtureRequest) -> None:
    """No counted sign-in tries from an earlier test. Only for tests that reach the servers at all."""
    if {"db", "transactional_db", "client", "live_server"} & set(request.fixturenames):
        cache.clear()
