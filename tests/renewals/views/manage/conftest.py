"""Who runs the site."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from tests.factories.accounts import UserFactory


@pytest.fixture
def admin(client: Client, db: None, stopped_clock: object) -> User:
    made: User = UserFactory(name="Ari Lund", is_site_admin=True)
    client.force_login(made)
    return made
