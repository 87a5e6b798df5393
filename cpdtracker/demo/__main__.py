"""`python -m cpdtracker.demo [reset]`

Starts, in this order and each only when the one before answers: PostgreSQL and Valkey, migrations, rule packs and
demo people, the web server, the Celery worker and beat. Everything is kept in `.demo`. PORT chooses the port.
"""

import os
import signal
import sys
import time
from types import FrameType

from cpdtracker.demo.places import HOME, reset
from cpdtracker.demo.ports import choose_port
from cpdtracker.demo.stack import bring_up
from cpdtracker.servers import Plan, ServerError, start


class Stopped(BaseException):
    """Somebody asked us to stop: Ctrl-C, or a signal."""


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        if sys.argv[1:] == ["reset"]:
            print(reset())
            return 0
        return _run(time.monotonic())
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    except Stopped:
        print("\nStopped. The data is kept in .demo.")
        return 0


def _stop(number: int, frame: FrameType | None) -> None:
    # A second Ctrl-C must not break off the clean end.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


def _run(began: float) -> int:
    port = choose_port(os.environ.get("PORT", ""))
    with start(Plan(folder=str(HOME))) as servers:
        print(bring_up(servers, port))
        print(f"Started in {time.monotonic() - began:.1f} seconds. Stop with Ctrl-C.", flush=True)
        while not (ended := servers.ended(wait=1)):
            pass
        raise ServerError(f"{ended} stopped by itself: its last words are in .demo/logs.")


if __name__ == "__main__":
    sys.exit(main())
