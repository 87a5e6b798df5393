"""The packet as a PDF that assistive technology can read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from accounts.typesetting import typeset
from certifications.rules.dates import written

from .content import File, Packet, Row

TEMPLATE = Path(__file__).with_name("packet.typ")
FINAL = "Counted by the published rules. The certifying body's decision is final."
_TYPES = {"image/jpeg": "JPEG picture", "image/png": "PNG picture", "application/pdf": "PDF"}


def pdf_of(packet: Packet, *, at: datetime) -> bytes:
    """Typeset a packet. The same packet and moment give the same bytes."""
    return typeset(TEMPLATE, told(packet), at=at)


def file_name(packet: Packet, ending: str) -> str:
    """What a downloaded packet is called: "Renewal packet Fire Alarm Systems Level II 2027-03-31.pdf"."""
    words = "".join(letter if letter.isalnum() or letter in " -" else "" for letter in packet.certification)
    return f"Renewal packet {' '.join(words.split())[:80].strip()} {packet.last_day.isoformat()}.{ending}"


def told(packet: Packet) -> dict[str, Any]:
    """Everything the printed packet says, in words."""
    return {
        "title": packet.title, "certification": packet.certification, "body": packet.body,
        "footer": f"{packet.person}. {FINAL}",
        "facts": [list(one) for one in facts(packet)],
        "counted": packet.counted, "of": f"of {packet.needed} {packet.unit} counted" if packet.needed != "0"
        else f"{packet.unit} counted",
        "result": result(packet),
        "categories": [[one.name, one.counted, one.cap or "No cap"] for one in packet.categories if one.counted != "0"],
        "unit": packet.unit[:1].upper() + packet.unit[1:],
        "total": packet.counted,
        "checks": [["Met" if one.met else "Not met", one.text] for one in packet.checks],
        "rows": [_row(row) for row in packet.rows],
        "files": [_file(one) for one in packet.files],
        "evidence": packet.evidence, "lacking": lacking(packet),
        "appendix": packet.appendix, "not_counted": packet.not_counted,
        "left_out": [_left_out(row) for row in packet.left_out],
    }  # fmt: skip


def facts(packet: Packet) -> list[tuple[str, str]]:
    """The title block: what is said of whom, and what a form of the certifying body asks for again."""
    found = [
        ("Name", packet.person),
        ("Certification", packet.certification),
        ("Certificate number", packet.number or "Not entered"),
        ("Renewal period", f"{written(packet.start)} to {written(packet.last_day)}"),
        ("Rules", packet.rules),
        ("Made on", written(packet.made_on)),
    ]
    if packet.renewed_on:
        found.append(("Renewed on", written(packet.renewed_on)))
    if packet.reference:
        found.append(("Reference", packet.reference))
    return found


def result(packet: Packet) -> str:
    """The answer in one sentence."""
    if packet.satisfied_by:
        return f"{packet.satisfied_by} meets everything."
    return "All requirements of these rules are met." if packet.complete else "Not all requirements are met."


def lacking(packet: Packet) -> str:
    """What evidence is missing, as a sentence; empty if none is."""
    if not packet.lacking:
        return ""
    return f"{packet.lacking} {'activity lacks' if packet.lacking == 1 else 'activities lack'} the evidence asked for."


def days(row: Row) -> str:
    """ "14 Aug 2026", or "1 Apr 2025 to 30 Sep 2025" for work over time."""
    return f"{written(row.since)} to {written(row.on)}" if row.since and row.since != row.on else written(row.on)


def details(row: Row) -> str:
    """ "Class or training, 11 hours. Provider: State chapter. Confirmed by Ridgeline, 3 Feb 2026." """
    first = ", ".join(part for part in (row.kind, row.amount) if part)
    told_by = [f"Confirmed by {one.name}, {written(one.on)}" for one in row.confirmed]
    parts = [first, f"Provider: {row.provider}" if row.provider else "", *told_by]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def proofs(row: Row) -> str:
    """The numbers of the files that prove an activity: "E1, E2", or that there are none where some are asked for."""
    return ", ".join(f"E{number}" for number in row.files) or ("Missing" if row.lacks_evidence else "")


def size(file: File) -> str:
    """ "240 kB", "1.2 MB"."""
    if file.size < 1_000_000:
        return f"{max(1, round(file.size / 1000))} kB"
    return f"{file.size / 1_000_000:.1f} MB"


def _row(row: Row) -> dict[str, str]:
    return {
        "number": str(row.number), "days": days(row), "title": row.title, "details": details(row),
        "category": row.category, "counted": row.counted, "files": proofs(row),
    }  # fmt: skip


def _left_out(row: Row) -> dict[str, Any]:
    return {
        "days": days(row), "title": row.title, "details": f"{row.counted} of {row.asked} counted.",
        "losses": [{"points": one.points, "text": f"{one.label}. {one.text}"} for one in row.losses],
    }  # fmt: skip


def _file(one: File) -> dict[str, str]:
    return {
        "number": f"E{one.number}", "name": one.name, "kind": f"{_TYPES.get(one.media_type, 'File')}, {size(one)}",
        "rows": ", ".join(str(row) for row in one.rows), "sha256": one.sha256,
    }  # fmt: skip
