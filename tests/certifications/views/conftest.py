"""Who writes rules, and a draft of NICET's."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from certifications.models import RuleDraft
from tests.certifications.views.drafts import draft_of_nicet
from tests.factories.accounts import UserFactory


@pytest.fixture
def draft(rules_admin: User) -> RuleDraft:
    return draft_of_nicet(rules_admin)


@pytest.fixture
def writer(client: Client, rules_admin: User) -> Client:
    client.force_login(rules_admin)
    return client


@pytest.fixture
def kim(db: None) -> User:
    return UserFactory(name="A. Kim", rules_admin=True)


@pytest.fixture
def desk(client: Client, kim: User) -> Client:
    """Kim, signed in."""
    client.force_login(kim)
    return client
