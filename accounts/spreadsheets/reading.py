"""Tables that people bring: CSV of any kind, XLSX, rows pasted from a spreadsheet. The work is bounded."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook

from .bounds import MOST_COLUMNS, MOST_ROWS, NOT_READ, Unreadable, must_be_bounded, not_too_many

MOST_BYTES = 5 * 1024 * 1024
_SEPARATORS = ",;\t|"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


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
            not_too_many(len(found))
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
    must_be_bounded(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        cells = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 2)
    except (CalamineError, IndexError, ValueError, OSError):
        raise Unreadable(NOT_READ) from None
    not_too_many(len(cells))
    return [Row(line, tuple(_written(cell) for cell in row)) for line, row in enumerate(cells, 1)]


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
    """Without space around the cells, without empty ones at the end, and without the one mark no database keeps."""
    cells = [cell.replace("\0", "").strip() for cell in row.cells]
    while cells and not cells[-1]:
        cells.pop()
    return Row(row.line, tuple(cells))
