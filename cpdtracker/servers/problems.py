"""What can go wrong with a server, each as one sentence that says what to do."""

from pathlib import Path

FULL = "The disk is full: free some space and start again."
KNOWN = {
    "No space left on device": FULL,
    "Check free disk space": FULL,
    "wrote only": FULL,
    "Disk quota exceeded": "Your disk quota is used up: free some space and start again.",
    "could not create shared memory segment": "This machine has no shared memory left: stop other programs first.",
    "Cannot allocate memory": "This machine has no memory left: stop other programs first.",
    "cannot be run as root": "PostgreSQL refuses to run as root here: start again as a normal user.",
}


class ServerError(Exception):
    """A server did not start or stopped by itself. The message is one sentence for a person."""


def explain(what: str, output: str) -> ServerError:
    """The error for `output` of a failed program: a known sentence, else the last line it said."""
    for mark, sentence in KNOWN.items():
        if mark in output:
            return ServerError(sentence)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error" in line.lower()] or lines
    return ServerError(f"{what} did not start: {telling[-1] if telling else 'it said nothing'}")


def last_words(log: Path) -> str:
    """The end of a log file, or nothing when there is none."""
    try:
        return log.read_text(errors="replace")[-4000:]
    except OSError:
        return ""
