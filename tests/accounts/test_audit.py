"""The audit trail: written with the change, chained, and found out when tampered with."""

import uuid
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from threading import Event

import pytest
import structlog
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from accounts.audit import _TOLD, GENESIS, digest, record, sealed, verify_chain
from accounts.models import AuditEvent, User
from tests.factories.accounts import JOINED, UserFactory
from tests.guards import drop, run
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def write(user: User, **values: object) -> AuditEvent:
    return record(**{"verb": "person renamed", "by": user, "at": JOINED, "target": user, "label": "Renamed", **values})


def read_back(event: AuditEvent) -> AuditEvent:
    return AuditEvent.objects.get(pk=event.pk)


def whole() -> bool:
    run()  # the end of the transaction, when events are sealed
    return verify_chain() is None


def as_superuser(sql: str, *values: object) -> None:
    """What somebody does who may switch the database's own refusals off."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET session_replication_role = origin")


@pytest.fixture
def trail(technician: User) -> list[AuditEvent]:
    events = [write(technician, label=f"Renamed {n}", after={"name": f"Dana {n}"}) for n in range(1, 8)]
    run()
    return [read_back(event) for event in events]


def test_an_event_says_who_did_what_to_what(technician: User, rules_admin: User) -> None:
    event = read_back(
        write(technician, by=rules_admin, subject=technician, before={"name": "D"}, after={"name": "Dana"})
    )
    assert (event.actor, event.subject, event.verb, event.at) == (rules_admin, technician, "person renamed", JOINED)
    assert (event.target_type, event.target_id, event.label) == ("accounts.user", str(technician.pk), "Renamed")
    assert event.data == {"before": {"name": "D"}, "after": {"name": "Dana"}}


def test_the_product_itself_is_nobody(technician: User) -> None:
    assert read_back(write(technician, by=None)).actor is None


def test_events_are_numbered_and_chained(trail: list[AuditEvent]) -> None:
    assert [event.seq for event in trail] == list(range(1, 8))
    assert [event.prev_hash for event in trail] == [GENESIS, *(event.hash for event in trail[:-1])]
    assert whole()


def test_an_empty_trail_is_whole() -> None:
    assert whole()


def test_values_come_back_as_they_were_hashed(technician: User) -> None:
    moment = datetime(2026, 10, 1, 9, 0, 0, 7, tzinfo=timezone(timedelta(hours=-4)))
    key = uuid.UUID(int=7)
    after = {
        "on": date(2026, 3, 12), "at": moment, "points": 10**18, "share": Decimal("0.25"), "none": None, "yes": True,
        "key": key, "many": [1, (2, "three")], "topics": {"b", "a"}, "nested": {"ä": "☃ \"quoted\" \\ \n 😀"},
        "verb": User.Theme.DARK,
    }  # fmt: skip
    event = read_back(write(technician, after=after, at=moment))
    assert event.data["after"] == {
        "on": "2026-03-12", "at": "2026-10-01T13:00:00.000007+00:00", "points": 10**18, "share": "0.25", "none": None,
        "yes": True, "key": str(key), "many": [1, [2, "three"]], "topics": ["a", "b"],
        "nested": {"ä": "☃ \"quoted\" \\ \n 😀"}, "verb": "dark",
    }  # fmt: skip
    assert whole()


@pytest.mark.parametrize("value", [1.5, object(), b"bytes"])
def test_what_cannot_be_kept_exactly_is_an_error(technician: User, value: object) -> None:
    with pytest.raises(TypeError, match="cannot keep"):
        write(technician, after={"value": value})


def test_a_time_without_a_zone_is_an_error(technician: User) -> None:
    with pytest.raises(ValueError, match="zone"):
        write(technician, at=datetime(2026, 10, 1))  # noqa: DTZ001


def test_a_target_that_is_not_saved_is_an_error(technician: User) -> None:
    with pytest.raises(ValueError, match="saved"):
        write(technician, target=User())


@pytest.mark.parametrize("verb", ["activity_logged", "user.join", "Signed up", "two  spaces", ""])
def test_what_was_done_is_told_in_plain_words(technician: User, verb: str) -> None:
    with pytest.raises(ValueError, match="plain words"):
        write(technician, verb=verb)


def test_a_long_label_is_cut(technician: User) -> None:
    assert read_back(write(technician, label="x" * 400)).label == "x" * 300
    assert whole()


def test_the_request_is_named(technician: User) -> None:
    with structlog.contextvars.bound_contextvars(request_id="7f3a"):
        event = write(technician)
    assert read_back(event).request_id == "7f3a"
    assert write(technician).request_id == ""


@pytest.mark.parametrize(
    "change",
    [
        "seq = 70", "at = at + interval '1 microsecond'", "actor_id = NULL", "subject_id = actor_id",
        "verb = 'user.join'", "target_type = 'x'", "target_id = '0'", "label = 'Something else'",
        "data = '{\"after\": {\"name\": \"Eve\"}}'", "request_id = 'x'", "digest = repeat('a', 64)",
        "prev_hash = repeat('a', 64)", "hash = repeat('a', 64)", "seq = NULL, prev_hash = NULL, hash = NULL",
    ],
)  # fmt: skip
def test_any_change_is_found_at_the_event_changed(trail: list[AuditEvent], change: str) -> None:
    drop("audit_hash_of_link")
    as_superuser(f"UPDATE accounts_auditevent SET {change} WHERE seq = 4")
    assert verify_chain() == 4


def test_a_removed_event_is_found_at_its_number(trail: list[AuditEvent]) -> None:
    as_superuser("DELETE FROM accounts_auditevent WHERE seq = 3")
    assert verify_chain() == 3


def test_a_rewritten_event_is_found_at_the_next(trail: list[AuditEvent]) -> None:
    """Whoever also recomputes the hashes of what they changed breaks the link of the event after it."""
    as_superuser("UPDATE accounts_auditevent SET label = 'Something else' WHERE seq = 4")
    told = digest(AuditEvent.objects.values(*_TOLD).get(seq=4))
    link = sealed(4, trail[2].hash, told)
    as_superuser("UPDATE accounts_auditevent SET digest = %s, hash = %s WHERE seq = 4", told, link)
    assert verify_chain() == 5


def test_the_command_tells_the_last_number(trail: list[AuditEvent], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_audit", expect=f"3:{trail[2].hash}")
    assert capsys.readouterr().out == f"The audit trail is whole. Last event 7:{trail[-1].hash}\n"


def test_the_command_fails_at_the_first_bad_event(trail: list[AuditEvent]) -> None:
    as_superuser("UPDATE accounts_auditevent SET label = 'Something else' WHERE seq IN (4, 6)")
    with pytest.raises(CommandError, match="event 4 is missing or not as it was written"):
        call_command("verify_audit")


def test_the_command_sees_events_cut_off_at_the_end(trail: list[AuditEvent]) -> None:
    as_superuser("DELETE FROM accounts_auditevent WHERE seq > 5")
    call_command("verify_audit", expect=f"5:{trail[4].hash}")
    with pytest.raises(CommandError, match="event 7 is gone or another one"):
        call_command("verify_audit", expect=f"7:{trail[-1].hash}")


@pytest.mark.parametrize("expect", ["7", "seven:" + "a" * 64, "7:" + "A" * 64])
def test_the_command_refuses_a_mark_it_cannot_read(expect: str) -> None:
    with pytest.raises(CommandError, match="takes what an earlier run printed"):
        call_command("verify_audit", expect=expect)


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_an_error(technician: User) -> None:
    with pytest.raises(TransactionManagementError, match="transaction of the change"):
        write(technician)


@pytest.mark.django_db(transaction=True)
def test_an_event_is_sealed_when_its_transaction_ends(technician: User) -> None:
    with transaction.atomic():
        event = write(technician)
        assert read_back(event).hash is None
    assert read_back(event).hash == sealed(1, GENESIS, event.digest)


@pytest.mark.django_db(transaction=True)
def test_an_event_goes_with_the_change_that_is_undone(technician: User) -> None:
    with transaction.atomic():
        write(technician)
    with transaction.atomic():
        write(technician)
        transaction.set_rollback(True)
    with transaction.atomic():
        last = write(technician)
    assert read_back(last).seq == 2
    assert verify_chain() is None


@pytest.mark.django_db(transaction=True)
def test_a_long_transaction_keeps_no_other_waiting(technician: User, colleague: User) -> None:
    written, done = Event(), Event()

    def long() -> int | None:
        with transaction.atomic():
            event = write(technician)
            written.set()
            assert done.wait(30)
        return read_back(event).seq

    def short() -> int | None:
        assert written.wait(30)
        with transaction.atomic():
            event = write(colleague)
        done.set()
        return read_back(event).seq

    assert at_once(long, short) == [2, 1]
    assert verify_chain() is None


@pytest.mark.django_db(transaction=True)
def test_many_writers_leave_no_hole_and_no_fork() -> None:
    def writer(user: User) -> None:
        for number in range(15):
            with transaction.atomic():
                write(user)
                if number % 3 == 0:
                    write(user)
                if number % 5 == 0:
                    transaction.set_rollback(True)

    people = UserFactory.create_batch(4)
    assert at_once(*(lambda user=user: writer(user) for user in people)) == [None] * 4
    expected = 4 * sum(1 + (number % 3 == 0) for number in range(15) if number % 5)
    assert list(AuditEvent.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, expected + 1))
    assert verify_chain() is None
