"""Valkey, which speaks the Redis protocol: the task queue."""

import socket
from pathlib import Path

from cpdtracker.servers.places import Account, Programs, make_folder
from cpdtracker.servers.process import Process, free_port


def start_valkey(
    *, programs: Programs, account: Account, home: Path, password: str, keep: bool, comes_back: float = 30.0
) -> tuple[Process, str]:
    """A running Valkey with its data in `home`/valkey, and its address."""
    data = make_folder(home / "valkey", account)
    port = free_port()
    # Told on standard input: a command line can be read by everybody on the machine.
    settings = {
        "bind": "127.0.0.1",
        "port": str(port),
        "requirepass": password,
        "dir": str(data),
        "daemonize": "no",
        # Queued work is never thrown out to make room.
        "maxmemory-policy": "noeviction",
        "databases": "64",
        "save": '""',
        "appendonly": "yes" if keep else "no",
        "appendfsync": "everysec",
    }
    server = Process(
        name="Valkey",
        command=[str(programs.valkey), "-"],
        folder=data,
        log=home / "valkey.log",
        account=account.popen(),
        said="".join(f"{key} {value}\n" for key, value in settings.items()),
        # In the demo it may be stopped, to see that pages go on; it comes back as under a service manager.
        comes_back=comes_back if keep else None,
    )
    server.wait_until(lambda: _answers(port, password))
    return server, f"redis://:{password}@127.0.0.1:{port}/0"


def _answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as link:
            link.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            said = b""
            while said.count(b"\r\n") < 2:
                piece = link.recv(100)
                if not piece:
                    return False
                said += piece
    except OSError:
        return False
    return said == b"+OK\r\n+PONG\r\n"
