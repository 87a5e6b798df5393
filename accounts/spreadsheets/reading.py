"""Tables that people bring: CSV of any kind, XLSX, rows pasted from a spreadsheet. The work is bounded."""

from __future__ import annotations

import csv
import io
import re
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 50
_MOST_UNPACKED = 20 * 1024 * 1024
_MOST_ENTRIES = 200
_PIECE = 256 * 1024
_SEPARATORS = ",;\t|"
# A cell with something in it, whatever its prefix and quotes, and where it stands.
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([^\"']*)[\"']")
_REFERENCE = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class Unreadable(ValueError):
    """No table can be read from this. `str()` of it says why, for the person who sent it."""


@dataclass(frozen=True)
class Row:
    """One row and the line it begins on, as a spreadsheet or an editor counts."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Headings, and the rows that are not empty. Dates of a spreadsheet are written as 2026-10-01."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(data: bytes) -> Table:
    """Read a file by its content, whatever its name says. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable("Choose a file under 5 MB")
    if data.startswith(b"PK"):
        return _table(_xlsx_rows(data))
    if data.startswith((_OLD_EXCEL, b"%PDF", b"\x89PNG", b"\xff\xd8")):
        raise Unreadable("Choose a CSV or XLSX file")
    return read_text(_decoded(data))


def read_text(text: str) -> Table:
    """Read rows that were pasted, or the text of a CSV file. Raises Unreadable."""
    if len(text) > MOST_BYTES:
        raise Unreadable("Choose a file under 5 MB")
    return _table(_csv_rows(text.removeprefix("\ufeff")))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data[:200].count(b"\0") > len(data[:200]) // 4:
        encodings = ["utf-16-le" if data[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("Choose a CSV or XLSX file")


def _csv_rows(text: str) -> list[Row]:
    found: list[Row] = []
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(first), strict=True)
    line = 1
    try:
        for cells in reader:
            found.append(Row(line, tuple(cells)))
            line = reader.line_num + 1
            _not_too_many(len(found))
    except csv.Error as error:
        if "field larger" in str(error):
            raise Unreadable(f"Line {line} has a cell that is too long") from None
        raise Unreadable(f"Line {line}: quotes are opened and not closed") from None
    return found


def _separator(line: str) -> str:
    """What stands between the headings, outside of quotes."""
    bare = re.sub(r'"[^"]*"?', "", line)
    return max(_SEPARATORS, key=bare.count) if any(one in bare for one in _SEPARATORS) else ","


def _xlsx_rows(data: bytes) -> list[Row]:
    _must_be_small(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        cells = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 2)
    except (CalamineError, IndexError, ValueError, OSError):
        raise Unreadable("This Excel file cannot be read. Save it again, or as CSV") from None
    _not_too_many(len(cells))
    return [Row(line, tuple(_written(cell) for cell in row)) for line, row in enumerate(cells, 1)]


def _must_be_small(data: bytes) -> None:
    """Unpack it once, counting: sizes written in the file may lie. Raises Unreadable."""
    refused = Unreadable("This Excel file is too large when unpacked. Save only the rows you need, or use CSV")
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if not {"[Content_Types].xml", "xl/workbook.xml"} <= {entry.filename for entry in entries}:
                raise Unreadable("Choose a CSV or XLSX file")
            if len(entries) > _MOST_ENTRIES:
                raise refused
            left = _MOST_UNPACKED
            for entry in entries:
                with archive.open(entry) as file:
                    content = bytearray()
                    while piece := file.read(_PIECE):
                        left -= len(piece)
                        if left < 0:
                            raise refused
                        content += piece
                if entry.filename.endswith((".xml", ".XML")) or "sheet" in entry.filename:
                    _must_be_dense(bytes(content))
    except (BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        raise Unreadable("This Excel file cannot be read. Save it again, or as CSV") from None


def _must_be_dense(xml: bytes) -> None:
    """A single cell far away would make a table of billions of empty ones. Raises Unreadable."""
    if b"\0" in xml[:64] or b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
        raise Unreadable("This Excel file cannot be read. Save it again, or as CSV")
    for attributes, empty in _CELL.findall(xml):
        place = _PLACE.search(attributes)
        if empty or not place:
            continue
        reference = _REFERENCE.fullmatch(place[1])
        if not reference:
            raise Unreadable("This Excel file cannot be read. Save it again, or as CSV")
        _not_too_many(int(reference[2]))
        if _column(reference[1]) > MOST_COLUMNS:
            raise Unreadable(f"The file has more than {MOST_COLUMNS} columns")


def _column(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _not_too_many(rows: int) -> None:
    if rows > MOST_ROWS + 1:
        raise Unreadable(f"A file may have up to {MOST_ROWS:,} rows. Split it")


def _written(cell: object) -> str:
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return str(int(cell)) if cell.is_integer() else str(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _table(rows: list[Row]) -> Table:
    filled = [row for row in (_trimmed(row) for row in rows) if row.cells]
    if not filled:
        raise Unreadable("No rows found. The file is empty")
    headings, *rest = filled
    if not rest:
        raise Unreadable("No rows found under the headings")
    if len(headings.cells) > MOST_COLUMNS:
        raise Unreadable(f"The file has more than {MOST_COLUMNS} columns")
    return Table(headings.cells, tuple(rest))


def _trimmed(row: Row) -> Row:
    """Without space around the cells and without empty ones at the end."""
    cells = [cell.strip() for cell in row.cells]
    while cells and not cells[-1]:
        cells.pop()
    return Row(row.line, tuple(cells))
