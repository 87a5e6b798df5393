"""What the database refuses about people and the audit trail, past the ORM."""

import pytest

from accounts.audit import record
from accounts.models import AuditEvent, User
from tests.factories.accounts import JOINED, UserFactory
from tests.guards import accepted, copy, delete, drop, foreign_key, refused, run, update

pytestmark = pytest.mark.django_db
USERS, AUDIT = "accounts_user", "accounts_auditevent"


def event() -> AuditEvent:
    user = UserFactory()
    return record(verb="user.join", by=user, at=JOINED, target=user, label="Joined")


@pytest.mark.parametrize("address", ["dana@example.org", "DANA@Example.org", " Dana@example.org "])
def test_two_accounts_never_share_an_address(address: str) -> None:
    user = UserFactory(email="Dana@example.org")
    refused("user_email_key_unique", copy(USERS, user.pk, email=address, email_key="x"))


def test_addresses_beyond_ascii_are_told_apart_by_their_key() -> None:
    user = UserFactory(email="info@straße.example")
    assert user.email_key == "info@strasse.example"
    refused("user_email_key_unique", copy(USERS, user.pk, email="INFO@STRASSE.example", email_key=""))


def test_an_address_has_a_key() -> None:
    user = UserFactory(email="info@straße.example")
    refused("user_email_key_given", copy(USERS, user.pk, email_key=""))


def test_the_key_follows_the_address() -> None:
    user = UserFactory(email="dana@example.org")
    run(update(USERS, user.pk, email="Sam@Example.org"))
    assert User.objects.get(pk=user.pk).email_key == "sam@example.org"
    assert User.objects.get_by_natural_key("SAM@example.org") == user


def test_beyond_ascii_a_stale_key_is_refused() -> None:
    user = UserFactory()
    refused("user_email_key_follows", update(USERS, user.pk, email="info@straße.example"))
    accepted(update(USERS, user.pk, email="info@straße.example", email_key="info@strasse.example"))


def test_an_audit_event_is_never_changed() -> None:
    refused("audit_row_stays", update(AUDIT, event().pk, label="Something else"))


def test_an_audit_event_is_never_deleted() -> None:
    refused("audit_row_stays", delete(AUDIT, event().pk))


def test_the_audit_trail_is_never_emptied() -> None:
    event()
    refused("audit_table_stays", (f"TRUNCATE {AUDIT}", []))


@pytest.mark.parametrize(("seq", "previous"), [(3, "the last"), (2, "another"), (0, "the last")])
def test_an_audit_event_follows_the_last(seq: int, previous: str) -> None:
    last = event()
    before = last.hash if previous == "the last" else "a" * 64
    refused("audit_next_in_line", copy(AUDIT, last.pk, seq=seq, prev_hash=before, hash="b" * 64))


@pytest.mark.parametrize("column", ["seq", "prev_hash", "hash"])
def test_the_audit_chain_never_forks(column: str) -> None:
    last = event()
    drop("audit_next_in_line")
    values = {"seq": 2, "prev_hash": last.hash, "hash": "b" * 64, column: getattr(last, column)}
    refused(f"accounts_auditevent_{column}_key", copy(AUDIT, last.pk, **values))


def test_an_audit_event_carries_real_hashes() -> None:
    last = event()
    refused("audit_hash_sane", copy(AUDIT, last.pk, seq=2, prev_hash=last.hash, hash="B" * 64))


def test_whoever_is_named_in_the_audit_trail_stays() -> None:
    last = event()
    refused(foreign_key(AUDIT, "actor_id"), delete(USERS, last.actor_id))
