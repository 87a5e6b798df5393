"""Several connections at once, each in a thread of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def at_once(*jobs: Callable[[], T]) -> list[T | Exception]:
    """Run the jobs at the same moment, each on its own connection; their results, or what they raised."""
    ready = Barrier(len(jobs))

    def one(job: Callable[[], T]) -> T | Exception:
        try:
            connection.ensure_connection()
            ready.wait(timeout=60)
            return job()
        except Exception as error:  # noqa: BLE001  the caller looks at every error
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(one, jobs))
