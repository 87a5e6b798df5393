"""The queue is only a hint: whatever happens to it and to the workers, every mail goes out once."""

from __future__ import annotations

import json
import os
import signal
from base64 import b64encode
from collections.abc import Iterator
from uuid import uuid4

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from renewals.models import Reminder
from renewals.reminding.sender import sweep
from tests.faults.stack import AT, Broker, Nursery, Program, Sink, due, expire_leases, reckon, until

pytestmark = pytest.mark.django_db(transaction=True)
SEND, PLAN = "renewals.tasks.send_reminders", "renewals.tasks.plan_reminders"
QUEUE = "cpd:celery"


@pytest.fixture
def broker() -> Iterator[Broker]:
    broker = Broker()
    yield broker
    broker.stop()


@pytest.fixture
def worker(broker: Broker, sink: Sink, database_url: str) -> Iterator[Program]:
    command = "worker", "--concurrency", "2", "--loglevel", "ERROR", "--without-gossip", "--without-mingle"
    worker = Program(database_url, broker, sink, *command)
    yield worker
    print(worker.said())  # shown where the test has failed
    worker.kill()


class Bell:
    """Rings as the timetable does. A ring that nobody heard is followed by the next one."""

    def __init__(self, broker: Broker) -> None:
        self._app = Celery("bell", broker=broker.url, set_as_current=False)
        self._app.conf.update(
            broker_url=broker.url, task_publish_retry=False,
            broker_transport_options={"global_keyprefix": "cpd:", "socket_connect_timeout": 2, "socket_timeout": 2},
        )  # fmt: skip

    def ring(self, name: str = SEND, *, times: int = 1) -> None:
        for _ in range(times):
            self._app.send_task(name, ignore_result=True)

    def close(self) -> None:
        self._app.close()


@pytest.fixture
def bell(broker: Broker) -> Iterator[Bell]:
    bell = Bell(broker)
    yield bell
    bell.close()


def poison(broker: Broker) -> None:
    """What a hostile or broken neighbour might leave in the queue."""

    def message(task: str, body: str, content: str = "application/json") -> str:
        tag = str(uuid4())
        headers = {
            "lang": "py",
            "task": task,
            "id": tag,
            "root_id": tag,
            "retries": 0,
            "argsrepr": "",
            "kwargsrepr": "",
        }
        where = {"exchange": "", "routing_key": "celery"}
        about = {"correlation_id": tag, "delivery_mode": 2, "delivery_tag": tag, "delivery_info": where}
        return json.dumps({
            "body": b64encode(body.encode()).decode(), "content-encoding": "utf-8", "content-type": content,
            "headers": headers, "properties": {**about, "body_encoding": "base64"},
        })  # fmt: skip

    link = broker.link()
    link.lpush(QUEUE, message("renewals.tasks.of_tomorrow", "[[], {}, {}]"))
    link.lpush(QUEUE, message(SEND, '[["one too many"], {"and": "another"}, {}]'))
    link.lpush(QUEUE, message(SEND, "not json at all"))
    link.lpush(QUEUE, message(SEND, "gASVAAAA", "application/x-python-serialize"))
    link.lpush(QUEUE, message(SEND, json.dumps([["x" * 10_000_000], {}, {}])))
    link.close()


def settled(bell: Bell, broker: Broker, seconds: float = 120) -> None:
    """Ring as the timetable does until all is sent."""

    def done() -> bool:
        if not Reminder.objects.filter(state__in=["pending", "claimed", "handing", "retry", "uncertain"]).exists():
            return True
        link = broker.link()
        if not link.llen(QUEUE):
            bell.ring()
        link.close()
        return False

    until(done, seconds)


def all_sent_by_sweeping() -> bool:
    """Sweeps as the command does; what a worker had in hand when it ended is free again when its lease is over."""
    sweep(at=AT)
    return not Reminder.objects.exclude(state="sent").exists()


@pytest.mark.long
def test_every_mail_goes_out_once_whatever_happens_to_queue_and_workers(
    broker: Broker, worker: Program, bell: Bell, sink: Sink
) -> None:
    # Messages that nobody can read or that name a task of another version: thrown away, and the work is done.
    poison(broker)
    due(3)
    bell.ring()
    settled(bell, broker)
    assert not worker.ended

    # One process of the pool dies in the middle of a sweep.
    sink.say(delay=0.02, forget=False)
    due(20)
    bell.ring(times=2)
    until(lambda: len(sink.ledger()) >= 6)
    os.kill(worker.children[0], signal.SIGKILL)
    settled(bell, broker)
    found = reckon(sink)
    assert (found.lost, found.doubled, found.open) == (0, 0, 0)

    # Three timetables at once, each planning and sending.
    due(12)
    for _ in range(3):
        bell.ring(PLAN)
        bell.ring(SEND)
    settled(bell, broker)

    # The queue is emptied under the worker.
    due(15)
    bell.ring()
    until(lambda: Reminder.objects.filter(state="sent").count() > 36)
    broker.link().flushall()
    settled(bell, broker)

    # A broker without room refuses, and throws nothing out.
    broker.link().config_set("maxmemory", "1")
    with pytest.raises(OperationalError):
        bell.ring()
    broker.link().config_set("maxmemory", "0")

    # It is gone: whoever rings hears so at once, and mails go out without it.
    broker.kill()
    due(2)
    with pytest.raises(OperationalError):
        bell.ring()
    until(all_sent_by_sweeping)

    # It is back, with nothing in it.
    broker.start()
    due(3)
    settled(bell, broker)
    found = reckon(sink)
    assert (found.lost, found.doubled, found.open, found.states) == (0, 0, 0, {"sent": 55})


def test_a_second_copy_of_a_slow_task_finds_everything_taken(sink: Sink, nursery: Nursery) -> None:
    # What happens where a task runs longer than the broker waits for it: it is handed out once more meanwhile.
    due(1)
    sink.say(delay=0.4)
    pid = nursery.sender(rounds=1)
    until(lambda: Reminder.objects.filter(state="handing").exists())
    assert sweep(at=AT)["mails"] == 0
    until(lambda: Reminder.objects.filter(state="sent").exists())
    assert pid
    expire_leases()
    assert sweep(at=AT)["mails"] == 0
    assert sum(sink.ledger().values()) == 1
