"""Which port the demo answers on."""

import socket

from cpdtracker.servers import ServerError

FIRST, LAST = 8000, 8099


def choose_port(wanted: str) -> int:
    """The port asked for, or the first free one from 8000 on. ServerError when it cannot be had."""
    if wanted:
        if not wanted.isascii() or not wanted.isdigit() or not 1 <= int(wanted) <= 65535:
            raise ServerError(f"PORT={wanted} is not a port: give a number from 1 to 65535.")
        if not _free(int(wanted)):
            raise ServerError(f"Port {wanted} is in use or not ours to use: give another one, like PORT=8050.")
        return int(wanted)
    for port in range(FIRST, LAST + 1):
        if _free(port):
            return port
    raise ServerError(f"No port from {FIRST} to {LAST} is free: give one, like PORT=9000.")


def _free(port: int) -> bool:
    with socket.socket() as probe:
        # As the web server does: a connection that is still closing does not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
