"""What a server says when it does not start, as one sentence."""

import pytest

from cpdtracker.servers.problems import explain


@pytest.mark.parametrize(
    "said",
    [
        'initdb: error: could not write to file "pg_wal/xlogtemp.9": No space left on device',
        'FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.',
        "[Errno 28] No space left on device: '/somewhere'",
    ],
)
def test_a_full_disk_is_named(said: str) -> None:
    assert str(explain("PostgreSQL", said)) == "The disk is full: free some space and start again."


def test_otherwise_the_telling_line_is_quoted() -> None:
    said = "starting\nFATAL:  data directory has wrong ownership\nshutting down\n"
    expected = "PostgreSQL did not start: FATAL:  data directory has wrong ownership"
    assert str(explain("PostgreSQL", said)) == expected


def test_silence_is_said_too() -> None:
    assert str(explain("Valkey", "\n")) == "Valkey did not start: it said nothing"
