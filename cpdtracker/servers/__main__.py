"""`python -m cpdtracker.servers exec [--data FOLDER] -- COMMAND ...`

Runs COMMAND with DATABASE_URL, REDIS_URL and the other settings pointing at private servers. Without --data
everything the command stored is gone afterwards. Variables that are already set stay as they are, except these two.
"""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from cpdtracker.servers import Plan, ServerError, start
from cpdtracker.servers.example import example_environment


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m cpdtracker.servers", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    run = actions.add_parser("exec", help="run a command with private servers around it")
    run.add_argument("--data", help="keep the data in this folder")
    run.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    command = [word for word in arguments.command if word != "--"] or [os.environ.get("SHELL", "/bin/sh")]
    folder = str(Path(arguments.data).resolve()) if arguments.data else None
    try:
        with start(Plan(folder=folder)) as servers:
            addresses = {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
            return _run(command, {**example_environment(), **os.environ, **addresses})
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run the command to its end. The terminal's Ctrl-C reaches it directly; a SIGTERM is passed on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = subprocess.Popen(
            command, env=environment, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
        )
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return 127

    def pass_on(number: int, frame: FrameType | None) -> None:
        process.send_signal(number)

    signal.signal(signal.SIGTERM, pass_on)
    return process.wait()


if __name__ == "__main__":
    sys.exit(main())
