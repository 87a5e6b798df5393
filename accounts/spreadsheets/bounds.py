"""How large a table may be, and whether an Excel file stays within that once it is read.

The reader makes room for a whole rectangle up to the farthest cell, and for each cell's text, before anybody can
count: a file of some kilobytes can ask for more memory than there is, which ends the process. So the file is unpacked
and looked through first. What real programs never write is refused rather than understood: the two must not differ.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Sequence
from zipfile import BadZipFile, ZipFile

MOST_ROWS = 20_000
MOST_COLUMNS = 50
NOT_READ = "This Excel file cannot be read. Save it again, or as CSV"
_TOO_LARGE = "This Excel file is too large when unpacked. Save only the rows you need, or use CSV"
_MOST_UNPACKED = 20 * 1024 * 1024
_MOST_ENTRIES = 200
_PIECE = 256 * 1024
_NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
_OF_OTHER_KINDS = {"mimetype", "content.xml", "xl/workbook.bin"}  # the reader would turn to these where it can

_TAG = rb"<(?:[^\s<>/:]+:)?%s(?=[\s/>])"
_CELL_BEGINS = re.compile(_TAG % b"c")
_ATTRIBUTE = rb"\s+([^\s=<>\"'/]+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')"
_ATTRIBUTES = re.compile(_ATTRIBUTE)
# A cell's attributes, whether it ends there, and the number in it where that comes first.
_CELL = re.compile(
    _CELL_BEGINS.pattern
    + rb"((?:%s)*)\s*(/?)>" % re.sub(rb"\((?!\?)", b"(?:", _ATTRIBUTE)
    + rb"(?:\s*%s[^<>]*>\s*([0-9]{1,7})\s*<)?" % (_TAG % b"v")
)
_REFERENCE = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})")
_TEXT_BEGINS = re.compile(_TAG % b"si")
_TEXT_ENDS = re.compile(rb"</(?:[^\s<>/:]+:)?si\s*>")


class Unreadable(ValueError):
    """No table can be read from this. `str()` of it says why, for the person who sent it."""


def not_too_many(rows: int) -> None:
    """Raises Unreadable."""
    if rows > MOST_ROWS + 1:
        raise Unreadable(f"A file may have up to {MOST_ROWS:,} rows. Split it")


def must_be_bounded(data: bytes) -> None:
    """Raise Unreadable unless this is an Excel file whose cells, and the text in them, take a bounded room."""
    try:
        parts = _unpacked(data)
    except (BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        raise Unreadable(NOT_READ) from None
    texts = [part for part in parts if b"sst" in part and _TEXT_BEGINS.search(part)]
    if len(texts) > 1:
        raise Unreadable(NOT_READ)
    lengths = _lengths(texts[0]) if texts else []
    for sheet in parts:
        if b"sheetData" in sheet:
            _must_be_dense(sheet, lengths)


def _unpacked(data: bytes) -> list[bytes]:
    """Every part of the file, unpacked while counting: sizes written in the file may lie."""
    with ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        if not names >= _NEEDED or {name.lower() for name in names} & _OF_OTHER_KINDS:
            raise Unreadable("Choose a CSV or XLSX file")
        if len(entries) > _MOST_ENTRIES:
            raise Unreadable(_TOO_LARGE)
        left, parts = _MOST_UNPACKED, []
        for entry in entries:
            content = bytearray()
            with archive.open(entry) as file:
                while piece := file.read(_PIECE):
                    left -= len(piece)
                    if left < 0:
                        raise Unreadable(_TOO_LARGE)
                    content += piece
            parts.append(bytes(content))
            if entry.filename.lower().endswith(".xml"):
                _must_be_plain(parts[-1])
    return parts


def _must_be_plain(xml: bytes) -> None:
    if b"\0" in xml[:64] or b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
        raise Unreadable(NOT_READ)


def _lengths(texts: bytes) -> list[int]:
    """How long each of the texts is that cells share."""
    if b"<!" in texts:
        raise Unreadable(NOT_READ)
    pieces = _TEXT_BEGINS.split(texts)[1:]
    if not all(piece.lstrip().startswith(b"/>") or len(_TEXT_ENDS.findall(piece)) == 1 for piece in pieces):
        raise Unreadable(NOT_READ)
    return [len(piece) for piece in pieces]


def _must_be_dense(sheet: bytes, lengths: Sequence[int]) -> None:
    """Each cell that holds something says its place, within the bounds; what they share is not too much in all."""
    if b"<!" in sheet:
        raise Unreadable(NOT_READ)
    number, left = 0, _MOST_UNPACKED
    for number, cell in enumerate(_CELL.finditer(sheet), 1):  # noqa: B007 - the last number is how many there were
        if cell[2]:
            continue
        attributes = _ATTRIBUTES.findall(cell[1])
        said = {name: one or other for name, one, other in attributes}
        if len(said) < len(attributes):
            raise Unreadable(NOT_READ)
        _must_be_near(said.get(b"r", b""))
        if said.get(b"t") == b"s":
            left -= _length(cell[3], lengths)
    if left < 0:
        raise Unreadable(_TOO_LARGE)
    if number != len(_CELL_BEGINS.findall(sheet)):
        raise Unreadable(NOT_READ)


def _length(index: bytes | None, lengths: Sequence[int]) -> int:
    if index is None or int(index) >= len(lengths):
        raise Unreadable(NOT_READ)
    return lengths[int(index)]


def _must_be_near(place: bytes) -> None:
    """A single cell far away would make a table of billions of empty ones."""
    reference = _REFERENCE.fullmatch(place)
    if not reference:
        raise Unreadable(NOT_READ)
    not_too_many(int(reference[2]))
    if _column(reference[1]) > MOST_COLUMNS:
        raise Unreadable(f"The file has more than {MOST_COLUMNS} columns")


def _column(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
