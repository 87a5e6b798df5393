"""Tables as CSV and XLSX. A cell is text, a number or a date, and never a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO

import xlsxwriter

Cell = str | int | Decimal | date | None
Rows = Iterable[Sequence[Cell]]

# A spreadsheet runs what starts so, also behind quotes or separators that it strips; the wide forms count as well.
_FORMULA = re.compile(r"[\s\"'`,;|]*[=+\-@\t\r\0\uff1d\uff0b\uff0d\uff20]")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")  # what no name of a sheet may hold
_LONGEST_XLSX_CELL = 32_767
_CUT = " (cut here)"
_ROWS_OF_A_SHEET = 1_000_000  # a sheet takes 1,048,576 with its headings


def write_csv(file: IO[bytes], headings: Sequence[str], rows: Rows) -> int:
    """Write a table as CSV in UTF-8, row by row, and return how many rows there were."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    try:
        table = csv.writer(text)
        table.writerow(headings)
        number = 0
        for number, row in enumerate(rows, 1):  # noqa: B007 - the last number is how many there were
            table.writerow([_csv_cell(cell) for cell in row])
    finally:
        text.detach()  # the file is the caller's to close
    return number


def write_xlsx(file: IO[bytes], headings: Sequence[str], rows: Rows, *, title: str, at: datetime) -> int:
    """Write a table as XLSX, row by row, and return how many rows there were. More than fit go on another sheet."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    number = 0
    sheet = _new_sheet(book, headings, bold, _SHEET_NAME.sub(" ", title)[:31])
    for number, row in enumerate(rows, 1):
        place = (number - 1) % _ROWS_OF_A_SHEET + 1
        if place == 1 and number > 1:
            sheet = _new_sheet(book, headings, bold)
        for column, cell in enumerate(row):
            if isinstance(cell, int | Decimal):
                sheet.write_number(place, column, cell)
            else:
                sheet.write_string(place, column, _xlsx_text(cell))
    book.close()
    return number


def disarmed(text: str) -> str:
    """The text with a ' before it where a spreadsheet would take it for a formula."""
    return f"'{cleaned(text)}" if _FORMULA.match(text) else cleaned(text)


def cleaned(text: str) -> str:
    """The text without marks that no table can hold; line ends are \\n."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))


def _csv_cell(cell: Cell) -> str:
    return disarmed(cell) if isinstance(cell, str) else _written(cell)


def _xlsx_text(cell: Cell) -> str:
    # Typed as text, a cell is never run; nothing has to be put before it.
    text = cleaned(cell) if isinstance(cell, str) else _written(cell)
    if len(text) > _LONGEST_XLSX_CELL:
        text = text[: _LONGEST_XLSX_CELL - len(_CUT)] + _CUT
    return text


def _written(cell: int | Decimal | date | None) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.isoformat(timespec="seconds")
        case date():
            return cell.isoformat()
        case _:
            return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _new_sheet(
    book: xlsxwriter.Workbook, headings: Sequence[str], bold: object, name: str | None = None
) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, max(12, min(40, len(heading) + 2)))
        sheet.write_string(0, column, heading, bold)
    return sheet
