"""Mail servers that are away, slow, full, strict or forgetful: each mail ends as sent, failed or held, none twice."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import connection

from accounts.models import BouncedAddress
from renewals.models import InAppNotice, Reminder
from renewals.reminding import delivery
from renewals.reminding.sender import LADDER, sweep
from tests.faults.stack import AT, Sink, due, expire_leases, reckon

# In one transaction each: everything happens in this process. Leases and waits are moved, not waited for.
pytestmark = pytest.mark.django_db
SLOW = ("connect", "stall"), ("mail", "stall"), ("data", "stall"), ("rcpt", "trickle"), ("dot", "stall")


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Reminder.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def wait_of(row: Reminder) -> float:
    """Minutes until it is tried again, by the clock of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM retry_at - clock_timestamp()) / 60 FROM renewals_reminder WHERE id = %s",
            [row.pk],
        )
        return float(cursor.fetchone()[0])


@pytest.mark.parametrize("name", ["127.0.0.1", "no-such-host.invalid"])
def test_nobody_there_is_tried_again_up_the_ladder_and_the_others_are_not_worn_out(
    sink: Sink, settings: Any, name: str
) -> None:
    due(3)
    settings.EMAIL_HOST, settings.EMAIL_PORT = name, 1
    assert sweep(at=AT)["away"] == 1
    assert states() == {"pending": 2, "retry": 1}
    row = Reminder.objects.get(state="retry")
    assert LADDER[0] - 0.5 < wait_of(row) <= LADDER[0]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    expire_leases()
    sweep(at=AT)
    assert (states(), reckon(sink).doubled) == ({"sent": 3}, 0)


def test_a_server_that_says_nothing_or_a_byte_a_second_holds_nobody_up(
    sink: Sink, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stage, what in SLOW:
        due(1)
        sink.say((stage, what), forget=False)
        # The last one must come as far as the dot, also where the machine has other work to do.
        settings.EMAIL_TIMEOUT = 5 if what == "trickle" else 1.5 if stage == "dot" else 0.15
        monkeypatch.setattr(delivery, "MOST_SECONDS", 3 if stage == "dot" else 0.3)
        began = time.monotonic()
        sweep(at=AT)
        assert time.monotonic() - began < 30
    # The one that got no answer to its dot is in doubt; the log says that it was not taken.
    sink.say(forget=False)
    assert Reminder.objects.filter(doubtful=1).count() == 1
    expire_leases()
    sweep(at=AT)
    found = reckon(sink)
    assert (found.states, found.lost, found.doubled) == ({"sent": 5}, 0, 0)


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "dot"])
@pytest.mark.parametrize("said", ["450 later", "421 closing"])
def test_later_means_later_under_the_same_message_id(sink: Sink, stage: str, said: str) -> None:
    (pk,) = due(1)
    sink.say((stage, said))
    sweep(at=AT)
    row = Reminder.objects.get(pk=pk)
    assert (row.state, row.error[:3], row.attempts) == ("retry", said[:3], 1)
    before = row.message_id
    expire_leases()
    assert sweep(at=AT)["mails"] == 1
    row.refresh_from_db()
    assert row.state == "sent"
    assert row.message_id.startswith(f"<reminder-{pk}-")
    assert before in ("", row.message_id)
    assert sink.ledger() == {row.message_id: 1}


@pytest.mark.parametrize(("stage", "said", "bounced"), [
    ("rcpt", "550 no such person", True), ("mail", "552 too large", False), ("dot", "554 not wanted", False)
])  # fmt: skip
def test_no_means_no(sink: Sink, stage: str, said: str, bounced: bool) -> None:
    (pk,) = due(1)
    sink.say((stage, said))
    sweep(at=AT)
    expire_leases()
    sweep(at=AT)
    row = Reminder.objects.get(pk=pk)
    assert (row.state, row.error, sum(sink.ledger().values())) == ("failed", said, 0)
    assert BouncedAddress.objects.unreached().about(row.user.email).exists() is bounced
    # What the mail would have said is in the product.
    assert InAppNotice.objects.get().user == row.user


def test_who_refuses_for_ever_is_given_up(sink: Sink) -> None:
    due(1)
    sink.say(("rcpt", "450 later", 99))
    for _ in range(len(LADDER)):
        sweep(at=AT)
        assert states() == {"retry": 1}
        expire_leases()
    sweep(at=AT)
    assert states() == {"failed": 1}


def test_taken_but_never_answered_is_found_in_the_log(sink: Sink) -> None:
    due(1)
    sink.say(("dot", "take and drop"))
    sweep(at=AT)
    sweep(at=AT)
    assert states() == {"uncertain": 1}  # perhaps the server is still busy with it
    expire_leases()
    sweep(at=AT)
    found = reckon(sink)
    assert (found.states, found.doubled, found.flagged) == ({"sent": 1}, 0, 1)


def test_a_log_that_does_not_answer_leaves_it_open_to_the_stage(sink: Sink, settings: Any) -> None:
    (near,), (far,) = due(1), due(1, near=False)
    sink.say(("dot", "take and drop", 2))
    sweep(at=AT)
    settings.MAIL_LOG_URL = "http://127.0.0.1:1/{id}"
    expire_leases()
    sweep(at=AT)
    assert Reminder.objects.get(pk=near).state == "sent"
    assert Reminder.objects.get(pk=far).state == "uncertain"
    assert sorted(sink.ledger().values()) == [1, 2]


def test_an_address_that_bounced_later_gets_no_mail_but_a_notice(sink: Sink) -> None:
    (pk,) = due(1)
    user = Reminder.objects.get(pk=pk).user
    BouncedAddress.objects.create(email_key=user.email_key, first_at=AT, last_at=AT)
    sweep(at=AT)
    assert (states(), sum(sink.ledger().values())) == ({"dropped": 1}, 0)
    assert InAppNotice.objects.get().subject == "Due: Fire Alarm Systems"
