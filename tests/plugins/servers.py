"""Starts PostgreSQL and Valkey for the test run, so that `pytest` alone works.

Loaded by `-p` in pyproject.toml. pytest-django reads the settings while the first conftest files are loaded, so
the servers come before that. xdist's workers inherit the addresses and start nothing. `TEST_DATABASE_URL` and
`TEST_REDIS_URL` name servers to use instead.
"""

import os

import pytest

from cpdtracker.servers import Plan, ServerError, Servers, start
from cpdtracker.servers.example import example_environment

SERVERS = pytest.StashKey[Servers]()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker:
        # A Valkey database of its own for each worker; number 0 belongs to a run without workers.
        address, _, _ = os.environ["REDIS_URL"].rpartition("/")
        os.environ["REDIS_URL"] = f"{address}/{int(worker.removeprefix('gw')) + 1}"
        return
    given_database = os.environ.get("TEST_DATABASE_URL", "")
    given_redis = os.environ.get("TEST_REDIS_URL", "")
    plan = Plan(postgres=not given_database, valkey=not given_redis)
    try:
        servers = start(plan)
    except ServerError as error:
        raise pytest.UsageError(str(error)) from None
    early_config.stash[SERVERS] = servers
    os.environ.update(example_environment())
    os.environ["DATABASE_URL"] = given_database or servers.database_url
    os.environ["REDIS_URL"] = given_redis or servers.redis_url
    for switch in ("DEBUG", "DEMO"):
        os.environ.pop(switch, None)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    servers = config.stash.get(SERVERS, None)
    if servers:
        servers.stop()
