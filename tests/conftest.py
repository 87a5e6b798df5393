"""What every test starts from."""

import os
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as examples

from accounts.models import User
from certifications import packs
from certifications.loading import load_rule_packs
from certifications.models import Body
from certifications.packs import Reading
from tests.factories.accounts import UserFactory
from tests.factories.kept import kept

# Made-up cases are the same in every run, and how long one takes is no matter: a busy machine fails nothing.
# ARGS="--hypothesis-profile=searching" looks for new ones.
_steady = examples(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.register_profile("usual", _steady, max_examples=30)
examples.register_profile("thorough", _steady, max_examples=150)
examples.register_profile("searching", _steady, max_examples=2000, derandomize=False)


def pytest_configure(config: pytest.Config) -> None:
    """Tests take their number of cases from here, so before any of them is read."""
    if not config.getoption("--hypothesis-profile"):
        examples.load_profile("usual" if config.option.markexpr else "thorough")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first; pytest-django then puts what commits behind what does not, each in this order."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Databases go with the servers of the run; dropping them before would fail where somebody is still connected."""
    return "TEST_DATABASE_URL" not in os.environ


@pytest.fixture(autouse=True, scope="session")
def fast_passwords() -> None:
    """Real password hashes are slow on purpose; tests make many."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True, scope="session")
def static_files_when_asked() -> None:
    """A client looks for a static file when somebody asks for it, and not at all of them before its first page."""
    from django.conf import settings

    settings.WHITENOISE_AUTOREFRESH = True


# What migrations write and no test changes.
_STAYS = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture(autouse=True, scope="session")
def emptied_after_tests() -> None:
    """Tests that commit empty every table when they end: also the audit trail, which the database refuses to all, and
    the counted tries of signing in, which have no model. Only tables with rows are touched, and triggers stay silent:
    Django's own way, all tables at once and every permission anew, takes as long as many a test.
    """

    def teardown(self: TransactionTestCase) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            tables = set(connection.introspection.table_names(cursor)) - _STAYS
            cursor.execute(" UNION ALL ".join(f"(SELECT '{table}' FROM \"{table}\" LIMIT 1)" for table in tables))
            filled = [table for (table,) in cursor.fetchall()]
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in filled:
                cursor.execute(f'DELETE FROM "{table}"')

    TransactionTestCase._fixture_teardown = teardown


# The cast: somebody, somebody of the same trade, somebody who has nothing to do with either, and who writes rules.


@pytest.fixture
def technician(db: None) -> User:
    return UserFactory(name="Dana Reyes", email="dana@example.org")


@pytest.fixture
def colleague(db: None) -> User:
    return UserFactory(name="Sam Okoro", email="sam@example.org")


@pytest.fixture
def stranger(db: None) -> User:
    return UserFactory(name="Robin Vale", email="robin@example.org")


@pytest.fixture
def rules_admin(db: None) -> User:
    return UserFactory(name="Kim Adler", email="kim@example.org", rules_admin=True)


@pytest.fixture(scope="session")
def shipped() -> Reading:
    """The rule packs of the product, read once."""
    return packs.read()


@pytest.fixture
def rule_packs(shipped: Reading, db: None) -> None:
    """The whole catalogue with its published rules, as an installation has it."""
    assert not Body.objects.exists(), "The catalogue is copied into an empty database"
    kept("the whole catalogue", lambda: load_rule_packs(shipped, at=datetime(2026, 9, 1, 12, tzinfo=UTC)))
