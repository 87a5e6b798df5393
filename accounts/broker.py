"""The broker (Valkey or Redis) as the operations page sees it. Asked briefly; nothing waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

_QUEUE = "cpd:celery"  # the prefix of cpdtracker.celery before the name of its one queue
_PATIENCE = 1


@dataclass(frozen=True)
class Broker:
    """Whether the broker answers, and how many tasks wait there for a worker."""

    answers: bool
    waiting: int = 0


def broker() -> Broker:
    """Ask the broker; one that does not answer within a second is down."""
    asked = Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=_PATIENCE, socket_timeout=_PATIENCE, retry=Retry(NoBackoff(), 0)
    )
    try:
        return Broker(True, cast(int, asked.llen(_QUEUE)))
    except (RedisError, OSError):
        return Broker(False)
    finally:
        asked.close()
