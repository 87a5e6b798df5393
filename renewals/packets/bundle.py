"""The packet and its evidence as one ZIP: every file is the one that was kept, or it is named as missing."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from activities.evidence import storage

from .content import File, Packet
from .printing import file_name

FINGERPRINTS = "fingerprints.txt"
_IN_MEMORY = 4_000_000


def unreadable(packet: Packet) -> list[File]:
    """The files of a packet whose bytes are gone or are not the ones that were kept."""
    return [one for one in packet.files if _bytes_of(one) is None]


def bundle_of(packet: Packet, pdf: bytes) -> IO[bytes]:
    """The ZIP, open at its start: packet, evidence in the order of the packet, fingerprints. What is unreadable is
    left out."""
    file: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  whoever asks for it reads it
    name = file_name(packet, "pdf")
    lines = [f"{storage.sha256_of(pdf)}  {name}"]
    with ZipFile(file, "w") as bundle:
        bundle.writestr(_entry(packet, name), pdf, ZIP_DEFLATED)
        for one in packet.files:
            data = _bytes_of(one)
            if data is not None:
                inside = place_of(one)
                bundle.writestr(_entry(packet, inside), data, ZIP_STORED)
                lines.append(f"{one.sha256}  {inside}")
        bundle.writestr(_entry(packet, FINGERPRINTS), "\n".join(lines) + "\n", ZIP_DEFLATED)
    file.seek(0)
    return file


def place_of(one: File) -> str:
    """Where a file lies in the ZIP: "evidence/E03 certificate.jpg". Its name was cleaned when it was stored."""
    return f"evidence/E{one.number:02d} {one.name}"


def _entry(packet: Packet, name: str) -> ZipInfo:
    # The day of the packet, so that the same packet gives the same ZIP.
    day = packet.made_on
    return ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))


def _bytes_of(one: File) -> bytes | None:
    try:
        with storage.get(one.sha256) as file:
            data = file.read()
    except OSError:
        return None
    return data if storage.sha256_of(data) == one.sha256 else None
