"""Tables of every kind are read, or refused with a line; what is sent to do harm is refused quickly."""

from __future__ import annotations

import io
from datetime import date
from zipfile import ZipFile

import pytest
import xlsxwriter

from accounts.spreadsheets.bounds import MOST_ROWS, Unreadable
from accounts.spreadsheets.reading import Table, read_table, read_text

TEXT = "Name,E-mail\nZoë,zoe@example.org\n"


def xlsx(*rows: list[object], **options: object) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            else:
                sheet.write(number, column, cell)
    book.close()
    return file.getvalue()


def cells_of(table: Table) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in table.rows]


KINDS = {
    "bom": TEXT.encode("utf-8-sig"),
    **{name: TEXT.encode(name) for name in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252")},
    **{f"ends {end!r}": TEXT.replace("\n", end).encode() for end in ("\r\n", "\r")},
    **{f"separated {mark!r}": TEXT.replace(",", mark).encode() for mark in ";\t|"},
    "blank lines first": b"\n\n" + TEXT.encode(),
}


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
def test_every_kind_of_csv(data: bytes) -> None:
    table = read_table(data)
    assert table.headings == ("Name", "E-mail")
    assert [row.cells for row in table.rows] == [("Zoë", "zoe@example.org")]


def test_quotes_over_lines_keep_the_line_numbers() -> None:
    table = read_text('Name,"Team, or\ncrew"\n"Reyes, Dana","a\nb"\n\nSam,"say ""x"""\n')
    assert table.headings == ("Name", "Team, or\ncrew")
    assert cells_of(table) == [(3, ("Reyes, Dana", "a\nb")), (6, ("Sam", 'say "x"'))]


def test_the_mark_that_no_database_keeps_is_left_out() -> None:
    assert cells_of(read_table(b"Email,Na\0me\n=cmd|x,\0\nDa\0na,\0x\n")) == [(2, ("=cmd|x",)), (3, ("Dana", "x"))]


def test_a_row_may_be_longer_than_the_headings() -> None:
    assert cells_of(read_text("a,b\n1,2,3\n1\n,,,\n"))[0] == (2, ("1", "2", "3"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "No rows found. The file is empty"),
        (b"\n , \n", "No rows found. The file is empty"),
        (b"Name,Email\n", "No rows found under the headings"),
        (b'Name\n"open', "Line 2: quotes are opened and not closed"),
        (b'Name\n"a"b\n', "Line 2: quotes are opened and not closed"),
        (b"Name\n" + b"x" * 140_000, "Line 2 has a cell that is too long"),
        (b"n\n" * (MOST_ROWS + 2), "A file may have up to 20,000 rows. Split it"),
        (b",".join([b"x"] * 51) + b"\n1\n", "The file has more than 50 columns"),
        (b"x" * (5 * 1024 * 1024 + 1), "Choose a file under 5 MB"),
        (b"%PDF-1.7", "Choose a CSV or XLSX file"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "Choose a CSV or XLSX file"),
        (b"PK\x03\x04 no archive", "This Excel file cannot be read. Save it again, or as CSV"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_table(data)
    assert str(caught.value) == said


@pytest.mark.parametrize("options", [{}, {"date_1904": True}])
def test_excel_with_numbers_days_and_formulas(options: dict[str, object]) -> None:
    table = read_table(xlsx(["No", "Ends", "Sum"], [142207, date(2027, 3, 31), "=1+1"], [1.5, True, None], **options))
    assert table.headings == ("No", "Ends", "Sum")
    assert cells_of(table) == [(2, ("142207", "2027-03-31", "0")), (3, ("1.5", "TRUE"))]


def test_an_archive_that_is_no_spreadsheet_is_refused() -> None:
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "text")
    with pytest.raises(Unreadable, match="Choose a CSV or XLSX file"):
        read_table(file.getvalue())
