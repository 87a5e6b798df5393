"""What the database refuses about people and the audit trail, past the ORM."""

import pytest

from accounts.audit import record, sealed
from accounts.models import AuditEvent, User
from tests.factories.accounts import JOINED, UserFactory
from tests.guards import accepted, copy, delete, drop, foreign_key, refused, run, update

pytestmark = pytest.mark.django_db
USERS, AUDIT = "accounts_user", "accounts_auditevent"


def event() -> AuditEvent:
    user = UserFactory()
    written = record(verb="signed up", by=user, at=JOINED, target=user, label="Joined")
    run()  # sealed, as when its transaction ends
    return AuditEvent.objects.get(pk=written.pk)


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


def link(seq: int, previous: str, last: AuditEvent) -> dict[str, object]:
    return {"seq": seq, "prev_hash": previous, "hash": sealed(seq, previous, last.digest)}


@pytest.mark.parametrize(("seq", "previous"), [(3, "the last"), (2, "another"), (0, "the last")])
def test_an_audit_event_follows_the_last(seq: int, previous: str) -> None:
    last = event()
    before = last.hash if previous == "the last" else "a" * 64
    refused("audit_next_in_line", copy(AUDIT, last.pk, **link(seq, before, last)))
    accepted(copy(AUDIT, last.pk, **link(2, last.hash, last)))


@pytest.mark.parametrize("column", ["seq", "prev_hash", "hash"])
def test_the_audit_chain_never_forks(column: str) -> None:
    last = event()
    drop("audit_next_in_line")
    drop("audit_hash_of_link")
    values = {**link(2, last.hash, last), column: getattr(last, column)}
    refused(f"accounts_auditevent_{column}_key", copy(AUDIT, last.pk, **values))


@pytest.mark.parametrize("changes", [{"hash": "a" * 64}, {"digest": "a" * 64}])
def test_a_link_is_made_of_what_it_links(changes: dict[str, str]) -> None:
    last = event()
    refused("audit_hash_of_link", copy(AUDIT, last.pk, **{**link(2, last.hash, last), **changes}))


@pytest.mark.parametrize("column", ["seq", "prev_hash", "hash"])
def test_an_audit_event_is_sealed_as_a_whole(column: str) -> None:
    last = event()
    drop("audit_next_in_line")
    drop("audit_hash_of_link")
    refused("audit_sealed_whole", copy(AUDIT, last.pk, **{"seq": None, "prev_hash": None, "hash": None, column: 2}))


def test_an_audit_event_has_a_digest() -> None:
    last = event()
    refused("audit_digest_sane", copy(AUDIT, last.pk, seq=None, prev_hash=None, hash=None, digest="A" * 64))


def test_every_event_is_sealed_at_the_end_of_its_transaction() -> None:
    last = event()
    unsealed = copy(AUDIT, last.pk, seq=None, prev_hash=None, hash=None)
    run(unsealed, unsealed)
    assert list(AuditEvent.objects.order_by("id").values_list("seq", flat=True)) == [1, 2, 3]
    drop("audit_seal")
    run(unsealed)
    assert AuditEvent.objects.filter(seq=None).count() == 1


def test_an_event_is_sealed_but_not_changed_on_the_way() -> None:
    last = event()
    drop("audit_seal")
    run(copy(AUDIT, last.pk, seq=None, prev_hash=None, hash=None))
    waiting = AuditEvent.objects.get(seq=None)
    refused("audit_row_stays", update(AUDIT, waiting.pk, label="Something else"))
    refused("audit_row_stays", update(AUDIT, waiting.pk, label="Something else", **link(2, last.hash, last)))
    accepted(update(AUDIT, waiting.pk, **link(2, last.hash, last)))


def test_whoever_is_named_in_the_audit_trail_stays() -> None:
    last = event()
    refused(foreign_key(AUDIT, "actor_id"), delete(USERS, last.actor_id))
