"""Senders that end or stop at the worst moment: nothing lost, nothing doubled, every doubt written down.

The full figures, with thousands of mails and many more kills, come from `make faults`.
"""

from __future__ import annotations

import random
import signal
from typing import Any

import pytest

from renewals.models import Reminder
from renewals.reminding.recovery import PARKED
from renewals.reminding.sender import sweep
from tests.faults.stack import AT, Nursery, Sink, alive, due, expire_leases, reckon, state_of, until

pytestmark = pytest.mark.django_db(transaction=True)


def killed_at(nursery: Nursery, point: str, **told: object) -> None:
    """One sender that ends itself there."""
    pid = nursery.sender(FAULTS=point, rounds=1, **told)
    until(lambda: not alive(pid))


def swept() -> None:
    """What the next sweeps do, once the leases of the dead ran out."""
    for _ in range(2):
        expire_leases()
        sweep(at=AT)


def test_a_sender_killed_at_each_step_loses_and_doubles_nothing(sink: Sink, nursery: Nursery) -> None:
    doubts = {}
    for point in ("claimed", "composed", "before-mail", "after-rcpt", "before-dot", "after-dot", "after-250"):
        (row,) = due(1)
        killed_at(nursery, point)
        swept()
        found = reckon(sink, [row])
        assert (point, found.lost, found.doubled, found.open) == (point, 0, 0, 0)
        assert found.states == {"sent": 1}
        doubts[point] = found.flagged
    # Before the mark nothing can have left. After it, whoever looks at the row cannot know, and it says so.
    assert [point for point, doubt in doubts.items() if doubt] == ["before-dot", "after-dot", "after-250"]
    (row,) = due(1)
    killed_at(nursery, "after-commit")
    assert reckon(sink, [row]).states == {"sent": 1}
    assert sweep(at=AT)["mails"] == 0


def test_where_nobody_can_be_asked_what_must_arrive_goes_again_and_the_rest_is_held(
    sink: Sink, nursery: Nursery, settings: Any
) -> None:
    settings.MAIL_LOG_URL = ""
    rows = {}
    for near in (True, False):
        (rows[near],) = due(1, near=near)
        killed_at(nursery, "after-250", MAIL_LOG_URL="")
    swept()
    near, far = reckon(sink, [rows[True]]), reckon(sink, [rows[False]])
    assert (near.states, near.doubled, near.unflagged) == ({"sent": 1}, 1, 0)  # twice, and it says so
    assert (far.states, far.doubled, far.flagged) == ({"uncertain": 1}, 0, 1)  # once, held for a person


def test_the_same_kills_tell_broken_ways_apart(sink: Sink, nursery: Nursery) -> None:
    found = {}
    ways = ("mark_first", "before-dot"), ("lock_while_sending", "after-250"), ("sweep_off", "composed")
    for way, point in ways:
        ids = due(1)
        killed_at(nursery, point, way=way)
        pid = nursery.sender(way=way, rounds=2, wait=0)
        until(lambda pid=pid: not alive(pid))
        result = reckon(sink, ids)
        found[way] = (result.lost, result.doubled, result.unflagged)
    assert found == {"mark_first": (1, 0, 0), "lock_while_sending": (0, 1, 1), "sweep_off": (1, 0, 0)}


def test_a_sender_that_slept_too_long_finds_that_it_lost_its_rows(sink: Sink, nursery: Nursery) -> None:
    due(1)
    pid = nursery.sender(FAULTS="composed:stop", rounds=1)
    until(lambda: state_of(pid) == "T")
    swept()
    nursery.kill(pid, signal.SIGCONT)
    until(lambda: not alive(pid))
    found = reckon(sink)
    assert (found.states, found.doubled, sum(sink.ledger().values())) == ({"sent": 1}, 0, 1)
    # Asleep between the mark and the dot is the gap that remains: the mail may go twice, and the row says so.
    (row,) = due(1)
    pid = nursery.sender(FAULTS="before-dot:stop", rounds=1)
    until(lambda: state_of(pid) == "T")
    swept()
    nursery.kill(pid, signal.SIGCONT)
    until(lambda: not alive(pid))
    found = reckon(sink, [row])
    assert (found.states, found.lost, found.unflagged) == ({"sent": 1}, 0, 0)


@pytest.mark.thorough
def test_many_senders_under_random_kills(sink: Sink, nursery: Nursery) -> None:
    draw = random.Random(5)
    due(50)
    sink.say(delay=0.01)
    senders = [nursery.sender() for _ in range(3)]
    taken = 0
    for _ in range(6):
        taken += draw.randint(3, 6)
        until(lambda taken=taken: sum(sink.ledger().values()) >= taken)
        victim = draw.randrange(3)
        nursery.kill(senders[victim])
        senders[victim] = nursery.sender()
    until(lambda: not Reminder.objects.exclude(state="sent").exists())
    for pid in senders:
        nursery.kill(pid, signal.SIGTERM)
    until(lambda: not any(map(alive, senders)))
    found = reckon(sink)
    assert (found.lost, found.doubled, found.open, found.states) == (0, 0, 0, {"sent": 50})


def test_a_sender_that_is_asked_to_stop_finishes_its_mail(sink: Sink, nursery: Nursery) -> None:
    due(100)
    sink.say(delay=0.05)
    pid = nursery.sender()
    until(lambda: Reminder.objects.filter(state="handing").exists())
    nursery.kill(pid, signal.SIGTERM)
    until(lambda: not alive(pid))
    found = reckon(sink)
    assert set(found.states) == {"pending", "sent"}
    assert found.states["sent"] == sum(sink.ledger().values()) < 100


def test_a_mail_that_ends_its_sender_each_time_is_parked(sink: Sink, nursery: Nursery) -> None:
    due(1)
    for _ in range(PARKED):
        killed_at(nursery, "composed")
        expire_leases()
    assert sweep(at=AT)["mails"] == 0
    row = Reminder.objects.get()
    assert (row.state, row.crashes, row.error) == ("failed", PARKED, "The sender ended while it made this mail.")
