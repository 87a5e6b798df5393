"""The ZIP: the packet, the files in its order, and fingerprints that anybody can check."""

from __future__ import annotations

import hashlib
from zipfile import ZipFile

import pytest

from activities.evidence import storage
from renewals.packets.bundle import bundle_of, unreadable
from renewals.packets.content import Packet

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 packet"
NAMES = [
    "Renewal packet Fire Alarm Systems Level II 2027-03-31.pdf", "evidence/E01 Panel programming class.pdf",
    "evidence/E02 Voice intelligibility course.pdf", "fingerprints.txt",
]  # fmt: skip


def test_everything_is_there_and_its_fingerprint_is_right(packet: Packet) -> None:
    with bundle_of(packet, PDF) as file, ZipFile(file) as bundle:
        assert bundle.namelist() == NAMES
        for line in bundle.read("fingerprints.txt").decode().splitlines():
            digest, _, name = line.partition("  ")
            assert hashlib.sha256(bundle.read(name)).hexdigest() == digest
    assert unreadable(packet) == []
    with bundle_of(packet, PDF) as file, bundle_of(packet, PDF) as again:
        assert file.read() == again.read()


def test_bytes_that_are_gone_or_changed_are_named_and_left_out(packet: Packet) -> None:
    first, second = packet.files
    storage.drop(first.sha256)
    with storage.get(second.sha256) as kept:
        place = kept.name
    with open(place, "r+b") as file:  # noqa: PTH123  what lies there was changed behind our back
        file.write(b"XXXX")
    assert unreadable(packet) == [first, second]
    with bundle_of(packet, PDF) as left, ZipFile(left) as bundle:
        assert bundle.namelist() == [NAMES[0], NAMES[3]]
