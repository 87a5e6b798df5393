"""A private PostgreSQL and a private Valkey, from Python wheels, for the demo, the tests and developers.

Standard library only. Loopback only, free ports, a random password, one process that keeps both alive exactly
as long as whoever asked for them:

    with start(Plan()) as servers:          # throw-away
        servers.database_url, servers.redis_url

`python -m cpdtracker.servers exec -- COMMAND` runs a command with such servers around it.
"""

from cpdtracker.servers.client import Servers, start
from cpdtracker.servers.plan import Plan
from cpdtracker.servers.problems import ServerError

__all__ = ["Plan", "ServerError", "Servers", "start"]
