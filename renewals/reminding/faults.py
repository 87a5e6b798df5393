"""Points in the code at which a test may stop this process, or end it as the kernel would.

Off unless `settings.FAULTS` says otherwise, and the settings refuse that anywhere but on a developer's machine.
`FAULTS="after-dot"` ends the process there at once, without any clean-up; `FAULTS="after-dot:stop"` stops it until it
is told to go on; `FAULTS="after-dot@3"` does so the third time it comes by.
"""

from __future__ import annotations

import os
import signal
from collections import Counter

from django.conf import settings

_passed: Counter[str] = Counter()


def at(point: str) -> None:
    """Come by a fault point."""
    wanted = settings.FAULTS
    if not wanted:
        return
    _passed[point] += 1
    for fault in wanted.split(","):
        name, _, turn = fault.partition("@")
        name, _, way = name.partition(":")
        if name == point and _passed[point] == int(turn or 1):
            os.kill(os.getpid(), signal.SIGSTOP if way == "stop" else signal.SIGKILL)
